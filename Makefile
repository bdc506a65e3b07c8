# make review   set everything up and study
# make test     set everything up and run the tests
# make check    what a commit has to pass: format, ruff, mypy, import contract, tests, decks
# make fuzz     look for inputs that crash a parser, a minute for each; SECONDS=600 for longer
# make crash    kill every piece of work a thousand times, and let the disk fail at every write

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help review test check crash fuzz format bench clean

help:
	@grep '^# make' Makefile | sed 's/^# //'

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "bedrill needs Python 3.11 or later; try: make PYTHON=python3.12 review"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "venv is missing; on Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@touch $@

$(VENV)/.installed: $(VENV)/.made pyproject.toml
	@echo "installing bedrill into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@$(BIN)/python -m compileall -q src
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.made pyproject.toml
	@echo "installing bedrill and its tools into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@$(BIN)/python -m compileall -q src
	@touch $@ $(VENV)/.installed

review: $(VENV)/.installed
	@$(BIN)/bedrill review

test: $(VENV)/.installed-dev
	@$(BIN)/python -m pytest --numprocesses auto

check: $(VENV)/.installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/bedrill check decks --run
	@$(MAKE) --no-print-directory test

crash: $(VENV)/.installed-dev
	@BEDRILL_KILLS=$${BEDRILL_KILLS:-1000} BEDRILL_FAULTS=all $(BIN)/python -m pytest --numprocesses auto -rP tests/crash

fuzz: $(VENV)/.installed-dev
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[fuzz]'
	@$(BIN)/python benchmarks/fuzz.py --seconds $${SECONDS:-60}

format: $(VENV)/.installed-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/.installed-dev
	$(BIN)/python benchmarks/run.py

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage
