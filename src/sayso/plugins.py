"""Plugins: what other packages add to sayso, by the entry points that they declare (the Python Packaging Authority's
"Entry points specification").

Nothing of a plugin is imported before it is needed: what there is says its package's metadata. One that is broken costs
the command that needs it a line that names its package, and no other command anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from typing import Any

from sayso.errors import Error

READERS, EXPORTERS = "sayso.readers", "sayso.exporters"
ALERT_SINKS, SIGNS = "sayso.alert_sinks", "sayso.signs"
GROUPS = {
    READERS: "reader",
    EXPORTERS: "exporter",
    ALERT_SINKS: "alert sink",
    SIGNS: "sign",
}
"""The groups of entry points, and what each of one is called."""


class PluginError(Error):
    """A plugin that cannot be used. The message is one line that names its package and says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plugin:
    """An entry point: its group and name, the package (`distribution`) and version that it comes with, `value`, what
    it leads to, as "module:object", and the folder that the package lies in. `fault` is why it can never be loaded."""

    group: str
    name: str
    distribution: str
    version: str
    value: str
    folder: str = ""
    fault: str = ""

    @property
    def maker(self) -> str:
        """The package and its version, as records name them."""
        return f"{self.distribution} {self.version}".strip()

    def load(self) -> Any:
        """What it leads to. Raises `PluginError`, whatever the package's code does."""
        if self.fault:
            raise self.fail(self.fault)
        try:
            return metadata.EntryPoint(self.name, self.value, self.group).load()
        except (Exception, SystemExit) as error:
            raise self.fail(f"it cannot be loaded ({explain(error)})") from error

    def fail(self, reason: str) -> PluginError:
        """The error that it cannot be used for some reason."""
        what = f"{GROUPS.get(self.group, 'plugin')} {self.name}"
        return PluginError(f"{what} of the package {self.maker}: {reason}; update that package, or pip uninstall it")


def explain(error: BaseException) -> str:
    """An exception in one line."""
    words = " ".join(str(error).split())[:200]
    return f"{type(error).__name__}: {words}" if words else type(error).__name__


@cache
def list_plugins(group: str) -> tuple[Plugin, ...]:
    """The plugins of a group, in the order of their names and packages; none of them is imported."""
    return tuple(sorted(find_all(group), key=lambda plugin: (plugin.name, plugin.distribution)))


def find_all(group: str) -> Iterator[Plugin]:
    """The plugins of a group, each package once: that which Python would import."""
    seen = set()
    for package in metadata.distributions():
        try:
            if group not in (package.read_text("entry_points.txt") or ""):
                continue
            about = {"distribution": package.metadata["Name"], "version": package.version or ""}
        except Exception:  # The metadata of packages may be anything; without a name it is nobody's plugin.
            continue
        if not about["distribution"] or about["distribution"] in seen:
            continue
        seen.add(about["distribution"])
        about["folder"] = str(package.locate_file(""))
        try:
            points = [(point.name, point.value) for point in package.entry_points if point.group == group]
        except Exception as error:
            yield Plugin(group=group, name="?", value="", fault=f"its metadata is broken ({explain(error)})", **about)
            continue
        yield from (Plugin(group=group, name=name, value=value, **about) for name, value in points)


def find_plugin(group: str, name: str) -> Plugin | None:
    """The plugin of a name, if there is one. Raises `PluginError` where two packages have it."""
    found = [plugin for plugin in list_plugins(group) if plugin.name == name]
    if len(found) > 1:
        raise found[0].fail(f"{found[1].maker} has one of that name too")
    return found[0] if found else None


def load(group: str, name: str) -> Any:
    """What the plugin of a name leads to; None where there is none. Raises `PluginError`."""
    plugin = find_plugin(group, name)
    return plugin.load() if plugin else None
