"""`python -m bedrill`."""

from bedrill.cli import main

if __name__ == "__main__":
    main()
