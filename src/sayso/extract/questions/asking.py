"""The question that an answer answers, by its kind: when, who, where, why, how, in what state, whether."""

from __future__ import annotations

from sayso.extract.claims.clauses import find_head, tokens_within
from sayso.extract.meanings import load_meanings
from sayso.extract.questions.composing import compose, holds_part, make_definite
from sayso.extract.questions.counts import ask_figure, ask_subject, find_top
from sayso.extract.questions.frames import SUBJECTS, Frame, Frames
from sayso.extract.questions.names import is_somebody
from sayso.extract.questions.wordings import load_words
from sayso.grammar.parses import Token
from sayso.grammar.questions import reads_well
from sayso.record import Answer, Claim

FARTHEST = 4
"""Words between a value and its verb that are climbed."""
NOBODY = frozenset(("cent", "percent", "nobody", "nothing", "none"))
"""Words that tell of nobody who could be asked for."""
OPEN_TIMES = {"since": "since when", "until": "until when", "till": "until when", "by": "by when", "from": "from when"}
"""How a date behind a preposition is asked for, where it is no point in time."""
SINGLE = {"are": "is", "were": "was", "have": "has", "do": "does"}


def ask(frames: Frames, claim: Claim, answer: Answer) -> str:
    """The question that a value of a claim answers, "" where the grammar gives none that is clean."""
    if answer.kind == "figure":
        asked = ask_figure(frames, answer)
    elif answer.kind == "yes-no":
        asked = ask_whether(frames, claim)
    elif answer.kind == "date":
        asked = ask_when(frames, answer)
    elif answer.kind == "person":
        asked = ask_who(frames, answer)
    elif answer.kind == "state":
        asked = ask_state(frames, answer)
    else:
        asked = ask_adjunct(frames, answer)
    asked = asked[:1].upper() + asked[1:]
    value = "" if answer.kind == "yes-no" else frames.parse.text[answer.start : answer.end]
    return asked if asked and reads_well(asked, value) else ""


def ask_whether(frames: Frames, claim: Claim) -> str:
    """Whether what a claim says is so."""
    first, last = tokens_within(frames.parse, claim.start, claim.end)
    if first >= last:
        return ""
    frame = frames.find(find_head(frames.parse, first, last))
    return compose(frame) if frame and is_told(frames, frame) else ""


def is_told(frames: Frames, frame: Frame) -> bool:
    """Whether something is left to ask of a verb: "to be" says nothing without what its subject is."""
    return frames.parse.tokens[frame.verb].lemma != "be" or any(part.needed for part in frame.parts)


def settle(frame: Frame) -> str:
    """The subject of a frame as what was told of already: "the fire" of "a fire"."""
    return make_definite(frame.subject)


def ask_when(frames: Frames, answer: Answer) -> str:
    """When, since when or until when."""
    tokens = frames.parse.tokens
    first, last = frames.range_of(answer.start, answer.end)
    if last < first:
        return ""
    top = find_top(tokens, first, last)
    asking = "when"
    if last + 1 < len(tokens) and tokens[last + 1].text.lower() in ("before", "after"):
        return ""
    for _ in range(FARTHEST):
        if top is None or top.head == top.i or top.dep in ("poss", "amod", "compound"):
            return ""
        over = tokens[top.head]
        if over.dep in ("prep", "mark") or over.pos in ("ADP", "SCONJ"):
            asking = OPEN_TIMES.get(over.lemma, asking)
        elif over.pos in ("VERB", "AUX"):
            break
        elif over.i not in frames.wordings.timed:
            return ""
        top = over
    else:
        return ""
    if top is None or top.dep in ("nsubj", "nsubjpass", "dobj", "poss"):
        return ""
    frame = frames.find(tokens[top.head].i)
    if frame is None or (asking == "when" and frame.front in ("has", "have")):
        return ""
    return compose(frame, asking, top.i)


def ask_who(frames: Frames, answer: Answer) -> str:
    """Who or what did something, or to whom or what it was done."""
    tokens = frames.parse.tokens
    first, last = frames.range_of(answer.start, answer.end)
    noun = find_top(tokens, first, last) if first <= last else None
    if (
        noun is None
        or noun.pos in ("NUM", "DET")
        or noun.lemma in NOBODY
        or (noun.pos == "PRON" and noun.start not in frames.wordings.names)
    ):
        return ""
    frame = frames.find(tokens[noun.head].i)
    if frame is None and noun.dep != "pobj":
        return ""
    somebody = is_somebody(noun) or (noun.pos == "PRON" and noun.lemma != "it")
    if noun.dep in SUBJECTS and frame is not None and noun.i == frame.subject_at:
        if not is_told(frames, frame) or not frame.parts:
            return ""
        return ask_one(frame, noun, "who" if somebody else "what")
    if noun.dep == "dobj" and frame is not None and holds_part(frame, noun.i):
        return compose(frame, "whom" if somebody else "what", noun.i)
    if noun.dep == "pobj" and tokens[noun.head].dep == "agent":
        frame = frames.find(tokens[noun.head].head)
        return compose(frame, "by whom" if somebody else "by what", noun.i) if frame else ""
    return ""


def ask_one(frame: Frame, noun: Token, asking: str) -> str:
    """The question on who or what is the subject: the verb stands in the singular."""
    first, _, rest = frame.finite.partition(" ")
    if frame.front == "do" and first != "do":
        return ""  # The singular of a full verb is not known.
    asked = ask_subject(frame, noun, asking)
    many = {"is": "are", "was": "were", "has": "have", "does": "do"}.get(first, first)
    if frame.front == "does" and first != "does":
        return asked.replace(f" {frame.rest}", f" {frame.finite}", 1)
    single = SINGLE.get(many, first) if first == frame.front else first
    return asked.replace(f" {many}", f" {single}", 1) if rest or first == frame.front else asked


def ask_state(frames: Frames, answer: Answer) -> str:
    """In what state somebody or something is, what they are, or what was done to them."""
    tokens = frames.parse.tokens
    first, last = frames.range_of(answer.start, answer.end)
    top = find_top(tokens, first, last) if first <= last else None
    if top is None:
        return ""
    if top.tag == "VBN" and top.pos == "VERB":
        frame = frames.find(top.i)
        if top.lemma in load_words("told"):
            return ""
        passive = frame is not None and frame.front in ("was", "were") and frame.finite == f"{frame.front} {frame.rest}"
        return f"What happened to {settle(frame)}?" if frame and passive and frame.subject else ""
    frame = frames.find(top.head)
    if frame is None or tokens[frame.verb].lemma != "be" or frame.there or not holds_part(frame, top.i):
        return ""
    if any(part.needed and not part.first <= top.i <= part.last for part in frame.parts):
        return ""
    return compose(frame, "in what state" if top.dep in ("acomp", "prep") else "what", top.i)


def ask_adjunct(frames: Frames, answer: Answer) -> str:
    """Where, why or how."""
    tokens = frames.parse.tokens
    first, last = frames.range_of(answer.start, answer.end)
    top = find_top(tokens, first, last) if first <= last else None
    if top is None:
        return ""
    word = {"place": "where", "cause": "why", "manner": "how"}[answer.kind]
    if top.dep in ("pobj", "pcomp"):
        above = tokens[top.head]
        while above.dep in ("pcomp", "prep") and tokens[above.head].pos in ("ADP", "SCONJ"):
            above = tokens[above.head]
        if answer.kind == "cause" and above.dep == "agent" and tokens[above.head].lemma in load_meanings("causing"):
            frame = frames.find(above.head)
            return f"What caused {settle(frame)}?" if frame and frame.subject and not frame.there else ""
        if answer.kind == "place" and above.lemma not in ("in", "at", "near", "on", "off", "outside", "inside"):
            return ""
        frame, top = frames.find(above.head), above
    elif top.dep == "advcl" and answer.kind == "cause":
        frame = frames.find(top.head)
    else:
        return ""
    if frame is None or not (frame.parts or frame.rest):
        return ""
    return compose(frame, word, top.i)
