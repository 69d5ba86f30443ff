"""Which gazetteer places are looked up in."""

from __future__ import annotations

from pathlib import Path

from sayso.errors import Error
from sayso.settings import read_settings


def find_gazetteer() -> str:
    """The path of the gazetteer in use, "" for the one that comes with sayso. Raises `Error` where one is named but
    missing, or is broken."""
    settings = read_settings()
    path = settings.gazetteer
    if not path or not (settings.gazetteer_named or Path(path).exists()):
        return ""
    from sayso.extract.places.columns import open_columns

    try:
        open_columns(path)
    except FileNotFoundError:
        raise Error(
            f"no gazetteer {path}, as {settings.gazetteer_named} says: make it by sayso gazetteer import, or unset it"
        ) from None
    except OSError as error:
        raise Error(str(error)) from None
    return path
