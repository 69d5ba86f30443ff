"""Who could be the source of a verb: its subject, and whom else the grammar or a slip of the parser may mean."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.extract.parses import Token
from sayso.extract.phrases import DATES, Extent, Phrases

RAISING = frozenset({"seem", "appear", "look", "sound", "tend"})
"""Verbs whose subject is no source but part of what seems so."""

HIGHEST = 6
"""Governors that are climbed in search of a subject."""

UP = ("conj", "xcomp", "advcl", "pcomp", "prep", "ccomp", "dep", "parataxis")


@dataclass(frozen=True, slots=True)
class Subject:
    """A possible source: its head word (None: nobody is named), how it was found, its extent, and, where the subject is
    spoken of and not speaking, the extent that belongs to the content."""

    token: Token | None
    how: str
    extent: Extent | None
    patient: Extent | None = None

    @property
    def kind(self) -> str:
        """Its kind for the weights: a pronoun itself, the label of a name, or "noun"; "-" for nobody."""
        if self.token is None:
            return "-"
        if self.token.pos == "PRON":
            return self.token.text.lower()
        return self.token.ent or ("name" if self.token.pos == "PROPN" else "noun")


def find_subjects(phrases: Phrases, verb: Token) -> list[Subject]:
    """The possible sources of a verb, likeliest first."""
    first = _nearest(phrases, verb)
    found = [first]
    tokens = phrases.tokens
    if first.token is not None and first.how == "own":
        if verb.lemma in RAISING or _is_likely(phrases, verb):
            found.append(Subject(None, "raised", None, first.extent))
        if first.token.tag in ("WDT", "WP") and verb.dep == "relcl":
            found.append(_phrase(phrases, tokens[verb.head], "antecedent", phrases.left[verb.i]))
        if _foreign(phrases, verb, first.token):
            found = [*_after(phrases, verb), *found]
    elif first.how in ("conj", "advcl", "prep", "pcomp"):
        higher = _higher(phrases, verb, first)
        if higher:
            found.append(higher)
    if first.token is None and first.how == "none":
        found = [*_after(phrases, verb), *_beside(phrases, verb), first]
    elif first.how in ("noun", "xcomp", "pcomp", "advcl", "prep"):
        found.append(Subject(None, "none", None))
    return found[:3]


def _phrase(phrases: Phrases, token: Token, how: str, before: int | None = None) -> Subject:
    return Subject(token, how, trim_source(phrases, token, phrases.noun_phrase(token.i, before)))


def trim_source(phrases: Phrases, head: Token, extent: Extent) -> Extent:
    """The phrase without what is no part of a name: a dateline before it, a day after it."""
    tokens = phrases.tokens
    first, last = extent
    for i in range(first, head.i):
        if tokens[i].text in ("-", "–", "—", "--") and tokens[first].sentence == tokens[i].sentence and i - first <= 9:
            opening = first == 0 or tokens[first - 1].sentence != tokens[first].sentence
            if opening and tokens[i - 1].end < tokens[i].start:
                first = i + 1
    tail = tokens[last]
    at = last
    while at > head.i and tokens[at].ent in DATES:
        at -= 1
    if head.i <= at < last and tail.ent in DATES:
        if tokens[at].text.lower() in ("on", "in", "late", "early") and at > head.i:
            at -= 1
        if at >= head.i and not any(t.text == "," for t in tokens[head.i : at + 1]):
            last = at
    return first, last


def _nearest(phrases: Phrases, verb: Token) -> Subject:
    """The verb's own subject or agent, else the one it shares with or owes to a governor."""
    at = verb
    how = "own"
    for _ in range(HIGHEST):
        subject = phrases.child(at.i, "nsubj", "csubj")
        if subject:
            return _phrase(phrases, subject, how)
        passive = phrases.child(at.i, "nsubjpass")
        if passive:
            patient = (phrases.left[passive.i], phrases.right[passive.i])
            if at is not verb:
                return _phrase(phrases, passive, how + "+pass")
            return _agent(phrases, verb, patient)
        head = phrases.tokens[at.head]
        if head.i == at.i:
            break
        if at.dep in ("acl", "relcl"):
            if at is verb and verb.tag == "VBN":
                return _agent(phrases, verb, phrases.trim(phrases.left[head.i], phrases.left[verb.i] - 1))
            return _phrase(phrases, head, "noun", phrases.left[at.i])
        if at.dep == "xcomp":
            patient_ = phrases.child(head.i, "dobj", "dative")
            if patient_ and head.i < patient_.i < at.i and head.lemma != "promise":
                return _phrase(phrases, patient_, "object", phrases.left[at.i])
        quoted = _quoted_as(phrases, at, head)
        if quoted:
            return _phrase(phrases, quoted, "quoted", phrases.left[head.i])
        if at.dep not in UP or (at.dep == "ccomp" and phrases.child(at.i, "mark")):
            break
        how = at.dep
        at = head
    return Subject(None, "none", None)


def _quoted_as(phrases: Phrases, verb: Token, head: Token) -> Token | None:
    """Who is meant in "quoted X as saying" and "X was quoted as saying"."""
    if verb.dep != "pcomp" or head.lemma != "as":
        return None
    quoting = phrases.tokens[head.head]
    who = phrases.child(quoting.i, "dobj", "nsubjpass")
    return who if who and quoting.lemma in ("quote", "cite", "report") else None


def _agent(phrases: Phrases, verb: Token, patient: Extent) -> Subject:
    agent = phrases.child(verb.i, "agent")
    by = phrases.child(agent.i, "pobj") if agent else None
    if by:
        return Subject(by, "agent", trim_source(phrases, by, phrases.noun_phrase(by.i)), patient)
    return Subject(None, "nobody", None, patient)


def _is_likely(phrases: Phrases, verb: Token) -> bool:
    said = phrases.child(verb.i, "acomp")
    return said is not None and said.lemma in ("likely", "unlikely", "certain", "sure", "bound", "set", "able")


def _higher(phrases: Phrases, verb: Token, below: Subject) -> Subject | None:
    """The subject of the clause around the one that `below` is the subject of."""
    for i in phrases.parse.ancestors(verb.i):
        subject = phrases.child(i, "nsubj")
        if subject and (below.token is None or subject.i != below.token.i):
            return _phrase(phrases, subject, "higher")
    return None


def _foreign(phrases: Phrases, verb: Token, subject: Token) -> bool:
    """Whether the parser took a quoted word before an unquoted verb for its subject."""
    marked = phrases.marked
    return subject.i < verb.i and marked.at(subject.start) is not None and marked.at(verb.start) is None


def _after(phrases: Phrases, verb: Token) -> list[Subject]:
    """The noun right after a verb: "..., said Ann Lee"."""
    for child in phrases.children(verb.i, "dobj", "attr", "oprd", "npadvmod", "dative", "ccomp"):
        if child.i > verb.i and child.pos in ("PROPN", "NOUN", "PRON") and phrases.left[child.i] == verb.i + 1:
            return [_phrase(phrases, child, "after")]
    return []


def _beside(phrases: Phrases, verb: Token) -> list[Subject]:
    """The noun phrase before a finite verb that the parser left without a subject."""
    if verb.tag not in ("VBD", "VBZ", "VBP"):
        return []
    start = phrases.parse.sentences[verb.sentence][0]
    first = phrases.verb_group(verb.i)[0]
    for i in range(first - 1, start - 1, -1):
        token = phrases.tokens[i]
        if phrases.marked.at(token.start) is not None and phrases.marked.at(verb.start) is None:
            return []
        if token.pos not in ("PROPN", "NOUN", "PRON") or token.dep in ("compound", "pobj", "poss", "appos", "dobj"):
            continue
        if token.ent in DATES or phrases.right[token.i] >= verb.i:
            continue
        return [_phrase(phrases, token, "beside", verb.i)]
    return []
