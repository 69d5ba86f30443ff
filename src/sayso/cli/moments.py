"""Options that take a time, as people give them; `sayso.moments` says which there are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import typer

from sayso.moments import Span, begin_of, end_of, find_span, tell_now


def make_parser(choose: Callable[[Span], datetime], *, ahead: bool = False) -> Callable[[str], datetime]:
    """What turns the words of an option into a moment of the span that they name now."""

    def parse(words: str) -> datetime:
        try:
            return choose(find_span(words, tell_now(), ahead=ahead))
        except ValueError as error:
            raise typer.BadParameter(str(error)) from None

    return parse


parse_begin, parse_end = make_parser(begin_of), make_parser(end_of)
parse_coming_begin, parse_coming_end = make_parser(begin_of, ahead=True), make_parser(end_of, ahead=True)
