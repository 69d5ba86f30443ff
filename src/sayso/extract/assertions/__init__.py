"""How what a report says stands in it: asserted, denied, asked, supposed, withdrawn, misquoted or left open.

Judged by grammar, once for the whole text: what governs a clause (`walks`), how it is negated (`negations`), what
kind of clause it is (`governors`), its own mood (`moods`) and marks beside the words (`marks`). Where rules do
not decide, a learnt judge does (`estimates`). Where a clause holds
another that stands otherwise, it is cut there (`cuts`). Attributions that were found agree with it (`agreements`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sayso.extract.assertions.agreements import agree, find_tops
from sayso.extract.assertions.answers import judge_answers
from sayso.extract.assertions.cuts import Cut, cut_stretch, sink_head
from sayso.extract.assertions.effects import find_effect, join_effects
from sayso.extract.assertions.estimates import estimate
from sayso.extract.assertions.followups import follow_up
from sayso.extract.assertions.marks import Marks, find_marks, find_notice, report_notice
from sayso.extract.assertions.surveys import Survey
from sayso.extract.assertions.walks import survey_parse
from sayso.grammar.parses import Parse
from sayso.record import Attribution, Reading, Stands


@dataclass(frozen=True, slots=True)
class Assertions:
    """How each stretch of a text stands."""

    survey: Survey
    marks: Marks

    def cut(self, first: int, last: int, head: int) -> Cut:
        """A stretch of tokens with its head, cut where parts of it stand otherwise."""
        return cut_stretch(self.survey, first, last, head)

    def agree(self, said: Attribution) -> Attribution:
        """An attribution that agrees with how its content stands."""
        survey = self.survey
        tops = list(find_tops(survey, said))
        cues = survey.parse.tokens_in(said.cue)
        if not tops or not cues:
            return said
        verbs = [i for i in tops if survey.parse.tokens[i].pos in ("VERB", "AUX")] or tops
        marked = self.marks.stands_at(survey.parse.tokens[verbs[0]].start)
        around: Stands = "asked" if self.marks.stands_at(cues[0].start) == "asked" else "asserted"
        stands = marked if marked != "asserted" else survey.stands[verbs[0]]
        if stands == "asserted":
            stands = next((s for i in tops if (s := survey.stands[i]) != "asserted"), "asserted")
        return agree(survey, said, stands, around)

    def judge(self, first: int, last: int, head: int, said: Attribution | None) -> Stands:
        """How a clause of some tokens with its head stands, said by nobody else or by an attribution."""
        start = self.survey.parse.tokens[head].start
        marked = self.marks.stands_at(start)
        if marked == "asked":
            answered = self.survey.stands[head] == "denied" and self.survey.heads[head] == head
            return "denied" if answered else "asked"  # "They met? *Never*, he said."
        stands = sink_head(self.survey, head, first, last)
        if said is not None and stands == "asserted":
            stands = judge_cue(self.survey, said, head)
        return join_effects(marked, stands)


def judge_notices(reading: Reading, parse: Parse) -> Reading:
    """The reading with a problem where its text is marked as a whole, as satire or as embargoed: all that it says then
    stands so."""
    notice = find_notice(parse.text, reading.report.outlet)
    if notice is None:
        return reading
    survey_assertions(parse).marks.whole = notice.stands
    return replace(reading, problems=(*reading.problems, report_notice(reading, notice)))


def judge_assertions(reading: Reading, parse: Parse) -> Reading:
    """The reading with its attributions agreeing with how what they say stands."""
    assertions = survey_assertions(parse)
    agreeing = [assertions.agree(said) for said in reading.attributions]
    return replace(reading, attributions=judge_answers(assertions.survey, agreeing))


KEPT: list[tuple[Parse, Assertions]] = []
"""The text surveyed last: steps that follow each other ask for the same."""


def survey_assertions(parse: Parse) -> Assertions:
    """How each stretch of a text stands, surveyed once."""
    for known, found in KEPT:
        if known is parse:
            return found
    found = survey_text(parse)
    KEPT[:] = [(parse, found)]
    return found


def survey_text(parse: Parse) -> Assertions:
    """How each stretch of a text stands, by rules and the judge."""
    survey = survey_parse(parse)
    follow_up(survey)
    estimate(survey)
    return Assertions(survey, find_marks(parse))


EFFECTS = {
    "denies": "deny",
    "asks": "ask",
    "orders": "plan",
    "promises": "plan",
    "predicts": "plan",
    "suspects": "suspect",
}
"""The class of a cue by its stance, where grammar does not show what it governs."""


def judge_cue(survey: Survey, said: Attribution, head: int) -> Stands:
    """How a clause stands by the stance of whose it is, where grammar does not show its verb to hang from the cue."""
    tokens = survey.parse.tokens
    if any(s <= tokens[head].start < e for s, e in said.cue):
        return "asserted"
    if any(s <= tokens[i].start < e for i in survey.parse.ancestors(head) for s, e in said.cue):
        return "asserted"
    if survey.parse.text[slice(*said.cue[0])] == ":":
        return "asked" if said.stance == "asks" else "asserted"  # A turn denies what was asked, not its own words.
    if said.stance == "declines":
        return "open"
    return find_effect(EFFECTS.get(said.stance, "say"), "not" if said.negated else "", "that")
