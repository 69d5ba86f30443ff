"""What can be judged, and which judgements stand.

A judgement is never taken out of the ledger: another one undoes it. Of judgements on one thing the latest counts.
"""

from __future__ import annotations

import re
from collections import Counter
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
        raise LedgerError("a judgement bears a name: say who judges")
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
    """The judgements that no other one that stands itself undoes, in the order of judging; without those that only
    undo. Whatever the clocks said, what undoes a judgement came after it: it is named by the other's id."""
    some = {judgement.id: judgement for judgement in judgements}
    waiting = Counter(judgement.target for judgement in some.values() if judgement.kind == "undo")
    # What nothing undoes is settled; each undoing that is settled brings what it undoes nearer to it.
    settled, undone = [id for id in some if not waiting[id]], set[str]()
    while settled:
        judgement = some[settled.pop()]
        if judgement.kind != "undo":
            continue
        if judgement.id not in undone:
            undone.add(judgement.target)
        waiting[judgement.target] -= 1
        if not waiting[judgement.target] and judgement.target in some:
            settled.append(judgement.target)
    standing = [j for j in some.values() if j.kind != "undo" and j.id not in undone]
    return sorted(standing, key=lambda j: (j.at, j.entered or j.at, j.id))


def list_retracted(standing: Iterable[Judgement]) -> set[str]:
    """The targets whose latest judgement, of those that stand, is a retraction."""
    latest = {j.target: j.kind for j in standing if j.kind in ("retract", "restore")}
    return {target for target, kind in latest.items() if kind == "retract"}
