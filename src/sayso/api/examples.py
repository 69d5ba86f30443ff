"""The example stories that come with sayso."""

from __future__ import annotations

import tempfile
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from sayso.errors import Error
from sayso.settings import read_settings


def find_example(name: str) -> Path:
    """The folder of reports of an example story, such as `baltimore`. Raises `Error` where there is none of the name,
    which lists those that there are."""
    if name not in list_examples():
        raise Error(f"no example is called {name!r}: there are {', '.join(list_examples()) or 'none'}")
    return find_examples() / name


def keep_example(name: str) -> Path:
    """A ledger of an example story, made in the user's cache once for each state of sayso and of its reports. Raises
    `Error`."""
    from sayso.extract import name_extractor
    from sayso.journey import add_all
    from sayso.ledger import open_ledger

    folder = find_example(name)
    state = sha256(name_extractor().encode())
    for path in sorted(folder.iterdir()):
        state.update(path.name.encode() + path.read_bytes() if path.is_file() else b"")
    kept = read_settings().cache / "examples"
    ledger = kept / f"{name}-{state.hexdigest()[:12]}.db"
    if ledger.exists():
        return ledger
    try:
        kept.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=kept) as apart:
            made = Path(apart) / ledger.name
            with open_ledger(str(made)) as opened:
                add_all(opened, [str(folder)])
            made.replace(ledger)
    except OSError as error:
        raise Error(f"{kept}: {error.strerror or error}") from None
    return ledger


def list_examples() -> list[str]:
    """The names of the example stories, which are folders of reports."""
    return sorted({report.parent.name for report in find_examples().glob("*/*.md")})


def find_examples() -> Path:
    """The folder of the examples: within the package where it was installed, else beside the sources."""
    inside = Path(str(files("sayso"))) / "examples"
    return inside if inside.is_dir() else Path(__file__).parents[3] / "examples"
