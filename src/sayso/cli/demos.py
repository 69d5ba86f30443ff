"""The example stories that come with sayso."""

from __future__ import annotations

from typing import Annotated

import typer

from sayso.api.examples import find_example, list_examples
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
    names = list_examples()
    if story not in names:
        if story:
            note(f"no example is called {story!r}")
        note("the examples:  " + ", ".join(f"sayso demo {name}" for name in names))
        raise typer.Exit(2 if story else 0)
    brief(paths=[str(find_example(story))], style=style, language=language, format=format, output=output)
