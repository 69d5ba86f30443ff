"""Answers in transcripts: a turn after a question that says no, or that says it will not say."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.extract.assertions.agreements import set_stance
from sayso.extract.assertions.surveys import Survey
from sayso.extract.assertions.words import class_verb, has_noun_class
from sayso.extract.stances import SILENCES
from sayso.grammar.parses import Token
from sayso.record import Attribution

SELVES = frozenset(("i", "we"))
REFUSALS = frozenset("nope never nah".split())
OPEN = frozenset("necessarily sure exactly certain only always quite really".split())
"""Words that take a "not" back."""
DEFERRING = frozenset("refer direct point check look see".split())
BACK = frozenset("get come circle".split())
"""Verbs by which who is asked sends on, or puts off, who asks; the latter with a "back"."""
SHORTEST, LONGEST = 6, 24
"""Words of a turn that only says no, and of one that only declines, at most."""
SPEAKING = ("say", "confirm", "keep", "check", "suspect", "know")


def judge_answers(survey: Survey, attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """The attributions, those of turns that answer a question before them with what the answer comes to."""
    judged: list[Attribution] = []
    asked = False
    for said in attributions:
        if is_turn(survey, said):
            judged.append(judge_answer(survey, said) if asked and said.stance == "asserts" else said)
            asked = said.stance == "asks"
        else:
            judged.append(said)
    return tuple(judged)


def is_turn(survey: Survey, said: Attribution) -> bool:
    """Whether an attribution is a turn of a transcript: a label with a colon, or a point, for its cue."""
    return [survey.parse.text[start:end] for start, end in said.cue] in ([":"], ["."])


def judge_answer(survey: Survey, said: Attribution) -> Attribution:
    """A turn that denies or declines to say, by its words; else as it is."""
    words = [t for t in survey.parse.tokens_in(said.content) if t.pos != "PUNCT"]
    if not words or len(words) > LONGEST:
        return said
    first = words[0].text.lower()
    if declines(survey, words):
        return set_stance(said, "declines")
    if len(words) <= SHORTEST and (first == "no" or first in REFUSALS or says_not(words)):
        return set_stance(said, "denies")
    return said


def says_not(words: Sequence[Token]) -> bool:
    """Whether words without a verb say no: "Absolutely not", "Not to my knowledge"; "not necessarily" says neither."""
    lows = [t.text.lower() for t in words]
    return "not" in lows[:2] and not OPEN & set(lows) and all(t.pos not in ("VERB", "AUX") for t in words)


def declines(survey: Survey, words: Sequence[Token]) -> bool:
    """Whether words say that who speaks will not, or has nothing to, say."""
    if [t.text.lower() for t in words[:2]] == ["no", "comment"]:
        return True
    if any(puts_off(survey, token) for token in words):
        return True
    for token in words:
        if token.pos not in ("VERB", "AUX") or not survey.negations[token.i]:
            continue
        subjects = {survey.parse.tokens[c].text.lower() for c in token.children}
        nothing = "nothing" in subjects and token.lemma in ("have", "get", "say", "add")
        nothing = nothing or (token.lemma == "have" and has_no_word(survey, token))
        speaks = token.lemma in SILENCES or class_verb(survey.parse, token) in SPEAKING
        if (subjects & SELVES or token.dep in ("xcomp", "conj")) and (nothing or speaks):
            return True
        told = any(survey.parse.tokens[c].lemma in SILENCES for c in token.children)
        if subjects & SELVES and (told or token.lemma in ("get", "go")):
            return True  # "I am *not going to discuss* that", "I *won't get* into that"
    return False


def has_no_word(survey: Survey, verb: Token) -> bool:
    """Whether a verb's object is a word that nobody has: "I have *no information* on that"."""
    objects = [survey.parse.tokens[c] for c in verb.children if survey.parse.tokens[c].dep == "dobj"]
    return any(has_noun_class(t, "confirm") or t.lemma in ("knowledge", "update") for t in objects)


def puts_off(survey: Survey, verb: Token) -> bool:
    """Whether a verb says that the answer is for later or for others: "We'll get back to you", "I'd refer you to the
    ministry", "Let me check"."""
    children = [survey.parse.tokens[c] for c in verb.children]
    lows = {t.text.lower() for t in children}
    selves = bool(lows & SELVES) or (verb.dep in ("xcomp", "ccomp") and bool(lows & {"me", "us", "to"}))
    ahead = any(t.tag == "MD" for t in children) or verb.dep in ("xcomp", "ccomp")
    if not selves or not ahead or verb.pos != "VERB":
        return False
    if verb.lemma in BACK:
        return "back" in lows
    to_asker = any(t.dep == "dobj" and t.text.lower() == "you" for t in children)
    last = survey.parse.sentences[verb.sentence][1] - verb.i <= FEWEST_AFTER
    return verb.lemma in DEFERRING and (to_asker or (verb.lemma in ("check", "look", "see") and last))


FEWEST_AFTER = 4
"""Tokens between a verb of checking and the end of its sentence, at most, where nothing is told after it."""
