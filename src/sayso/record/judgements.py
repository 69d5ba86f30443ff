"""What analysts decide, and what anybody says of what is not known: named, dated, kept for good."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What an analyst decided: under a name (and signed, where that has a key), dated, and never overwritten.

    `kind` is one of

    - retract, restore: a report or a claim no longer counts, or counts again;
    - merge, split: two claims answer one question, or do not; two reports are of one story, or are not;
    - name: the story that a report is of has the name that `value` gives;
    - relate: two claims stand to each other as `value` says (same, compatible, revision, scope, contradiction,
      unrelated);
    - attribute: a claim is the word of the source that `value` names;
    - grade: a source's reliability (A to F) or a claim's credibility (1 to 6; the Admiralty code, as in AJP-2.1);
    - undo: another judgement no longer counts.

    `about` is report, claim, source or judgement; `target` the digest of the report, the seat of the claim, the id of
    the source's name or of the judgement; `other` the seat of a second claim, the digest of a second report, or the
    source's name. `at` is when it was judged, `entered` when the ledger got it.
    """

    id: str
    kind: str
    about: str
    target: str
    by: str
    at: datetime
    reason: str
    other: str = ""
    value: str = ""
    entered: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What somebody said of what is not known: a question, a forecast, a hypothesis ...; kept for good, like a
    judgement.

    `kind` says what it is and `about` to which assessment it belongs ("" for none); `body` is what was said, as one
    line of JSON whose form is its kind's (see `sayso.foresee`). `at` is when it was said, `entered` when the ledger
    got it.
    """

    id: str
    kind: str
    about: str
    by: str
    at: datetime
    body: str
    entered: datetime | None = None
