"""Judging at the desk: each judgement bears a name, has its reason, and never goes over another's unseen.

A form carries how many judgements the ledger held when it was shown (`seen`). Where another of them on the same thing
came since and stands, judging raises `ConflictError` with it, unless the judge says to judge all the same.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sayso.errors import Error
from sayso.record import Judgement
from sayso.serve.desk.desks import Desk, MissingError
from sayso.serve.desk.events import find_new

LONGEST_REASON = 2_000
LONGEST_VALUE = 400
"""Code points of what is written with a judgement: a name, a source."""
ALIKE = {
    "merge": "together",
    "split": "together",
    "retract": "counts",
    "restore": "counts",
}
"""Kinds that decide the same of a thing; each other kind is alone."""

_judging = threading.Lock()
"""Held from the look for conflicts to the judgement, so that of two who judge at once the second is told."""


class ConflictError(Error):
    """Others judged the same since the form was shown; `judged` is what they judged."""

    def __init__(self, judged: Sequence[Judgement]) -> None:
        """What they judged, in the order of judging."""
        names = ", ".join(dict.fromkeys(judgement.by for judgement in judged))
        super().__init__(f"{names} judged the same since this page was opened")
        self.judged = tuple(judged)


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """What is judged, or the second of two, in a list: `kind` is claim, report, source or judgement; `words` what it is
    called, `report` the digest of the report that holds it, `claim` the id of the claim."""

    kind: Literal["claim", "report", "source", "judgement"]
    words: str
    report: str = ""
    claim: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A judgement as a page lists it: what it is about in words, the one that undid it, if any, and the one that it
    undid, whose things it then names. `standing` is true of what counts and can be undone."""

    id: str
    kind: str
    by: str
    at: datetime
    reason: str
    value: str
    things: tuple[Thing, ...]
    standing: bool
    undone: Judgement | None = None
    undid: Judgement | None = None


def count_seen(desk: Desk) -> int:
    """How many judgements there are now: what a form carries."""
    return len(desk.ledger.judgements())


def judge(
    desk: Desk,
    kind: str,
    target: str,
    *,
    by: str,
    reason: str,
    other: str = "",
    value: str = "",
    seen: int | None = None,
    among: Collection[str] = (),
) -> Judgement:
    """Keep what an analyst decided; kinds and targets are those of `Ledger.judge`.

    `seen` is what the form carried (None: judge all the same), `among` further things of which a judgement since is
    about the same (the reports of a story that is named). Raises `ConflictError`, or `Error` where the reason is
    missing or what is judged is not there.
    """
    reason, value = reason.strip(), value.strip()
    if not reason:
        raise Error("say why: a judgement is kept with its reason")
    if len(reason) > LONGEST_REASON or len(value) > LONGEST_VALUE:
        raise Error(f"that is too long: a reason has {LONGEST_REASON:,} characters at most, a name {LONGEST_VALUE}")
    with _judging:
        if seen is not None:
            made = desk.ledger.judgements()
            standing = {judgement.id for judgement in desk.ledger.judgements(standing=True)}
            since = [judgement for judgement in find_new(made, seen) if judgement.id in standing]
            conflicts = [j for j in since if is_same(j, kind, target, other, among)]
            if conflicts:
                raise ConflictError(conflicts)
        return desk.ledger.judge(kind, target, by=by, reason=reason, other=other, value=value)


def is_same(judgement: Judgement, kind: str, target: str, other: str, among: Collection[str]) -> bool:
    """Whether a judgement decided what is to be decided now: of merging and splitting, one of the two things is
    enough, since either moves it."""
    if ALIKE.get(judgement.kind, judgement.kind) != ALIKE.get(kind, kind):
        return False
    theirs = {judgement.target, judgement.other} - {""}
    if judgement.about == "source":
        return judgement.other == target
    mine = {target, other} - {""}
    if kind in ("merge", "split"):
        return bool(theirs & mine)
    return theirs == mine or judgement.target in among


def undo(desk: Desk, id: str, *, by: str, reason: str) -> Judgement:
    """Undo a judgement. Raises `MissingError` where there is none of this id, `ConflictError` where somebody undid it
    already, `Error` without a reason."""
    judged = {judgement.id: judgement for judgement in desk.ledger.judgements()}
    if id not in judged:
        raise MissingError(f"there is no judgement {id}")
    undone = find_undone(desk).get(id)
    if undone:
        raise ConflictError([undone])
    return judge(desk, "undo", id, by=by, reason=reason)


def find_undone(desk: Desk) -> dict[str, Judgement]:
    """The judgement that undid each that no longer stands, by the id of the latter."""
    made = desk.ledger.judgements()
    standing = {judgement.id for judgement in desk.ledger.judgements(standing=True)}
    return {j.target: j for j in made if j.kind == "undo" and j.target not in standing}


def list_judged(desk: Desk, about: Set[str] | None = None) -> list[Judged]:
    """All that was judged, the latest first, undone or not; with `about`, of those things alone, by their seats,
    digests or names."""
    made = desk.ledger.judgements()
    if about is not None:
        made = [judgement for judgement in made if about & {judgement.target, judgement.other}]
    standing = {judgement.id for judgement in desk.ledger.judgements(standing=True)}
    undone, every = find_undone(desk), {judgement.id: judgement for judgement in desk.ledger.judgements()}
    named = name_things(desk, [every.get(j.target, j) if j.kind == "undo" else j for j in made])
    return [
        Judged(
            id=one.id,
            kind=one.kind,
            by=one.by,
            at=one.at,
            reason=one.reason,
            value=one.value,
            things=find_things(every.get(one.target, one) if one.kind == "undo" else one, named),
            standing=one.id in standing,
            undone=undone.get(one.id) if one.id not in standing else None,
            undid=every.get(one.target) if one.kind == "undo" else None,
        )
        for one in reversed(made)
    ]


def name_things(desk: Desk, made: Sequence[Judgement]) -> dict[str, Thing]:
    """What judgements are about, by seat, digest or id."""
    seats = {key for j in made if j.about == "claim" for key in (j.target, j.other) if key}
    digests = {key for j in made if j.about == "report" for key in (j.target, j.other) if key}
    named: dict[str, Thing] = {
        seat: Thing(kind="claim", words=text, report=report, claim=id)
        for seat, (id, text, report) in desk.ledger.find_claims(seats).items()
    }
    for report in desk.ledger.reports(digests):
        words = report.title or " ".join(report.text.split())[:80]
        named[report.digest] = Thing(kind="report", words=words, report=report.digest)
    return named


def find_things(judgement: Judgement, named: dict[str, Thing]) -> tuple[Thing, ...]:
    """What one judgement is about, in words."""
    if judgement.about == "source":
        return (Thing(kind="source", words=judgement.other),)
    if judgement.about == "judgement":
        return (Thing(kind="judgement", words=judgement.target),)
    return tuple(
        named.get(key, Thing(kind="claim" if judgement.about == "claim" else "report", words=key))
        for key in (judgement.target, judgement.other)
        if key
    )
