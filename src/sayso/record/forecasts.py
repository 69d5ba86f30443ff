"""What is asked of the world, what is expected of it, how it ended, and what a claim must say to count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sayso.record.readings import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of the world, in one version of its words.

    `kind` is yes/no, choice (of `options`), number (in `unit`) or date. Forecasts are taken from `opens` to `closes`;
    at `resolves` the `criteria` decide, by the word of `source`. `about` are the words by which the ledger's reports on
    it are found ("" for all). `id` is that of its first version and stays; `version` that of this one, `number` which
    it is, from 1. `poll` is open or closed where readers are asked too, "" where not.
    """

    text: str
    kind: str = "yes/no"
    options: tuple[str, ...] = ()
    unit: str = ""
    opens: datetime | None = None
    closes: datetime | None = None
    resolves: datetime | None = None
    criteria: str = ""
    source: str = ""
    about: str = ""
    id: str = ""
    version: str = ""
    number: int = 1
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What somebody expects of a question at a moment.

    `forecaster` is a name, `kind` person, team, reader or model. One of three is given: the `probability` of yes, the
    `probabilities` of the options, or `quantiles` as pairs of level and value (dates as ordinal days of the proleptic
    Gregorian calendar). `version` is the question's version that it answers. `proof` shows that a reader's answers are
    one person's (see `sayso.foresee.questions.polls`).
    """

    question: str
    forecaster: str
    at: datetime
    kind: str = "person"
    probability: float | None = None
    probabilities: tuple[tuple[str, float], ...] = ()
    quantiles: tuple[tuple[float, float], ...] = ()
    reason: str = ""
    proof: str = ""
    version: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """How a question ended, by whose word: yes, no, an option, a number, a date (ISO 8601), ambiguous (the criteria do
    not decide) or void (the question should not have been asked so). `version` is the version of the question that was
    resolved, `claims` what shows it. Of several the latest counts."""

    question: str
    outcome: str
    by: str
    at: datetime
    claims: tuple[str, ...] = ()
    reason: str = ""
    version: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """What a claim must say to count: every field that is not empty must agree (see `sayso.foresee.patterns`).

    `words` is how it was asked. `events`, `categories` and `conflicts` are those of a claim, any of which will do;
    `state` and `holds` a state and whether it holds ("presence", True), which several events speak of. `actors` take
    part (or act, in what one does to another), `targets` suffer it; `terms` are stems that the claim's sentence must
    have. `place` is located or a country. The window is half-open, `since <= t < until`. `polarity` negative asks for
    what did not happen. `at_least` and `at_most` bound the claim's figure of `unit` and `of`, which counts newcomers
    where `additional`. `sources` are the names, institutions or countries whose word counts; () for anybody's.
    `origins` is how many independent origins it takes. `anew` asks for what had stopped: that it still goes on does
    not count.
    """

    words: str = ""
    events: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    state: str = ""
    holds: bool = True
    actors: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    place: Place | None = None
    since: datetime | None = None
    until: datetime | None = None
    polarity: str = "positive"
    tenses: tuple[str, ...] = ("happened", "ongoing")
    at_least: float | None = None
    at_most: float | None = None
    unit: str = ""
    of: str = ""
    figure_state: str = ""
    additional: bool = False
    sources: tuple[str, ...] = ()
    origins: int = 1
    anew: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A claim that speaks of what a pattern asks for.

    `stands` is for (it says so), against (it says the opposite) or aside (it speaks of it and does not count; `why`
    says why not). `origin` is where the claim first came from, `published` when its report was.
    """

    claim: str
    report: str
    stands: str
    source: str
    origin: str
    published: datetime | None
    text: str
    why: str
