"""What can be judged, and which judgements stand.

A judgement is never taken out of the ledger: another one undoes it. Of judgements on one thing the latest counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from sayso.ledger.errors import LedgerError
from sayso.record import Judgement

RELATIONS = ("same", "compatible", "revision", "scope", "contradiction", "unrelated")
RELIABILITY, CREDIBILITY = re.compile(r"[A-F]"), re.compile(r"[1-6]")
"""The Admiralty code: how reliable a source is, how credible a claim (NATO AJP-2.1)."""
PAIRED = ("merge", "split", "relate")
"""Kinds that judge two claims, or two reports."""
ABOUT = {
    "retract": ("report", "claim"),
    "restore": ("report", "claim"),
    "merge": ("claim", "report"),
    "split": ("claim", "report"),
    "name": ("report",),
    "relate": ("claim",),
    "attribute": ("claim",),
    "grade": ("claim", "source"),
    "undo": ("judgement",),
}
"""What each kind judges."""


def check_judgement(judgement: Judgement) -> None:
    """Raise `LedgerError` where a judgement says nothing that can be followed."""
    kind, value = judgement.kind, judgement.value
    if not judgement.by.strip():
        raise LedgerError("a judgement is signed: say who judges")
    if judgement.about not in ABOUT.get(kind, ()):
        what = " or ".join(ABOUT.get(kind, ("nothing",)))
        raise LedgerError(f"{kind} judges a {what}, and what is named is a {judgement.about}")
    if kind in PAIRED and judgement.target == judgement.other:
        raise LedgerError(f"{kind} takes two, and both are the same one")
    if kind == "relate" and value not in RELATIONS:
        raise LedgerError(f"{value!r} is no relation: it is one of {', '.join(RELATIONS)}")
    if kind == "attribute" and not value.strip():
        raise LedgerError("to attribute a claim, name its source")
    if kind == "name" and not value.strip():
        raise LedgerError("to name a story, give the name")
    if kind == "grade" and not (RELIABILITY if judgement.about == "source" else CREDIBILITY).fullmatch(value):
        wanted = "A to F for a source's reliability" if judgement.about == "source" else "1 to 6 for a claim"
        raise LedgerError(f"{value!r} is no grade of the Admiralty code: {wanted}")


def list_standing(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The judgements that no later one that stands itself undoes, in their order; without those that only undo."""
    undone: set[str] = set()
    standing = []
    for judgement in sorted(judgements, key=lambda j: (j.at, j.entered or j.at, j.id), reverse=True):
        if judgement.id in undone:
            continue
        if judgement.kind == "undo":
            undone.add(judgement.target)
        else:
            standing.append(judgement)
    return standing[::-1]


def list_retracted(standing: Iterable[Judgement]) -> set[str]:
    """The targets whose latest judgement, of those that stand, is a retraction."""
    latest = {j.target: j.kind for j in standing if j.kind in ("retract", "restore")}
    return {target for target, kind in latest.items() if kind == "retract"}
