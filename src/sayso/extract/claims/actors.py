"""Who takes part: the noun phrases of a clause's subject and object, with pronouns led back to what they stand for.

"They have not been seen, the officials said": *they* are the last group named before that is not the one speaking.
"""

from __future__ import annotations

from dataclasses import dataclass

from sayso.extract.claims.clauses import Clause, find_subject
from sayso.grammar.parses import Parse
from sayso.record import Actor, ActorRole
from sayso.tables.countries import list_peoples

MODIFIERS = ("compound", "amod", "nmod", "poss", "case", "punct", "quantmod")
QUANTIFIERS = frozenset("none all some any many most few several each both half".split())
DASHES = ("-", "–", "—", "--")
PRONOUNS = frozenset("none they them their theirs themselves these those he him she her it".split())
PLURALS = frozenset("none they them their theirs themselves these those".split())
GROUPS = frozenset(
    "troop soldier man force fighter unit contingent serviceman personnel recruit people civilian resident worker "
    "crew victim passenger migrant refugee protester rebel militant insurgent reinforcement other".split()
)
"""Nouns that name a body of people and need a name beside them to say which."""

ARMED = frozenset(
    "troop soldier force fighter contingent serviceman rebel militant insurgent reinforcement army".split()
)
"""Those of them, and what they make up, that carry arms."""
PEOPLE = GROUPS | frozenset(
    "ally partner colleague relative member guest woman child student prisoner captive hostage detainee survivor "
    "defender attacker farmer miner sailor pilot nurse teacher doctor".split()
)
"""Nouns for people, whom "they" may stand for where no body of people has been named."""
SUBJECTS = frozenset(("nsubj", "nsubjpass"))
DEEPEST = 3
"""How many infinitives deep the verb of what is done is looked for ("were forced to begin to withdraw")."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A noun phrase with a name in it that later words may refer to; `group` where it names a body of people."""

    head: int
    words: str
    plural: bool
    group: bool


def is_people(words: str) -> bool:
    """Whether a noun phrase is a word for a people ("the remaining North Koreans")."""
    parts = words.lower().split()
    return " ".join(parts[-2:]) in list_peoples() or " ".join(parts[-1:]) in list_peoples()


def is_body(words: str) -> bool:
    """Whether a noun phrase names a body of people: a people, or troops, workers, a crew."""
    last = words.lower().split()[-1:] or [""]
    return is_people(words) or last[0] in GROUPS or last[0].removesuffix("s") in GROUPS


def is_armed(words: str) -> bool:
    """Whether a noun phrase names a body under arms, or a people ("the North Koreans have been withdrawn")."""
    last = words.lower().split()[-1:] or [""]
    return is_people(words) or last[0] in ARMED or last[0].removesuffix("s") in ARMED


def name_phrase(parse: Parse, head: int) -> tuple[int, int]:
    """First and last token of a noun's own phrase: its modifiers and itself, without numbers, articles or clauses."""
    first = head
    for child in sorted(parse.tokens[head].children, reverse=True):
        token = parse.tokens[child]
        if child >= head:
            continue
        if token.dep in MODIFIERS and token.pos not in ("DET", "NUM", "PRON"):
            inside = parse.subtree(child)[0]
            if head - inside > 8:
                break
            first = min(first, inside)
        elif token.dep in ("nummod", "det"):
            break
    for i in range(first, head):
        # A dateline ("SEOUL - Troops have ...") is no part of the name.
        if parse.tokens[i].text in DASHES and parse.text[parse.tokens[i].end : parse.tokens[i].end + 1].isspace():
            first = i + 1
    while first < head and parse.tokens[first].pos in ("DET", "NUM", "PUNCT", "ADV", "SCONJ", "CCONJ", "ADP"):
        first += 1
    return first, head


def whole_of(parse: Parse, i: int) -> int | None:
    """The noun after "of" that a token is a part of ("none of the *miners*"), None where there is none."""
    for c in parse.tokens[i].children:
        if parse.tokens[c].text.lower() == "of":
            return next((n for n in parse.tokens[c].children if parse.tokens[n].dep == "pobj"), None)
    return None


def find_mentions(parse: Parse) -> list[Mention]:
    """The noun phrases that later pronouns and bare group nouns may stand for, in order."""
    mentions = []
    for token in parse.tokens:
        if token.pos not in ("NOUN", "PROPN") or (token.dep in ("compound", "amod", "nmod") and token.head > token.i):
            continue  # "*Ukrainian* and Polish officials" names officials.
        first, last = name_phrase(parse, token.i)
        words = parse.words(first, last)
        people = is_people(words)
        if people or any(parse.tokens[i].ent in ("NORP", "GPE", "ORG", "PERSON") for i in range(first, last + 1)):
            group = people or token.lemma in GROUPS or token.ent == "NORP"
            plural = group or token.tag in ("NNS", "NNPS")
            mentions.append(Mention(token.i, words, plural, group))
    return mentions


def refer(parse: Parse, mentions: list[Mention], i: int, avoid: tuple[tuple[int, int], ...] = ()) -> str:
    """What token `i` stands for: a pronoun's or bare group noun's last fitting mention, else its own words.

    `avoid` are character spans of the speaker: who speaks is not who is spoken of.
    """
    token = parse.tokens[i]
    if token.lemma in QUANTIFIERS and (whole := whole_of(parse, i)) is not None:
        return refer(parse, mentions, whole, avoid)
    first, last = name_phrase(parse, i)
    own = parse.words(first, last)
    bare = token.lemma in GROUPS and not any(parse.tokens[n].ent for n in range(first, last + 1))
    if token.text.lower() in PRONOUNS:
        plural = token.text.lower() in PLURALS
    elif bare and token.tag in ("NNS", "NNPS", "NN"):
        plural = True
    else:
        return own
    before = [m for m in mentions if m.head < i and m.plural == plural]
    before = [m for m in before if not any(s <= parse.tokens[m.head].start < e for s, e in avoid)]
    groups = [m for m in before if m.group or not plural]
    if not groups and not bare:
        groups = [m for m in before if parse.tokens[m.head].lemma in PEOPLE]
    return choose_mention(parse, groups, i, bare) if groups else own


def choose_mention(parse: Parse, mentions: list[Mention], i: int, bare: bool) -> str:
    """The mention that token `i` stands for: the last, but for a pronoun the subject of an earlier sentence first."""
    last = mentions[-1]
    sentence = parse.tokens[last.head].sentence
    if not bare and sentence != parse.tokens[i].sentence:
        beside = [m for m in mentions if parse.tokens[m.head].sentence == sentence]
        last = next((m for m in reversed(beside) if parse.tokens[m.head].dep in SUBJECTS), last)
    return last.words


def find_deed(parse: Parse, clause: Clause) -> int:
    """The verb of what is done: the infinitive that a clause's head leads to ("is said to have *left*", "plans to
    *attack*"), where it has no object of its own that does it ("forced them to leave")."""
    tokens = parse.tokens
    deed = clause.head
    for _ in range(DEEPEST):
        children = [c for c in tokens[deed].children if clause.first <= c < clause.last]
        if any(tokens[c].dep == "dobj" for c in children):
            break
        under = next((c for c in children if is_infinitive(parse, c)), None)
        if under is None:
            break
        deed = under
    return deed


def is_infinitive(parse: Parse, i: int) -> bool:
    """Whether a verb takes its subject from the verb above it ("began *to shell*", "began *shelling*")."""
    token = parse.tokens[i]
    if token.pos != "VERB" or token.dep not in ("xcomp", "ccomp"):
        return False
    children = [parse.tokens[c] for c in token.children]
    bare = token.tag == "VBG" and token.dep == "xcomp"
    return (bare or any(c.text.lower() == "to" for c in children)) and not any(c.dep in SUBJECTS for c in children)


def find_actors(
    parse: Parse, clause: Clause, mentions: list[Mention], speaker: tuple[tuple[int, int], ...]
) -> tuple[Actor, ...]:
    """The actor and the target of a clause's deed; the subject may be that of the verb it is coordinated with."""
    tokens = parse.tokens
    deed = find_deed(parse, clause)
    subject = find_subject(parse, clause.head, clause.first, clause.last)
    # "Prime Minister of Peru Ada Brenner": the name rather than the office.
    offices = [c for c in tokens[clause.head].children if tokens[c].dep in SUBJECTS and clause.first <= c < clause.last]
    subject = next((c for c in offices if tokens[c].ent == "PERSON"), subject)
    passive = any(tokens[c].dep == "auxpass" for c in tokens[deed].children)
    found: list[tuple[ActorRole, int]] = []
    if subject is not None and tokens[subject].dep != "expl":
        found.append(("target" if passive else "actor", subject))
    for child in tokens[deed].children:
        if not clause.first <= child < clause.last:
            continue
        if tokens[child].dep == "dobj":
            found.append(("target", child))
        elif tokens[child].dep == "agent" or tokens[child].text.lower() == "across":
            role: ActorRole = "actor" if tokens[child].dep == "agent" else "target"
            found += [(role, c) for c in tokens[child].children if tokens[c].dep == "pobj"]
    actors: list[Actor] = []
    for role, noun in found:
        if tokens[noun].pos == "NUM" or tokens[noun].lemma in QUANTIFIERS - {"none"}:
            whole = whole_of(parse, noun)
            if whole is None:
                continue  # "2,700 were killed": whom they are of is said by the figure.
            noun = whole
        if tokens[noun].pos in ("NOUN", "PROPN", "PRON"):
            first, last = name_phrase(parse, noun)
            start, end = parse.span(first, last)
            name = refer(parse, mentions, noun, speaker)
            if tokens[noun].pos == "NOUN" and any(a.name == name for a in actors):
                name = parse.words(first, last)  # "Soldiers fought the *rebels*", who are others.
            actors.append(Actor(name=name, role=role, start=start, end=end))
    return tuple(actors)
