"""What a quantity counts and what is said of it, from the grammar of its sentence.

`of` is the noun phrase counted, from after the number to its head ("North Korean soldiers"), as written but with the
head in lower case unless it is a name. Where the noun is left out ("300 men killed and 2,700 wounded"), it is the one
of the figure before it in the sentence. `state` comes from the table ``counted.toml``: the verb that governs the
counted or is said of it, a participle, adjective or noun. Killed together with wounded is casualties.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache

from sayso.extract.figures.quantities import load_counted
from sayso.extract.parses import Parse, Token
from sayso.tables import load_toml

LONGEST_PHRASE = 8
"""Words between a number and the noun that it counts, at most."""
HARM = frozenset({"killed", "wounded", "casualties", "missing", "captured"})
PERSON_STATES = HARM | {"detained", "abducted", "displaced", "evacuated", "rescued", "infected"}
"""States that only people are in, where nothing else is named."""
PERSON_VERBS = frozenset({"killed", "wounded", "detained", "abducted", "displaced"})
"""States that make people of any noun that they are said of ("athletes", "choristers")."""
SKIPPED = frozenset([*"more other others additional further of the its his their these those".split(), '"'])
NOUNS = frozenset({"NOUN", "PROPN"})
NUMERALS = frozenset({"nummod", "amod", "compound", "nmod", "quantmod", "det", "predet"})
"""How a number hangs from the noun that it counts."""
JOINTS = frozenset("and or , / either were have been had are as reported others more".split())
"""Words that may stand between a number and what is said of it: "300 were reported killed or wounded"."""
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
OBJECTS = frozenset({"dobj", "obj", "nsubjpass", "oprd"})


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted: the phrase, the token of its head or None, whether it is people, and its state."""

    of: str = ""
    head: int | None = None
    person: bool = False
    state: str = ""


@cache
def load_states() -> dict[str, dict[str, str]]:
    """State by lemma for each role that a word can have: object, subject, nouns, adjectives."""
    roles: dict[str, dict[str, str]] = {"object": {}, "subject": {}, "nouns": {}, "adjectives": {}}
    for row in load_toml("counted.toml")["states"]:
        for role, words in roles.items():
            words |= dict.fromkeys(row.get(role, "").split(), row["state"])
    return roles


def tokens_of(parse: Parse, start: int, end: int) -> tuple[int, int]:
    """First and last token (inclusive) that touch a passage; the last lies before the first where none does."""
    first = bisect_right(parse.tokens, start, key=lambda t: t.end)
    last = bisect_left(parse.tokens, end, key=lambda t: t.start) - 1
    return first, last


def is_person(token: Token) -> bool:
    """Whether a counted noun means people: a person noun, or a people by name ("North Koreans")."""
    persons = load_counted()["persons"]
    word = token.text.lower()
    if word in persons or token.lemma in persons or token.lemma.rstrip("s") in persons:
        return True
    return token.ent == "NORP" and (token.tag == "NNPS" or word.endswith(("s", "ese", "ish", "sh")))


def find_noun(parse: Parse, first: int, last: int) -> int | None:
    """The token of the noun that the number at tokens `first` to `last` counts, or None where it is left out."""
    tokens = parse.tokens
    sentence_end = parse.sentences[tokens[last].sentence][1]
    inside = range(first, last + 1)
    for i in inside:
        head = tokens[i].head
        near = last < head <= last + LONGEST_PHRASE
        if near and tokens[head].pos in NOUNS and tokens[i].dep in NUMERALS:
            between = [t.text for t in tokens[last + 1 : head]]
            if not set(between) & {",", ";", "(", ")", ".", ":"}:
                return head
    for i in inside:
        for child in tokens[i].children:
            if child > last and tokens[child].lemma == "of":
                for noun in tokens[child].children:
                    if tokens[noun].dep == "pobj" and noun <= last + LONGEST_PHRASE:
                        return noun if tokens[noun].pos in NOUNS | {"PRON"} else None
    return find_noun_nearby(parse, last + 1, min(sentence_end, last + 1 + LONGEST_PHRASE))


def find_noun_nearby(parse: Parse, at: int, end: int) -> int | None:
    """The head of a noun phrase that begins at a token, read from the words alone: for where the parse is wrong."""
    tokens = parse.tokens
    noun = None
    states = load_states()["adjectives"]
    while at < end:
        token = tokens[at]
        if token.text.lower() in SKIPPED or token.text in {"“", "”", '"', "-"}:
            at += 1
            continue
        if token.pos in NOUNS and token.lemma not in states and token.text.lower() not in states:
            noun = at
        elif token.pos == "ADJ" or (token.tag in {"VBN", "JJ"} and token.text.lower() in states):
            # "300 killed" has no noun; "300 wounded men" has one.
            if noun is not None:
                break
        else:
            break
        at += 1
    return noun


def name_counted(parse: Parse, last: int, noun: int) -> str:
    """The words of what is counted, from after the number to its head."""
    tokens = parse.tokens
    first = last + 1
    while first < noun and (tokens[first].text.lower() in SKIPPED or not tokens[first].text[0].isalnum()):
        first += 1
    words = parse.words(first, noun)
    head = tokens[noun]
    if head.pos == "NOUN" and not head.text.isupper():
        words = words[: len(words) - len(head.text)] + head.text.lower()
    return re.sub(r"\s+", " ", words)


def join_states(states: list[str]) -> str:
    """One state for those that are said together: killed and wounded are casualties, else the first."""
    found = list(dict.fromkeys(states))
    if len(set(found) & HARM) > 1:
        return "casualties"
    return found[0] if found else ""


def said_by_verb(parse: Parse, verb: int, role: str, stop: frozenset[int]) -> list[str]:
    """States that a verb, those joined to it and its complements give to what stands to it as `role`."""
    tokens, states = parse.tokens, load_states()
    found = []
    at: int | None = verb
    seen: set[int] = set()
    while at is not None and at not in seen:
        seen.add(at)
        token = tokens[at]
        state = states[role].get(token.lemma)
        if state is None and token.tag == "VBN":
            state = states["adjectives"].get(token.text.lower())
        if state:
            found.append(state)
        if role == "subject" and token.lemma in {"be", "become", "go", "remain", "get", "feel", "report", "leave"}:
            for child in token.children:
                if tokens[child].dep in {"acomp", "attr", "oprd", "xcomp"}:
                    found += [s for s in [said_alone(tokens[child])] if s]
        at = next(
            (c for c in token.children if tokens[c].dep == "conj" and c not in stop and not has_number(parse, c)), None
        )
    return found


def said_alone(token: Token) -> str:
    """The state that a noun or adjective gives by itself."""
    states = load_states()
    word = token.text.lower()
    if token.pos in NOUNS:
        return states["nouns"].get(token.lemma) or states["nouns"].get(word) or states["adjectives"].get(word, "")
    return states["adjectives"].get(word, "")


def has_number(parse: Parse, i: int) -> bool:
    """Whether a number hangs from a token: what is said there is said of another count."""
    return any(parse.tokens[c].tag == "CD" for c in parse.descendants(i)[:40] if c != i)


def find_state(parse: Parse, first: int, last: int, noun: int | None) -> str:
    """What is said of the counted thing."""
    tokens = parse.tokens
    own = noun if noun is not None else last
    if noun is not None:
        inside = [s for t in tokens[last + 1 : noun + 1] if (s := said_alone(t))]
        if inside:
            return join_states(inside)
    after = said_next(parse, own + 1, parse.sentences[tokens[last].sentence][1])
    if after:
        return join_states(after)
    return said_around(parse, first, last, own)


def said_next(parse: Parse, at: int, end: int) -> list[str]:
    """States in the words right after: "300 killed", "2,700 killed or wounded", "100 dead"."""
    tokens, states = parse.tokens, load_states()
    found: list[str] = []
    while at < end and len(found) < 4:
        word = tokens[at].text.lower()
        noun = states["nouns"].get(tokens[at].lemma) if tokens[at].pos in NOUNS else None
        state = states["adjectives"].get(word) or noun
        joint = word in JOINTS
        if state and not (tokens[at].tag == "VBD" and at + 1 < end and tokens[at + 1].tag in {"CD", "DT"}):
            found.append(state)
        elif not joint or (word in {",", "and"} and (not found or (at + 1 < end and tokens[at + 1].tag == "CD"))):
            break
        at += 1
    return found


def said_around(parse: Parse, first: int, last: int, own: int) -> str:
    """States from what governs the counted noun, or the number where the noun is left out."""
    tokens = parse.tokens
    at = own
    stop = frozenset(range(first, last + 1))
    for _ in range(6):
        token = tokens[at]
        found = [
            state
            for child in token.children
            if tokens[child].dep in {"acl", "relcl", "advcl"} and tokens[child].tag in {"VBN", "VBD"} and child > last
            for state in said_by_verb(parse, child, "object" if tokens[child].tag == "VBN" else "subject", stop)
        ]
        head = tokens[token.head]
        if not found and token.dep in OBJECTS:
            found = said_by_verb(parse, token.head, "object", stop)
        if not found and token.dep in SUBJECTS:
            found = said_by_verb(parse, token.head, "subject", stop)
        if not found and token.dep == "pobj":
            found = said_by_nouns(parse, token.head)
        if not found and token.dep in {"dobj", "attr", "acomp", "npadvmod"}:
            found = said_by_subject(parse, token.head)
        if found:
            return join_states(found)
        if token.head == at or token.dep in {"ccomp", "advcl", "relcl", "ROOT"} or head.pos in {"VERB", "AUX"}:
            return ""
        at = token.head
    return ""


def said_by_nouns(parse: Parse, preposition: int) -> list[str]:
    """States of the noun that a preposition hangs from ("the deaths of 12"), or of the object or subject of its verb
    ("put losses at 4,000", "the toll of dead rose to 40")."""
    tokens = parse.tokens
    head = tokens[tokens[preposition].head]
    if head.pos in NOUNS:
        return [s for s in [said_alone(head)] if s]
    if tokens[preposition].lemma not in {"at", "to", "by", "of", "as"}:
        return []
    found = [said_alone(tokens[c]) for c in head.children if tokens[c].dep in {"dobj", "nsubj", "nsubjpass"}]
    return [s for s in found if s]


def said_by_subject(parse: Parse, verb: int) -> list[str]:
    """States of the subject noun of a verb whose object is the number: "losses have passed 3,000"."""
    tokens = parse.tokens
    found = [said_alone(tokens[c]) for c in tokens[verb].children if tokens[c].dep in {"nsubj", "nsubjpass"}]
    return [s for s in found if s]


def find_counted(parse: Parse, start: int, end: int) -> Counted:
    """What the quantity at a span of the text counts."""
    first, last = tokens_of(parse, start, end)
    if last < first:
        return Counted()
    noun = find_noun(parse, first, last)
    state = find_state(parse, first, last, noun)
    if noun is None:
        return Counted(state=state, person=state in PERSON_STATES)
    token = parse.tokens[noun]
    person = is_person(token) or (state in PERSON_VERBS and token.pos != "PRON")
    return Counted(of=name_counted(parse, last, noun), head=noun, person=person, state=state)
