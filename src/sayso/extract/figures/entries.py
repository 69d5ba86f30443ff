"""Lists of counts, a line each: "- Ostby 12" under "Dead: 40" or "Passengers by nationality:".

Such a line is a name and a number and nothing else, and stands beside others of its kind under a line that says what is
counted. Each is a part of that. Lines of numbered things ("- Route 17", "- Section 4") have one word in common, or one
that labels; lines of scores and of models have nothing above them that is counted in people, or that is their sum.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sayso.extract.figures.counting import Counted, is_person, tokens_of
from sayso.extract.figures.labels import add_label
from sayso.extract.figures.quantities import Quantity, load_counted
from sayso.extract.figures.states import NOUNS, said_alone
from sayso.grammar.parses import Parse
from sayso.record import Figure, Span

ENTRY = re.compile(
    r"^[ \t]*(?:[-•*–·][ \t]+)?(?P<name>[^\W\d_][^\d:;.|\n]{0,50}?)[ \t]+(?P<number>\d{1,3}(?:[, ]\d{3})+|\d{1,7})"
    r"(?=[ \t]*(?:\([^\n]{0,80}\))?[,;.]?[ \t]*$)",
    re.MULTILINE,
)
"""A line of a name and a number, perhaps with words in brackets."""
FEWEST = 2
"""Entries that make a list, side by side."""
PLACES = frozenset({"GPE", "LOC", "NORP"})
LONGEST_HEADING = 10
"""Words of a heading without a colon, at most."""
MARKS = " \t-•*–·#"


@dataclass(frozen=True, slots=True)
class Entry:
    """The number of a line of a list; `head` is the line above the list, which says what is counted."""

    number: Span
    head: Span


def find_entries(parse: Parse) -> dict[int, Entry]:
    """The entries of the lists of a text, by where their numbers begin."""
    found: dict[int, Entry] = {}
    for lines in group_lines(parse.text):
        head = find_head_line(parse.text, lines[0].start())
        if head is not None and is_list(parse, lines, head):
            found |= {line.start("number"): Entry(line.span("number"), head) for line in lines}
    return found


def group_lines(text: str) -> Iterator[list[re.Match[str]]]:
    """The lines that may be entries, those that follow each other together."""
    group: list[re.Match[str]] = []
    for line in ENTRY.finditer(text):
        if group and text.count("\n", group[-1].end(), line.start()) > 1:
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def find_head_line(text: str, start: int) -> Span | None:
    """The line above a place, over one empty line at most."""
    above = text[:start].rstrip(" \t\n")
    if text.count("\n", len(above), start) > 2:
        return None
    begin = above.rfind("\n") + 1
    begin += len(above[begin:]) - len(above[begin:].lstrip(MARKS))
    return (begin, len(above)) if begin < len(above) else None


def is_list(parse: Parse, lines: Sequence[re.Match[str]], head: Span) -> bool:
    """Whether lines of names and numbers are the counts of a list: enough of them, of different names that are no
    labels, under a line that says what is counted, with a number or people or places."""
    names = [line["name"].lower() for line in lines]
    if len({name.split()[0] for name in names}) < len(names) and len(set(names)) < len(names):
        return False
    if any(name.split()[-1] in load_counted()["labels"] for name in names):
        return False
    said = parse.text[slice(*head)]
    first, last = tokens_of(parse, *head)
    tokens = parse.tokens[first : last + 1]
    counted = any(said_alone(token) or (token.pos in NOUNS and is_person(token)) for token in tokens)
    if re.search(r":\s*\D{0,12}\d", said):  # "Dead: 60", and its parts.
        return counted or len(names) >= FEWEST
    if not said.endswith(":") and len(said.split()) > LONGEST_HEADING:
        return False
    placed = [any(t.ent in PLACES for t in parse.tokens_in([line.span("name")])) for line in lines]
    return len(names) >= FEWEST and (counted or 2 * sum(placed) > len(placed))


def count_entry(parse: Parse, entry: Entry, quantity: Quantity) -> Counted:
    """What an entry counts: what the line above its list says."""
    cut = parse.text.find(":", *entry.head)
    return add_label(parse, (entry.head[0], cut if cut >= 0 else entry.head[1]), Counted(end=quantity.end))


def place_entry(entry: Entry, figure: Figure, figures: Sequence[Figure]) -> Figure:
    """The figure of an entry as a part of the one in the line above its list, where that has one."""
    start, end = entry.head
    whole = next((each for each in figures if start <= each.start < end), None)
    if whole is None or whole.unit not in ("", "person") or (whole.high or 0) < (figure.low or 0):
        return replace(figure, part="subset")
    return replace(
        figure, unit=whole.unit, of=whole.of, state=whole.state, part="subset", part_of=(whole.start, whole.end)
    )
