"""Rules: what a team wants to be told of. Each is a row of the ledger that bears a name, and another row drops it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from sayso.forms import to_json
from sayso.ledger.errors import LedgerError
from sayso.ledger.searches import Search, parse_search
from sayso.record import Assessment, Problem
from sayso.weigh.details import stem

if TYPE_CHECKING:
    from sayso.ledger import Ledger

ROW, DROPPED = "alert-rule", "alert-rule-dropped"
"""Kinds of the rows that make a rule and that drop it."""
KINDS = {
    "search": "a new report, or with --claims a new claim, that holds the words",
    "origins": "the independent origins of a point have reached a number (at least)",
    "contradiction": "two answers that exclude each other, with the witness",
    "movement": "the line of figures of a source moved from one to the next by more than so much (more than)",
    "denial": "a source graded so or better (--grade), by an analyst or by its record, denies something",
    "revision": "an outlet changed a figure, a source, a date or a headline without saying so",
    "indicator": "an indicator of a scenario fires",
    "closing": "a question for forecasters closes soon (--within)",
}
"""The kinds of rules, and what each tells of."""
NEEDS = {
    "search": ("claims", "words"),
    "origins": ("at_least", "claim"),
    "contradiction": ("claim",),
    "movement": ("claim", "more_than", "source"),
    "denial": ("grade", "source"),
    "revision": (),
    "indicator": ("indicator",),
    "closing": ("within",),
}
"""The fields that each kind has beside words and a story."""
AMOUNT = re.compile(r"(\d{1,15}(?:\.\d{1,6})?) ?(%?)")
WORD = re.compile(r"\w+")
LONGEST, MOST_ORIGINS, MOST_DAYS = 400, 1000, 3660


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What somebody wants to be told of.

    `words` must be held by the report, claim, question or headline that an alert is about ("" for any); `story` is the
    digest of a report of the only story that is looked at, `claim` the seat of a claim of the only point. `claims` asks
    a search for claims rather than reports. `at_least` is a number of origins, `more_than` a difference ("500") or a
    share ("20%"), `grade` the worst reliability of a `source` that counts, `indicator` a key ("I1"), `within` days.
    """

    kind: str
    words: str = ""
    story: str = ""
    claim: str = ""
    claims: bool = False
    source: str = ""
    at_least: int = 0
    more_than: str = ""
    grade: str = ""
    indicator: str = ""
    within: float = 0.0
    id: str = ""
    by: str = ""
    at: datetime | None = None

    def holds(self, *texts: str) -> bool:
        """Whether some texts together hold the words."""
        return not self.words or holds_words(parse_search(self.words), " \n ".join(texts))

    def moved(self, was: float, now: float) -> bool:
        """Whether two figures are further apart than the rule bears."""
        found = AMOUNT.fullmatch(self.more_than)
        if found is None:
            return was != now
        bound = float(found[1])
        return abs(now - was) > (bound / 100 * abs(was) if found[2] else bound)

    def tell(self) -> str:
        """The rule in one line."""
        said = [f'"{self.words}"'] if self.words else []
        named = ("story", "claim", "source", "at_least", "more_than", "grade", "indicator", "within")
        values = ((name.replace("_", " "), getattr(self, name)) for name in named)
        said += [f"{name} {f'{value:g}' if isinstance(value, float) else value}" for name, value in values if value]
        return " ".join([self.kind, *(["of claims"] if self.claims else []), ", ".join(said)]).strip()


def holds_words(search: Search, text: str) -> bool:
    """Whether a text holds all that a search asks for and nothing that it leaves out, by the stems of words."""
    stems = [stem(word) for word in WORD.findall(text)]
    return all(has_phrase(stems, p) for p in search.required) and not any(has_phrase(stems, p) for p in search.excluded)


def has_phrase(stems: Sequence[str], phrase: str) -> bool:
    """Whether some words stand together in a text."""
    wanted = [stem(word) for word in WORD.findall(phrase)]
    starts = (n for n, one in enumerate(stems) if one == wanted[0])
    return any(stems[n : n + len(wanted)] == wanted for n in starts)


def draft_rule(kind: str, **given: Any) -> dict[str, Any]:
    """The body of a rule: what is given of its fields. Raises ValueError where it is none, with what to do."""
    body = {"kind": kind, **{name: value for name, value in given.items() if value not in ("", 0, 0.0, False, None)}}
    check_rule(msgspec.convert(body, Rule))
    return body


def make_rule(
    ledger: Ledger,
    kind: str,
    *,
    by: str,
    at: datetime | None = None,
    cache: Path | None = None,
    claim: str = "",
    story: str = "",
    **given: Any,
) -> Assessment:
    """Keep a rule of what is given of its fields; a `story` is named as the views take it, a `claim` by its id. Raises
    ValueError and `Error` where it is none."""
    from sayso.shelves import find_reports

    words = {name: " ".join(value.split()) if isinstance(value, str) else value for name, value in given.items()}
    draft_rule(kind, **words)
    # A story's id changes with its first report, and a claim's with a better reading: the rule keeps what does not.
    seat = ledger.find_seat(claim) if claim else ""
    first = find_reports(ledger, cache, story, judgements=ledger.judgements(standing=True))[0] if story else ""
    return ledger.assess(ROW, draft_rule(kind, claim=seat, story=first, **words), by=by, at=at)


def row_of_rule(rule: Rule) -> dict[str, Any]:
    """A rule as a row: its fields, and the whole of it in one line."""
    return {**to_json(rule), "rule": rule.tell()}


def check_rule(rule: Rule) -> Rule:
    """The rule; raises ValueError where it cannot be followed."""
    if rule.kind not in KINDS:
        raise ValueError(f"{rule.kind!r} is no kind of rule: one of {', '.join(KINDS)}")
    own = {"kind", "words", "story", "id", "by", "at", *NEEDS[rule.kind]}
    for field in fields(Rule):
        if field.name not in own and getattr(rule, field.name) != field.default:
            raise ValueError(f"{field.name.replace('_', ' ')} says nothing to a rule of the kind {rule.kind}")
    if max(map(len, (rule.words, rule.source))) > LONGEST:
        raise ValueError(f"words of a rule have {LONGEST} characters at most")
    if rule.words:
        parse_search(rule.words)
    elif rule.kind == "search":
        raise ValueError("a search has words to look for")
    if rule.kind == "origins" and not 1 <= rule.at_least <= MOST_ORIGINS:
        raise ValueError(f"say how many independent origins it takes, from 1 to {MOST_ORIGINS}, as in at least 3")
    if rule.kind == "movement" and not AMOUNT.fullmatch(rule.more_than):
        raise ValueError("say by how much the line moves, as in more than 500, or more than 20%")
    if rule.kind == "denial" and not re.fullmatch("[A-E]", rule.grade):
        raise ValueError("say how reliable a source is at least, from A to E, as in grade B")
    if rule.kind == "closing" and not 0 < rule.within <= MOST_DAYS:
        raise ValueError(f"say how many days before, up to {MOST_DAYS}, as in within 3")
    return rule


def read_rule(row: Assessment) -> Rule:
    """The rule of a row. Raises ValueError."""
    try:
        rule = msgspec.convert({**msgspec.json.decode(row.body), "id": row.id, "by": row.by, "at": row.at}, Rule)
    except (msgspec.MsgspecError, TypeError) as error:
        raise ValueError(f"cannot be read: {error}") from None
    return check_rule(rule)


def load_rules(ledger: Ledger, as_of: datetime | None = None) -> tuple[list[Rule], list[Problem]]:
    """The rules of a ledger that were not dropped, as known then, in the order of making, and those that cannot be
    read."""
    dropped = {row.about for row in ledger.assessments(DROPPED, as_of=as_of)}
    rules: list[Rule] = []
    problems: list[Problem] = []
    for row in ledger.assessments(ROW, as_of=as_of):
        try:
            if row.id not in dropped and not row.about:
                rules.append(read_rule(row))
        except ValueError as error:
            message = f"{error}: sayso alerts remove {row.id[:8]} drops it"
            problems.append(Problem(step="read_rule", input=f"rule {row.id[:8]}", message=message))
    return rules, problems


def drop_rule(ledger: Ledger, id: str, *, by: str, reason: str = "") -> None:
    """Drop a rule, by its id or the beginning of one; one that cannot be read too. Raises `LedgerError`."""
    row = ledger.find_assessment(id)
    if row.kind != ROW:
        raise LedgerError(f"{id} is no rule but a {row.kind}")
    ledger.assess(DROPPED, {"reason": " ".join(reason.split())}, by=by, about=row.id)


def find_rule(rules: Sequence[Rule], id: str) -> Rule:
    """The rule of an id or of the beginning of one. Raises ValueError."""
    found = [rule for rule in rules if len(id) >= 4 and rule.id.startswith(id)]
    if len(found) != 1:
        raise ValueError(f"{id!r} names {'several rules' if found else 'no rule'}: `sayso alerts rules` lists them")
    return found[0]
