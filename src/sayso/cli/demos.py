"""The example stories that come with sayso."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

from sayso.cli.options import note
from sayso.cli.outputs import OutputOption
from sayso.cli.views import BriefFormat, LanguageOption, StyleOption, brief


def demo(
    story: Annotated[str, typer.Argument(metavar="[STORY]", help="Which one; without it they are listed.")] = "",
    style: StyleOption = "plain",
    language: LanguageOption = "en",
    format: BriefFormat = "",
    output: OutputOption = None,
) -> None:
    """Tell the brief of an example story, to see what sayso does before any report is at hand.

    Example:  sayso demo baltimore -o brief.html
    """
    examples = find_examples()
    names = sorted(folder.name for folder in examples.iterdir() if folder.is_dir()) if examples.is_dir() else []
    if story not in names:
        if story:
            note(f"no example is called {story!r}")
        note("the examples:  " + ", ".join(f"sayso demo {name}" for name in names))
        raise typer.Exit(2 if story else 0)
    brief(paths=[str(examples / story)], style=style, language=language, format=format, output=output)


def find_examples() -> Path:
    """The folder of the examples: within the package where it was installed, else beside the sources."""
    inside = Path(str(files("sayso"))) / "examples"
    return inside if inside.is_dir() else Path(__file__).parents[3] / "examples"
