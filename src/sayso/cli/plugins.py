"""The command that says which plugins there are: `plugins`."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from sayso.cli.outputs import FormatOption, OutputOption, choose_table, write_rows

SHOWN = ("kind", "name", "package", "version", "folder", "state")
"""The columns of `sayso plugins`."""


def plugins(
    check: Annotated[bool, typer.Option("--check", help="Load each, and say which cannot be.")] = False,
    format: FormatOption = "",
    output: OutputOption = None,
) -> None:
    """List the plugins that are installed, and the packages that they come with.

    Examples:

      sayso plugins

      sayso plugins --check
    """
    from sayso.plugins import GROUPS, list_plugins

    format = choose_table(format, output)
    rows = [tell_plugin(plugin, check) for group in GROUPS for plugin in list_plugins(group)]
    write_rows(output, rows, SHOWN, format)
    raise typer.Exit(1 if any(row["fault"] for row in rows) else 0)


def tell_plugin(plugin: Any, check: bool) -> dict[str, str]:
    """The row of a plugin; with `check`, it is loaded to see whether it can be."""
    from sayso.plugins import GROUPS, PluginError

    fault = plugin.fault
    if check and not fault:
        try:
            plugin.load()
        except PluginError as error:
            fault = str(error)
    return {
        "kind": GROUPS[plugin.group],
        "name": plugin.name,
        "package": plugin.distribution,
        "version": plugin.version,
        "folder": plugin.folder,
        "leads_to": plugin.value,
        "state": fault or find_reason(plugin) or ("works" if check else "installed"),
        "fault": fault,
    }


def find_reason(plugin: Any) -> str:
    """Why a plugin that can be loaded is not used, "" where it is."""
    from sayso.plugins import READERS, SIGNS, list_plugins
    from sayso.read.formats import MEDIA_TYPES, SUFFIXES
    from sayso.settings import read_settings

    if plugin.group == READERS and plugin.name in {*SUFFIXES, *MEDIA_TYPES}:
        return "not used: sayso reads these itself"
    if plugin.group == SIGNS and plugin.name not in read_settings().signs:
        return f'not used: signs = "{plugin.name}" in a settings file uses it'
    if sum(other.name == plugin.name for other in list_plugins(plugin.group)) > 1:
        return "not used: two packages have it"
    return ""
