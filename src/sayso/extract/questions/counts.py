"""How a figure is asked for: how many of whom, how much, how long, what share, by where it stands under its verb."""

from __future__ import annotations

from dataclasses import replace

from sayso.extract.figures.quantities import load_counted
from sayso.extract.figures.states import load_states
from sayso.extract.questions.composing import compose, fit, holds_part, make_definite
from sayso.extract.questions.frames import SINGULAR, Frame, Frames
from sayso.extract.questions.verbs import is_many
from sayso.extract.questions.wordings import NOUNS, THIRD, load_words
from sayso.grammar.parses import Token
from sayso.record import Answer

LASTING = frozenset(("s", "min", "h", "day", "month", "week"))
WAYS = frozenset(("m", "km"))
DONE = {
    "killed": "were killed",
    "wounded": "were injured",
    "casualties": "were killed or injured",
    "missing": "are missing",
    "hospitalised": "were taken to hospital",
    "infected": "were infected",
    "displaced": "were displaced",
    "evacuated": "were evacuated",
    "rescued": "were rescued",
    "detained": "were detained",
    "abducted": "were abducted",
}
"""What is said of people in a state."""
NUMERALS = ("nummod", "quantmod", "compound", "amod", "det", "nmod", "advmod", "predet")
IRREGULAR = {"man": "men", "woman": "women", "child": "children", "person": "people", "foot": "feet", "wife": "wives"}


def ask_figure(frames: Frames, answer: Answer) -> str:
    """The question that a figure answers."""
    tokens = frames.parse.tokens
    first, last = frames.range_of(answer.start, answer.end)
    if last < first or answer.reckoned or answer.unit in ("percentage point", "ratio"):
        return ""
    if answer.unit == "year":
        return ask_age(answer)
    top = find_top(tokens, first, last)
    if top is None or (answer.unit in LASTING and top.dep == "pobj" and tokens[top.head].lemma == "at"):
        return ""  # "At 11 hours 50 minutes" is a time of day.
    money = len(answer.unit) == 3 and answer.unit.isupper()
    if not money and (asked := ask_level(frames, top)):
        return asked
    if answer.unit in ("", "person"):
        asked = ask_many(frames, answer, top, first, last)
        if not asked and not answer.unit and is_level(tokens, top):
            asked = ask_measure(frames, top, "how much")
        return asked or ask_whole(frames, top, "how large a") or ask_done(answer)
    if answer.unit == "km/h":
        return ask_speed(frames, top)
    if tokens[top.head].text.lower() in load_words("sizes") and top.dep in ("npadvmod", "advmod"):
        return ask_size(frames, tokens[top.head])
    words = "how much" if money else "how long" if answer.unit in LASTING else ""
    if answer.unit in WAYS and (asked := ask_distance(frames, top)):
        return asked
    if answer.unit == "share":
        return ask_share(frames, top, first, last)
    asked = ask_measure(frames, top, words) if words else ""
    placed = top.dep == "pobj" or (not words and top.dep != "npadvmod")
    if not asked and placed and words != "how much" and top.tag == "NNS" and len(top.text) > 3:
        asked = ask_many(frames, answer, top, first, last)
    return asked or ask_whole(frames, top, "how large a" if money else "how long a" if words else "what")


def ask_age(answer: Answer) -> str:
    """How old somebody is, where the report says who bears the age."""
    who = answer.of.removeprefix("age").removeprefix(" of ")
    several = who.startswith("the ") and who.endswith("s") and not who.endswith("ss")
    return f"how old {'are' if several else 'is'} {who}?" if who else ""


def is_level(tokens: list[Token], top: Token) -> bool:
    """Whether a bare number is what something came to ("rose to 120", "reached 40.5")."""
    return is_number(top) and find_coming(tokens, top) is not None


def find_coming(tokens: list[Token], top: Token) -> Token | None:
    """The verb by which something is said to have come to a value."""
    above = tokens[top.head]
    if top.dep == "dobj":
        return above if above.lemma in load_words("reaching") else None
    verb = tokens[above.head]
    led = top.dep == "pobj" and above.lemma in ("to", "at")
    return verb if led and verb.lemma in load_words("changing") else None


def ask_level(frames: Frames, top: Token) -> str:
    """How high a toll, a share or another number is that is said to stand at, to have come to or to be so much, in one
    form whatever the verb: "rose to", "stands at", "has reached"."""
    tokens = frames.parse.tokens
    above = tokens[top.head]
    verb = above if top.dep == "attr" and above.lemma == "be" else find_coming(tokens, top)
    frame = frames.find(verb.i) if verb is not None else None
    if frame is None or not frame.subject or frame.denied or frame.there:
        return ""
    subject = tokens[frame.subject_at]
    level = subject.lemma in load_words("levels") and subject.tag == "NN"
    return f"how high is {make_definite(frame.subject)}?" if level else ""


def ask_done(answer: Answer) -> str:
    """How many people are in a state that a figure is known to be of, where the grammar gives no question: of a label
    ("Injured: 18"), or where the noun is left out ("and nine injured")."""
    done = DONE.get(answer.state)
    if answer.unit != "person" or done is None or answer.part == "single" or is_single(answer):
        return ""
    words = answer.of.lower().split() or [""]
    many = words[-1].endswith("s") or words[-1] in IRREGULAR.values()
    said = set(words) & (THIRD | load_states()["adjectives"].keys())  # "how many injured survivors were injured?"
    return f"how many {answer.of if many and not said else 'people'} {done}?"


def ask_whole(frames: Frames, top: Token, words: str) -> str:
    """How large or how long what a figure is said of with "of" is ("a crew of 22", "a width of 9 km")."""
    tokens = frames.parse.tokens
    of = tokens[top.head]
    noun = tokens[of.head]
    if top.dep != "pobj" or of.text.lower() != "of" or noun.tag != "NN" or noun.i > of.i:
        return ""
    if noun.dep not in ("dobj", "pobj") or any(c < noun.i and tokens[c].dep != "det" for c in noun.children):
        return ""
    apart = load_words("elliptic") | load_counted()["parents"]
    if any(c > of.i for c in noun.children) or noun.lemma in apart:
        return ""
    return place_value(frames, noun, f"{words} {noun.text.lower()}")


def ask_distance(frames: Frames, top: Token) -> str:
    """How far something is or lies from something."""
    tokens = frames.parse.tokens
    behind = tokens[top.i + 1] if top.i + 1 < len(tokens) else top
    frame = frames.find(top.head) if top.dep in ("npadvmod", "attr", "dobj") else None
    where = frames.wordings.word_prep(behind) if behind.text.lower() == "from" and behind.dep == "prep" else ""
    asked = compose(replace(frame, bare=False, parts=()), "how far", top.i) if frame and where else ""
    return f"{asked[:-1]} {where}?" if asked else ""


def ask_speed(frames: Frames, top: Token) -> str:
    """How fast somebody or something moved, or what speed something reached."""
    tokens = frames.parse.tokens
    prep = tokens[top.head]
    if top.dep == "dobj":
        frame = frames.find(prep.i)
        return compose(frame, "what speed", top.i) if frame else ""
    frame = frames.find(prep.head) if top.dep == "pobj" and prep.lemma == "at" else None
    return compose(replace(frame, bare=False), "how fast", top.i) if frame and holds_part(frame, top.i) else ""


def find_top(tokens: list[Token], first: int, last: int) -> Token | None:
    """The only token of a figure that hangs from none of its others."""
    tops = [i for i in range(first, last + 1) if not first <= tokens[i].head <= last or tokens[i].head == i]
    weak = load_words("around")
    strong = [i for i in tops if tokens[i].text.lower() not in weak and tokens[i].dep != "punct"] or tops
    counted = [i for i in strong if any(first <= c < i and is_number(tokens[c]) for c in tokens[i].children)]
    return tokens[(counted or strong)[-1]] if strong else None


MEASURES = ("m", "km", "m2", "km2", "m3", "l", "kg", "t")
"""Units of lengths, areas, volumes and weights."""


def ask_many(frames: Frames, answer: Answer, top: Token, first: int, last: int) -> str:
    """How many are, were or have: of a number before its noun, or by itself where it is known to count people."""
    tokens = frames.parse.tokens
    noun, words = top, "people" if answer.unit == "person" else ""
    above = tokens[top.head]
    if top.dep in NUMERALS and above.pos in NOUNS and above.i > top.i:
        noun, words = above, word_counted(frames, above, first, last, is_single(answer))
    elif top.pos in NOUNS and first <= top.i <= last and not is_number(top) and not is_amount(top, answer):
        words = word_counted(frames, top, first, last, is_single(answer))
    elif of := next((tokens[c] for c in top.children if tokens[c].text.lower() == "of" and c >= last), None):
        words = frames.wordings.word_prep(of)
        if tokens[last].tag == "NNS" or is_amount(top, answer):  # "Dozens of houses": of no houses told before.
            words = words.partition(" ")[2]
    if not words or not THIRD.isdisjoint(words.split()):
        return ""
    if answer.unit in MEASURES and noun.dep == "pobj" and tokens[noun.head].lemma in ("in", "on", "at"):
        return ""  # Nothing lies in how many kilometres.
    return place_value(frames, noun, f"how many {words}")


def is_single(answer: Answer) -> bool:
    """Whether a figure is one, so that what it counts stands in the singular."""
    return answer.low == answer.high == 1


def is_amount(noun: Token, answer: Answer) -> bool:
    """Whether a noun in the singular stands for more than one ("a handful", "a number")."""
    return noun.tag == "NN" and not is_single(answer) and not is_number(noun)


def is_number(token: Token) -> bool:
    """Whether a word is a number, whatever it is tagged as."""
    return token.tag == "CD" or token.pos == "NUM" or token.lemma in ("dozen", "hundred", "thousand", "million", "half")


def word_counted(frames: Frames, noun: Token, first: int, last: int, single: bool) -> str:
    """What is counted, in the plural and without its number; "" where that is not to be had. Of more than one, which is
    `single`, the words have it already ("600 police")."""
    tokens = frames.parse.tokens
    words = frames.wordings
    if noun.text.lower() == "one" and tokens[first].text.lower() == "no":
        return "people"
    if noun.tag in ("NNP", "NNPS") and noun.ent in ("GPE", "ORG", "PERSON"):
        return ""
    # "Cubic" and "square" stand between the number and its noun.
    named = {c for c in noun.children if first < c < noun.i and tokens[c].tag == "JJ" and is_number(tokens[c - 1])}
    outer = [c for c in noun.children if c < noun.i and (c <= last or tokens[c].dep in ("det", "predet", "poss"))]
    outer = [c for c in outer if c not in named]
    if any(tokens[c].dep == "poss" or tokens[c].text.lower() in ("every", "each", "other") for c in outer):
        return ""
    kept = words.try_keep(noun.i)
    if not kept:
        return ""
    cut = {n for c in outer for n in range(frames.parse.subtree(c)[0], frames.parse.subtree(c)[1] + 1)}
    joined = [c for c in noun.children if tokens[c].dep in ("cc", "conj")]
    cut |= {n for c in joined for n in range(frames.parse.subtree(c)[0], frames.parse.subtree(c)[1] + 1)}
    cut |= {n for n in kept if first <= n <= last and n != noun.i and n not in named}
    cut |= {n for n in kept if n < noun.i and tokens[n].lemma in ("more", "other", "another", "further", "additional")}
    kept = [n for n in kept if n not in cut]
    said = words.try_spell(kept)
    if not said or noun.tag in ("NNS", "NNPS") or noun.text.lower() == "people":
        return said
    if noun.tag != "NN" or noun.text not in said or any(tokens[c].text.lower() == "no" for c in outer):
        return ""
    return said.replace(noun.text, make_plural(noun.text), 1) if single else said


def make_plural(noun: str) -> str:
    """A noun in the plural."""
    for ending, many in IRREGULAR.items():
        if noun.endswith(ending):
            return noun[: -len(ending)] + many
    if noun.endswith(("s", "x", "ch", "sh", "z")):
        return noun + "es"
    return noun[:-1] + "ies" if noun.endswith("y") and noun[-2:-1] not in "aeiou" else noun + "s"


def place_value(frames: Frames, noun: Token, words: str) -> str:
    """The question on a phrase that `words` stand for, by how it hangs from its verb: asked as its subject without a
    turn, as its object or complement, or as what a preposition behind it leads."""
    tokens = frames.parse.tokens
    verb = tokens[noun.head]
    if noun.dep in ("nsubj", "nsubjpass"):
        frame = fill(frames.find(verb.i))
        return ask_subject(frame, noun, words) if frame else ""
    if noun.dep in ("dobj", "attr", "npadvmod"):
        frame = fill(frames.find(verb.i))
        if frame is None or (noun.dep == "attr" and not frame.there):
            return ""
        before, behind = split_behind(tokens, noun, words) if frame.there else (words, "")
        asked = compose(frame, before, noun.i)
        return f"{asked[:-1]} {behind}?" if asked and behind else asked
    if noun.dep == "pobj" and verb.dep in ("prep", "agent") and verb.lemma in load_words("leading"):
        frame = frames.find(verb.head)
        if frame is None or verb.i < frame.verb or verb.i not in {part.at for part in frame.parts}:
            return ""
        if verb.lemma == "to" and tokens[frame.verb].lemma == "be":
            return ""  # "is to last thirty days", read wrongly
        return compose(frame, f"{verb.text.lower()} {words}", noun.i)
    return ""


def split_behind(tokens: list[Token], noun: Token, words: str) -> tuple[str, str]:
    """The words of a noun, and those of the phrase behind it ("how many people", "in the shaft")."""
    leads = [tokens[c].text for c in noun.children if c > noun.i and tokens[c].dep == "prep" and tokens[c].text != "of"]
    lead = next((f" {text} " for text in leads if f" {text} " in words), "")
    before, _, behind = words.partition(lead) if lead else (words, "", "")
    return before, f"{lead.strip()} {behind}".strip()


def fill(frame: Frame | None) -> Frame | None:
    """A frame as it is asked for a number: "no" is one."""
    return replace(frame, denied=False) if frame and frame.empty else frame


def ask_subject(frame: Frame, noun: Token, words: str, *, single: bool = False) -> str:
    """The question on the subject of a frame: nothing is turned round, and the verb stands in the plural, or as it is
    where it is asked of a `single` one."""
    if frame.subject_at != noun.i or frame.there or frame.denied or not frame.finite:
        return ""
    many = {"is": "are", "was": "were", "has": "have", "does": "do"}
    first, _, rest = frame.finite.partition(" ")
    if single:
        pass
    elif first == frame.front and first in SINGULAR:
        first = many[first]
    elif frame.front == "does":
        first = frame.rest
    asked = fit([words, f"{first} {rest}".strip()], frame.parts, noun.i)
    return "" if frame.bare and not any(part.words for part in frame.parts) else asked


def ask_size(frames: Frames, adjective: Token) -> str:
    """How deep, how high, how far something is."""
    tokens = frames.parse.tokens
    noun = tokens[adjective.head]
    word = f"how {adjective.text.lower()}"
    if adjective.dep == "acomp":
        frame = frames.find(noun.i)
        return compose(frame, word, adjective.i) if frame and tokens[frame.verb].lemma == "be" else ""
    if adjective.dep in ("amod", "advmod", "relcl", "acl") and noun.pos in NOUNS and noun.i < adjective.i:
        said = frames.wordings.word(noun.i, adjective.i)
        if not said or any(char.isdigit() for char in said):
            return ""
        return f"How {adjective.text.lower()} {'are' if is_many(tokens, noun) else 'is'} {make_definite(said)}?"
    return ""


def ask_measure(frames: Frames, top: Token, words: str) -> str:
    """How much or how long, of a sum or a time that is the object of its verb or led by a preposition."""
    tokens = frames.parse.tokens
    verb = tokens[top.head]
    if words == "how long" and any(t.dep in ("conj", "cc") for t in (tokens[c] for c in top.children)):
        return ""
    after = tokens[top.i + 1].text.lower() if top.i + 1 < len(tokens) else ""
    if after in ("before", "after", "ago", "later", "earlier"):
        return ""
    if words == "how long" and top.dep in ("dobj", "npadvmod") and verb.lemma not in load_words("lasting"):
        return ""
    if top.dep in ("dobj", "npadvmod") and verb.pos == "VERB" and words:
        if words == "how much" and top.dep == "npadvmod":
            return ""
        frame = frames.find(verb.i)
        return compose(frame, words, top.i) if frame else ""
    if top.dep == "attr" and verb.lemma == "be" and words:
        frame = frames.find(verb.i)
        if frame is None or frame.there or words == "how long":
            return ""
        return compose(frame, words, top.i)
    if top.dep == "pobj" and verb.dep == "prep":
        frame = frames.find(verb.head)
        if frame is None or verb.i not in {part.at for part in frame.parts}:
            return ""
        if verb.lemma == "for" and words == "how long":
            return compose(replace(frame, bare=False), words, top.i)
        if verb.lemma == "to" and verb.i == frame.verb + 1 and words == "how much":
            asked = compose(frame, words, top.i)
            return asked[:-1] + " to?" if asked else ""
        if verb.lemma in ("by", "for", "at") and words == "how much":
            return compose(frame, f"{verb.lemma} {words}", top.i)
    return ""


def ask_share(frames: Frames, top: Token, first: int, last: int) -> str:
    """What share of a whole."""
    tokens = frames.parse.tokens
    of = next((tokens[c] for c in top.children if tokens[c].text.lower() == "of" and c > last), None)
    if of is not None:
        whole = frames.wordings.word_prep(of)
        if top.text.lower() == "none" and whole:
            return place_value(frames, top, f"how many {whole}")
        frame = fill(frames.find(top.head)) if top.dep in ("nsubj", "nsubjpass") else None
        if frame is not None and whole:
            return ask_subject(frame, top, f"what share {whole}", single=True)
        return place_value(frames, top, f"what share {whole}") if whole else ""
    if top.dep in ("npadvmod", "dobj") or (top.dep == "pobj" and tokens[top.head].lemma == "by"):
        verb = tokens[top.head] if top.dep != "pobj" else tokens[tokens[top.head].head]
        if verb.lemma in load_words("changing"):
            frame = frames.find(verb.i)
            return compose(frame, "by how much", top.i) if frame else ""
    return ""
