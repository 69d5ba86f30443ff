"""sayso: on whose say-so? Conflicting news reports in, one attributed, checkable picture out.

    import sayso

    with sayso.open("story.db") as story:
        story.add("reports/")
        print(story.brief())

The names are those of `sayso.api`, which is imported when the first of them is used.
"""

from __future__ import annotations

import sys
from types import ModuleType

TYPE_CHECKING = False  # Checkers know the name; `typing` itself would take longer than all the rest.
if TYPE_CHECKING:
    from typing import Any, Unpack

    from sayso.api import (
        CheckedText,
        Claimed,
        Error,
        Facts,
        Journey,
        Narrowing,
        OpenLedger,
        ReadText,
        Reports,
        Rows,
        Told,
        Views,
        compare,
        find_example,
        look,
        open,
        read,
    )
    from sayso.api.texts import Text

__all__ = [
    "CheckedText",
    "Claimed",
    "Error",
    "Facts",
    "Journey",
    "Narrowing",
    "OpenLedger",
    "ReadText",
    "Reports",
    "Rows",
    "Told",
    "Views",
    "compare",
    "find_example",
    "look",
    "open",
    "read",
]


def __getattr__(name: str) -> Any:
    """A name of the interface, imported when it is used, so that `import sayso` takes no time."""
    from importlib import import_module

    if name not in __all__:
        raise AttributeError(f"module 'sayso' has no attribute {name!r}")
    return import_module("sayso.read") if name == "read" else getattr(import_module("sayso.api"), name)


def __dir__() -> list[str]:
    """The names of the interface."""
    return [*__all__, "__doc__", "__name__"]


class Verb(ModuleType):
    """A module that can be called as the verb of the interface whose name it has: `sayso.read(text)`."""

    def __call__(self, text: Text, **facts: Unpack[Facts]) -> ReadText:
        """Read one text and keep nothing: see `sayso.api.texts.read_text`."""
        from sayso.api.texts import read_text

        return read_text(text, **facts)


class Package(ModuleType):
    """This package, in which the folder ``read/`` bears the name of a verb of the interface: it is made one as soon as
    the import system puts it here."""

    def __setattr__(self, name: str, value: object) -> None:
        """Set a name of the package."""
        if name == "read" and isinstance(value, ModuleType):
            value.__class__ = Verb
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = Package
