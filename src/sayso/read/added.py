"""Readers that plugins add, for formats that sayso does not read itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import msgspec

from sayso import plugins
from sayso.ids import digest_report
from sayso.plugins import Plugin, PluginError
from sayso.read.formats import MEDIA_TYPES, SUFFIXES, named_suffix
from sayso.read.reports import Content
from sayso.record import Problem, Remark, Report

UNKNOWN = "application/octet-stream"


def find_reader(name: str, media_type: str = "") -> Plugin | None:
    """The plugin that reads inputs of this name or media type; None where sayso does so itself, or nobody does. Raises
    `PluginError` where two do."""
    for key, own in ((named_suffix(name), SUFFIXES), (media_type.lower(), MEDIA_TYPES)):
        if key in own:
            return None
        if key and (found := plugins.find_plugin(plugins.READERS, key)):
            return found
    return None


def name_media_type(plugin: Plugin, given: str) -> str:
    """The media type of what a plugin reads: as it was given, or as the plugin is called by one."""
    return given or (plugin.name if "/" in plugin.name else UNKNOWN)


def read_added(plugin: Plugin, content: Content) -> Iterator[Report | Problem | Remark]:
    """The reports of an input by a plugin, which stands in each; a problem for whatever the plugin does wrong."""
    try:
        for item in plugin.load()(content):
            yield settle(plugin, item, content) if isinstance(item, Report) else check(plugin, item)
    except PluginError as error:
        yield Problem(step="read_added", input=content.name, message=str(error))
    except (Exception, SystemExit) as error:
        failed = plugin.fail(f"it failed on this input ({plugins.explain(error)})")
        yield Problem(step="read_added", input=content.name, message=str(failed))


def settle(plugin: Plugin, report: Report, content: Content) -> Report:
    """A report of a plugin as one of ours: its fields of their kinds, its digest that of its content. Raises
    `PluginError` where it is none."""
    try:
        sound = msgspec.convert(msgspec.to_builtins(report), type=Report)
    except (msgspec.MsgspecError, TypeError, ValueError) as error:
        raise plugin.fail(f"it gave a report that is none ({plugins.explain(error)})") from None
    digest = digest_report(sound)
    return replace(sound, digest=digest, id=sound.id or digest, raw=content.sha256, reader=plugin.maker)


def check(plugin: Plugin, item: object) -> Problem | Remark:
    """What else a plugin may give. Raises `PluginError` where it is anything else."""
    if isinstance(item, Problem | Remark):
        return item
    raise plugin.fail(f"it gave a {type(item).__name__} where a report was to be")
