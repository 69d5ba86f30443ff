"""What telling makes of a picture: briefs, and articles checked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sayso.record.pictures import Picture
from sayso.record.readings import Reading
from sayso.record.reports import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence of a brief and the ids of the claims it stands on; a brief has none without. `by` is the
    model that proposed it or something that it tells, "" where none did."""

    text: str
    claims: tuple[str, ...]
    detail: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a brief's table: figures of reports, or what somebody assessed, which is no sentence since no report
    says it. `said` are the ids of the assessments it stands on, `by` whose they are (none of figures), `claims` the
    claims that it speaks of."""

    cells: tuple[str, ...]
    claims: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of a brief: its columns' names, its rows, and in `note` what the figures are."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a brief: key developments, figures, open questions, what changed, unknown, all on the `front` page;
    then, folded behind it, estimates, positions, absences, timeline; and, where the ledger has assessments,
    hypotheses, scenarios and questions, in tables."""

    id: str
    title: str
    sentences: tuple[Sentence, ...]
    tables: tuple[Table, ...] = ()
    front: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """The cited situation report. `picture` is what it was told from, `before` that of the earlier moment since which
    it tells what changed: citations look their claims up there."""

    title: str
    sections: tuple[Section, ...]
    picture: Picture
    before: Picture | None = None
    problems: tuple[Problem, ...] = field(default=())

    @property
    def since(self) -> datetime | None:
        """The earlier moment since which the brief tells what changed."""
        return self.before.as_of if self.before else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """What checking says of a passage of an article: its kind, why, and the ids of the claims that show it.

    `kind` is one of corroborated, single-origin, contradicted, outdated, misattributed, hedge-dropped, scope-changed,
    impossible and unsupported. `quote` is the passage's very words, `claim` the id of the article's claim that it
    stands in, "" where none does.
    """

    start: int
    end: int
    quote: str
    kind: str
    why: str
    against: tuple[str, ...] = ()
    claim: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """An article compared with the reports of a ledger. `picture` is that of these reports and the article together;
    the flags' claims are found in it."""

    article: Reading
    flags: tuple[Flag, ...]
    picture: Picture
