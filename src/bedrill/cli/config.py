"""`bedrill config`."""

from __future__ import annotations

import click

from bedrill import config
from bedrill.cli.app import App, command, echo_json, shared_options
from bedrill.cli.text import columns, table
from bedrill.collection import browse
from bedrill.errors import UsageError
from bedrill.store import catalog


@command(
    "config",
    ("bedrill config", "all settings"),
    ("bedrill config new_per_day", "one of them"),
    ("bedrill config new_per_day 10", "change it"),
    ("bedrill config learning_steps '1m 10m'", "a value with spaces"),
    ("bedrill config new_per_day --unset", "back to the default"),
)
@click.argument("key", required=False, metavar="[KEY]")
@click.argument("value", required=False, metavar="[VALUE]")
@click.option("--unset", is_flag=True, help="Put KEY back to its default.")
@shared_options(json=True)
@click.pass_obj
def config_command(app: App, key: str | None, value: str | None, *, unset: bool) -> None:
    """Show or change settings. They live in the collection, so that one file is everything."""
    collection = app.collection
    if unset and (key is None or value is not None):
        raise UsageError("--unset takes a KEY and no VALUE", "bedrill config new_per_day --unset")
    if key is not None and (value is not None or unset):
        browse.set_setting(collection, key, value)
    elif key is not None:
        config.check_key(key)
    keys = config.KEYS if key is None else (key,)
    values = {name: config.text_of(collection.settings, name) for name in keys}
    if app.as_json:
        echo_json(values)
    elif key is not None:
        click.echo(values[key])
    else:
        changed = catalog.settings(collection.db)
        rows = [(name, values[name] + (" *" if name in changed else ""), config.HELP[name]) for name in keys]
        rows = [(name, text if len(text) <= 30 else text[:29] + "…", help_) for name, text, help_ in rows]  # noqa: PLR2004
        click.echo(table(rows, wide=2, fit=columns()))
        app.say("* is not the default")
