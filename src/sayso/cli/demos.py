"""The example stories that come with sayso."""

from __future__ import annotations

from typing import Annotated

import typer

from sayso.api.examples import find_example, keep_example, list_examples
from sayso.cli.options import note
from sayso.cli.outputs import OutputOption
from sayso.cli.serving import PORT
from sayso.cli.serving import serve as serve_desk
from sayso.cli.views import BriefFormat, LanguageOption, StyleOption, brief


def demo(
    story: Annotated[str, typer.Argument(metavar="[STORY]", help="Which one; without it they are listed.")] = "",
    style: StyleOption = "plain",
    language: LanguageOption = "en",
    format: BriefFormat = "",
    output: OutputOption = None,
    serve: Annotated[bool, typer.Option("--serve", help="Open the desk on it in a browser instead.")] = False,
    port: Annotated[int, typer.Option(min=0, max=65535, metavar="N", help="With --serve: the port.")] = PORT,
    no_open: Annotated[bool, typer.Option("--no-open", help="With --serve: print the address only.")] = False,
) -> None:
    """Tell the brief of an example story, or open the desk on it, to see what sayso does before any report is at hand.

    Examples:

      sayso demo baltimore -o brief.html

      sayso demo --serve
    """
    names = list_examples()
    if serve and not story and names:
        story = names[0]
    if story not in names:
        if story:
            note(f"no example is called {story!r}")
        note("the examples:  " + ", ".join(f"sayso demo {name}" for name in names))
        raise typer.Exit(2 if story else 0)
    if serve:
        serve_desk(str(keep_example(story)), port=port, no_open=no_open)
        return
    brief(paths=[str(find_example(story))], style=style, language=language, format=format, output=output)
