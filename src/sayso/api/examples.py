"""The example stories that come with sayso."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from sayso.errors import Error


def find_example(name: str) -> Path:
    """The folder of reports of an example story, such as `baltimore`. Raises `Error` where there is none of the name,
    which lists those that there are."""
    if name not in list_examples():
        raise Error(f"no example is called {name!r}: there are {', '.join(list_examples()) or 'none'}")
    return find_examples() / name


def list_examples() -> list[str]:
    """The names of the example stories."""
    examples = find_examples()
    return sorted(folder.name for folder in examples.iterdir() if folder.is_dir()) if examples.is_dir() else []


def find_examples() -> Path:
    """The folder of the examples: within the package where it was installed, else beside the sources."""
    inside = Path(str(files("sayso"))) / "examples"
    return inside if inside.is_dir() else Path(__file__).parents[3] / "examples"
