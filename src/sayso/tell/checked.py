"""A checked article for the terminal and for programs: its passages, what is held against them and what behind them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from sayso.harms import clean_text, one_line
from sayso.record import Checked, Flag, Report, Span
from sayso.tell.citations import name_outlet, name_published
from sayso.tell.labels import shorten
from sayso.tell.tables import dump_row

if TYPE_CHECKING:
    from rich.text import Text

STYLES = {
    "impossible": "bold red",
    "contradicted": "bold red",
    "misattributed": "bold magenta",
    "scope-changed": "bold yellow",
    "hedge-dropped": "bold yellow",
    "outdated": "bold cyan",
    "unsupported": "dim",
    "single-origin": "blue",
    "corroborated": "green",
}
"""How each kind of flag looks in a terminal; the kinds in order of weight, the gravest first."""
KINDS = tuple(STYLES)
LONGEST_NAME = 90
ALARMS = KINDS[:6]
"""Kinds that object to a passage."""


def render_jsonl(checked: Checked) -> str:
    """The flags of an article as one line of JSON."""
    return dump_row({"id": checked.article.report.id, "flags": list_flags(checked)}) + "\n"


def list_flags(checked: Checked) -> list[dict[str, Any]]:
    """A row a flag, in the order of the article."""
    return [
        {
            "start": flag.start,
            "end": flag.end,
            "quote": flag.quote,
            "kind": flag.kind,
            "why": flag.why,
            "against": list(flag.against),
        }
        for flag in checked.flags
    ]


def render_text(checked: Checked, *, width: int = 100, color: bool = False) -> str:
    """The article with its passages coloured and numbered, and under it what each number says: what is objected to
    first, then what stands behind the rest."""
    from rich.console import Console
    from rich.text import Text

    report = checked.article.report
    # Text is never parsed for markup here: a report may hold what looks like it.
    console = Console(width=width, force_terminal=color, no_color=not color, highlight=False)
    with console.capture() as capture:
        console.print(Text(name_article(report), "bold"))
        console.print(Text(f"{name_outlet(report)}, {name_published(report)}"))
        console.print(Text(sum_up(checked)), end="\n\n")
        console.print(color_text(checked))
        for number, flag in sorted(number_flags(checked).items(), key=lambda item: KINDS.index(item[1].kind)):
            line = Text(f"\n[{number}] {flag.kind} ", STYLES[flag.kind])
            line.append(f"“{one_line(flag.quote)}”\n", "not bold default")
            line.append(f"{one_line(flag.why)}", "not bold default")
            console.print(line)
    return capture.get()


def name_article(report: Report) -> str:
    """The article's title, or its first words where it has none."""
    return one_line(report.title) or shorten(one_line(report.text[: 4 * LONGEST_NAME]), LONGEST_NAME) or report.id


def number_flags(checked: Checked) -> dict[int, Flag]:
    """The flags by number, from 1, in order of their place in the text."""
    return dict(enumerate(sorted(checked.flags, key=lambda f: (f.start, -f.end, KINDS.index(f.kind))), 1))


def sum_up(checked: Checked) -> str:
    """How many passages there are of each kind, in words, the gravest first."""
    counts = Counter(flag.kind for flag in checked.flags)
    reports = len(checked.picture.readings) - 1
    told = ", ".join(f"{counts[kind]} {kind}" for kind in KINDS if counts[kind])
    return f"Against {reports:,} report{'' if reports == 1 else 's'}: {told or 'no passage to check'}."


def split_passages(checked: Checked, cuts: Iterable[int] = ()) -> Iterator[tuple[Span, tuple[int, ...]]]:
    """The article's text in pieces, cut where flags begin and end and at `cuts`, each with the numbers of the flags
    that it stands under, the gravest first."""
    flags, size = number_flags(checked), len(checked.article.report.text)
    begins: dict[int, list[int]] = {}
    for number, flag in flags.items():
        begins.setdefault(flag.start, []).append(number)
    ends = {at for f in flags.values() for at in (f.start, f.end)}
    over: list[int] = []
    for left, right in pairwise(sorted({0, size, *ends, *cuts})):
        over = [n for n in over if flags[n].end > left] + begins.get(left, [])
        yield (left, right), tuple(sorted(over, key=lambda n: KINDS.index(flags[n].kind)))


def color_text(checked: Checked) -> Text:
    """The article with each passage in the colour of its gravest flag and its numbers behind it."""
    from rich.text import Text

    text, flags, shown = checked.article.report.text, number_flags(checked), Text()
    for (start, end), numbers in split_passages(checked):
        shown.append(clean_text(text[start:end]), STYLES[flags[numbers[0]].kind] if numbers else "")
        for number in (n for n in numbers if flags[n].end == end):
            shown.append(f"[{number}]", f"not bold {STYLES[flags[number].kind].split()[-1]}")
    return shown
