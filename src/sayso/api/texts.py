"""One text: read, and checked against a ledger."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cached_property
from html import escape
from os import PathLike, fspath
from typing import TypedDict, Unpack

from sayso.api.frames import Row
from sayso.api.rows import Rows
from sayso.errors import Error
from sayso.record import Checked, Problem, Raw, Reading, Report, Span

Text = str | PathLike[str]
"""A report's words as a string, or the file that they are in as a `pathlib.Path`."""


class Facts(TypedDict, total=False):
    """What is known of a text besides its words, as in a line of JSON Lines.

    `id`, `outlet`, `title`, `author` and `url` are words; `published` the day or moment in ISO 8601, against which
    “on Tuesday” is understood; `language` a code such as en.
    """

    id: str
    outlet: str
    title: str
    author: str
    url: str
    published: str
    language: str


class ReadText:
    """A text that was read: what is in it, each with its place in the `text`, and in whose words.

    `reading` is the value itself, as the ledger keeps it. Offsets are code points, ends exclusive.
    """

    def __init__(self, reading: Reading) -> None:
        """Hold a reading."""
        self.reading = reading

    @property
    def text(self) -> str:
        """The words that were read."""
        return self.reading.report.text

    @cached_property
    def row(self) -> Row:
        """All of it as plain dicts and lists: a line of `sayso read --format jsonl`."""
        from sayso.forms import row_of_reading

        return row_of_reading(self.reading)

    @property
    def claims(self) -> Rows:
        """The claims: checkable statements, each with how it stands, whose word it is, and its answers."""
        columns = ("text", "stands", "speaker", "event", "id")
        return Rows(self.row["claims"], columns, lambda _: (self._list_claims(), columns))

    @property
    def attributions(self) -> Rows:
        """The attributions: a source, a cue and a content each, with stance, basis and certainty."""
        columns = ("speaker", "cue", "content", "stance", "via", "basis")
        return Rows(self.row["attributions"], columns, lambda _: (self._list_attributions(), columns))

    @property
    def figures(self) -> Rows:
        """The figures: low and high end, unit, what is counted, and as of when."""
        return Rows(self.row["figures"], ("text", "low", "high", "unit", "of", "state", "bound", "as_of"))

    @property
    def times(self) -> Rows:
        """The times: TIMEX3 type and value, and the interval that is meant."""
        return Rows(self.row["times"], ("text", "type", "value", "earliest", "latest"))

    @property
    def places(self) -> Rows:
        """The places: their GeoNames id, coordinates and country."""
        return Rows(self.row["places"], ("text", "name", "country", "lat", "lon", "geonames_id"))

    @property
    def problems(self) -> Rows:
        """What could not be made out, and what a reader should know of the text."""
        return Rows(self.row["problems"], ("step", "message", "start", "end"))

    def _list_claims(self) -> Iterable[Row]:
        for row in self.row["claims"]:
            told = self.row["attributions"][row["attribution"]] if row["attribution"] is not None else None
            yield {**row, "speaker": name_speaker(told)}

    def _list_attributions(self) -> Iterable[Row]:
        for row in self.row["attributions"]:
            words = {part: self._quote(row[part]) for part in ("cue", "content")}
            yield {**row, "speaker": name_speaker(row), **words}

    def _quote(self, spans: Iterable[Span]) -> str:
        return " … ".join(self.text[start:end] for start, end in spans)

    def __repr__(self) -> str:
        """The report and how much was found in it."""
        from sayso.tell.views import outline_reading

        outline = outline_reading(self.reading)
        return f"<text of {outline['outlet'] or 'no known outlet'}: {outline['found']}>"

    def _repr_html_(self) -> str:
        """The claims as a notebook shows them, under what was found."""
        return f"<p>{escape(repr(self))}</p>{self.claims._repr_html_()}"


def name_speaker(attribution: Row | None) -> str:
    """Whose word an attribution says it is, "" where it names nobody."""
    speaker = attribution.get("speaker") if attribution else None
    return str(speaker["name"]) if speaker else ""


class CheckedText:
    """A text that was checked against a ledger: `flags`, and the `html` page that shows them beside its passages.

    `checked` is the value itself. sayso never says that something is true or false, only what the reports say.
    """

    def __init__(self, checked: Checked) -> None:
        """Hold a checked text."""
        self.checked = checked

    @property
    def flags(self) -> Rows:
        """A row a passage: its kind, its words and place, why, and the ids of the claims that show it."""
        from sayso.tell.checked import list_flags

        return Rows(list_flags(self.checked), ("kind", "quote", "why"))

    @property
    def objections(self) -> Rows:
        """The flags that object to what is told: contradicted, impossible, outdated, misattributed and the like."""
        from sayso.tell.checked import ALARMS

        return Rows((row for row in self.flags if row["kind"] in ALARMS), ("kind", "quote", "why"))

    @property
    def html(self) -> str:
        """The text with its passages marked, as one page that needs no other file."""
        from sayso.tell.checked_page import render_page

        return render_page(self.checked)

    @property
    def text(self) -> str:
        """The text with its passages numbered, and under it what each number says."""
        from sayso.tell.checked import render_text

        return render_text(self.checked)

    def __str__(self) -> str:
        """The plain text."""
        return self.text

    def __repr__(self) -> str:
        """How many flags there are, and how many of them object."""
        return f"<checked text: {len(self.flags)} flags, {len(self.objections)} objections>"

    def _repr_html_(self) -> str:
        """The flags as a notebook shows them."""
        return self.flags._repr_html_()


def read_text(text: Text, **facts: Unpack[Facts]) -> ReadText:
    """Read one text and keep nothing: its claims and attributions, figures, times and places.

    A string is the words of a report, kept to the character, with the facts that are given beside it; a `Path` is a
    file that holds one report. Raises `Error` where there are no words, or no report, or several.
    """
    from sayso.api.gazetteers import find_gazetteer
    from sayso.extract import read_report
    from sayso.journey import read_all

    places = find_gazetteer()
    if isinstance(text, str):
        return ReadText(read_report(make_report(text, facts), places))
    items = list(read_all([fspath(text)], gazetteer=places))
    readings = [item for item in items if isinstance(item, Reading)]
    problems = [item for item in items if isinstance(item, Problem)]
    if len(readings) == 1:
        return ReadText(readings[0])
    if readings:
        raise Error(f"{fspath(text)}: it holds {len(readings)} reports: open a ledger and add it, or look at it")
    raise Error(f"{fspath(text)}: {problems[0].message}" if problems else f"{fspath(text)}: no report in it")


def make_report(text: str, facts: Facts) -> Report:
    """The report of a string and its facts, whose bytes are those of the string. Raises `Error` where it is empty, or
    a fact has an unknown name."""
    from sayso.read.reports import Content
    from sayso.read.texts import make_body_report

    if not text.strip():
        raise Error("the text is empty")
    if unknown := set(facts) - set(Facts.__annotations__):
        raise Error(f"{', '.join(sorted(unknown))}: the facts of a text are {', '.join(Facts.__annotations__)}")
    raw = keep_bytes(text)
    return make_body_report(text, {**facts}, Content(content=raw.content, name="", sha256=raw.sha256))


def keep_bytes(text: str) -> Raw:
    """The bytes of a string, as the ledger keeps those of a file; what UTF-8 cannot carry is replaced."""
    content = text.encode("utf8", "replace")
    return Raw(sha256=hashlib.sha256(content).hexdigest(), content=content, name="text", media_type="text/plain")
