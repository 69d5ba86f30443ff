"""Verbs by which somebody is said to have said something, with who says it and what: "the governor had told him that".

Beside a verb with its subject and clause these are: "reported 40 dead", "claims to hold the port", "was told by a
guard that", "had heard from a driver that", "had quoted a medic as saying that", "had seen two gunmen". Told by grammar
alone; which of them are attributions is for `sayso.extract.nestings` to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sayso.extract.stances import load_cues
from sayso.grammar.parses import Parse, Token
from sayso.record import Attribution

ROUND = frozenset(("aux", "auxpass", "neg", "advmod", "prt"))
SPEAKING = frozenset(("NOUN", "PROPN", "PRON"))
VOUCHING = frozenset(("asserts", "reports", "estimates", "denies", "predicts", "suspects"))
"""Stances of verbs under which somebody else's words are told."""
RECEIVING = frozenset(("hear", "learn", "know", "understand", "gather"))
"""Verbs whose "from" names who said it."""
QUOTING = frozenset(("quote", "cite"))
CITING = frozenset(("citing", "quoting"))


@dataclass(frozen=True, slots=True)
class Saying:
    """What a verb tells of somebody's saying: the token of the verb, and the links of the chain that it makes, the
    outermost first ("NHK had quoted an officer as saying" has two). `seen` is whether the last one saw it happen,
    `cited` whether somebody is cited for it ("reported, citing an official, that")."""

    verb: int
    links: tuple[Attribution, ...]
    seen: bool = False
    cited: bool = False


def list_sayings(parse: Parse) -> Iterator[Saying]:
    """Each verb of saying with who says what, in the order of the text."""
    cues = load_cues()
    for verb in parse.tokens:
        row = cues.get(("verb", verb.lemma)) if verb.pos == "VERB" else None
        if row is None or row.stance not in VOUCHING:
            continue
        links = tuple(quote_source(parse, verb) or hear_from(parse, verb) or tell(parse, verb))
        if links:
            seen = row.basis == "witnessed" and len(links) == 1
            yield Saying(verb.i, links, seen=seen, cited=find_citing(parse, verb) is not None)


def quote_source(parse: Parse, verb: Token) -> list[Attribution]:
    """ "NHK had quoted an officer as saying that", with the object's words in the subject's."""
    if verb.lemma not in QUOTING or (quoted := find_child(parse, verb, "dobj")) is None:
        return []
    prep = next((parse.tokens[c] for c in verb.children if parse.tokens[c].text == "as" and c > quoted.i), None)
    saying = find_child(parse, prep, "pcomp") if prep else None
    content = find_content(parse, saying) if saying else None
    if saying is None or content is None:
        return []
    inner = make_link(parse, quoted, (saying.i, saying.i), content)
    return [*hear(parse, verb, (parse.subtree(quoted.i)[0], content[1])), inner]


def hear_from(parse: Parse, verb: Token) -> list[Attribution]:
    """ "His brother had heard from a driver that": the driver's words, in those of the brother."""
    prep = next((t for t in find_children(parse, verb, "prep") if t.text == "from"), None)
    giver = find_child(parse, prep, "pobj") if prep else None
    if verb.lemma not in RECEIVING or prep is None or giver is None or giver.pos not in SPEAKING:
        return []
    clauses = [*find_children(parse, verb, "ccomp"), *find_children(parse, giver, "relcl", "acl")]
    clause = next((c for c in clauses if c.dep == "ccomp" or has_mark(parse, c)), None) or follow(parse, giver)
    if clause is None:
        return []
    content = parse.subtree(clause.i)
    source = (parse.subtree(giver.i)[0], min(parse.subtree(giver.i)[1], content[0] - 1))
    inner = link_spans(parse, source, (prep.i, prep.i), content)
    return [*hear(parse, verb, (prep.i, content[1])), inner]


def follow(parse: Parse, giver: Token) -> Token | None:
    """The clause that a "that" right after a noun opens, which the parser hangs from another verb."""
    after = parse.tokens[parse.subtree(giver.i)[1] + 1 :][:1]
    opens = bool(after) and after[0].text.lower() == "that" and after[0].dep == "mark"
    return parse.tokens[after[0].head] if opens else None


def hear(parse: Parse, verb: Token, content: tuple[int, int]) -> list[Attribution]:
    """The subject of a verb as a link of its own; one that is only "he" is who speaks already."""
    subject = find_child(parse, verb, "nsubj")
    if subject is None or subject.i > verb.i or subject.pos == "PRON":
        return []
    return [make_link(parse, subject, group_verb(parse, verb, content[0]), content)]


def tell(parse: Parse, verb: Token) -> list[Attribution]:
    """A verb with what it says, and its subject or, in the passive, who told the subject ("was told by a guard")."""
    agent = find_child(parse, verb, "agent")
    teller = find_child(parse, agent, "pobj") if agent else find_child(parse, verb, "nsubj")
    content = find_content(parse, verb)
    if teller is None or teller.pos not in SPEAKING or content is None or teller.i > content[0]:
        return []
    if agent is None and teller.i > verb.i:
        return []
    return [make_link(parse, teller, group_verb(parse, verb, agent.i if agent else content[0]), content)]


def find_content(parse: Parse, verb: Token) -> tuple[int, int] | None:
    """The tokens of what a verb says: its clause, what it claims to have done or be, or a number of things."""
    clause = next((c for c in find_children(parse, verb, "ccomp") if c.i > verb.i), None)
    if clause is None and (citing := find_citing(parse, verb)):
        # The parser hangs the clause from the verb that stands nearer.
        clause = next((c for c in find_children(parse, citing, "ccomp") if has_mark(parse, c)), None)
    if clause is None and ("infinitive", verb.lemma) not in load_cues():
        clause = next((c for c in find_children(parse, verb, "xcomp") if c.i > verb.i and c.pos == "VERB"), None)
    if clause is not None:
        return parse.subtree(clause.i)
    counted = find_child(parse, verb, "dobj")
    if counted is not None and counted.i > verb.i and is_counted(parse, counted):
        return parse.subtree(counted.i)
    return None


def find_citing(parse: Parse, verb: Token) -> Token | None:
    """The participle by which the subject of a verb is said to cite somebody."""
    return next((t for t in find_children(parse, verb, "advcl", "xcomp") if t.text.lower() in CITING), None)


def is_counted(parse: Parse, noun: Token) -> bool:
    """Whether a noun is, or has, a number."""
    return noun.pos == "NUM" or any(t.pos == "NUM" for t in find_children(parse, noun, "nummod"))


def has_mark(parse: Parse, clause: Token) -> bool:
    """Whether a clause is opened by "that", whatever the parser hangs it on."""
    return any(parse.tokens[c].dep == "mark" for c in clause.children)


def find_children(parse: Parse, token: Token, *deps: str) -> list[Token]:
    """The dependents of a token under some labels, in order."""
    return [parse.tokens[c] for c in token.children if parse.tokens[c].dep in deps]


def find_child(parse: Parse, token: Token, *deps: str) -> Token | None:
    """The first dependent of a token under some labels."""
    return next(iter(find_children(parse, token, *deps)), None)


def group_verb(parse: Parse, verb: Token, before: int) -> tuple[int, int]:
    """The tokens of a verb with its auxiliaries and adverbs that stand before a token."""
    group = [c for c in verb.children if parse.tokens[c].dep in ROUND and c < before] + [verb.i]
    return min(group), max(group)


def make_link(parse: Parse, teller: Token, cue: tuple[int, int], content: tuple[int, int]) -> Attribution:
    """An attribution of tokens to who is headed by a noun."""
    return link_spans(parse, parse.subtree(teller.i), cue, content)


def link_spans(parse: Parse, source: tuple[int, int], cue: tuple[int, int], content: tuple[int, int]) -> Attribution:
    """An attribution of tokens, first and last of each."""
    return Attribution(source=(parse.span(*source),), cue=(parse.span(*cue),), content=(parse.span(*content),))
