"""What a claim says happens: an event type by its trigger word, with PLOVER's categories behind it.

The table ``events.tsv`` gives the trigger lemmas. The clause's head verb decides before its other words, and a verb
before a noun. Schrodt's PLOVER is described at https://github.com/openeventdata/PLOVER.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from sayso.extract.claims.actors import GROUPS, is_armed, is_body, name_phrase
from sayso.extract.claims.clauses import Clause, tokens_within
from sayso.extract.claims.conflicts import Conflict, find_idioms
from sayso.extract.claims.polarities import is_no_longer, lacks_proof
from sayso.grammar.parses import Parse, Token
from sayso.record import Figure, Span
from sayso.tables import load_rows

CURRENCY = re.compile(r"[A-Z]{3}")
LIGHT_VERBS = frozenset(
    "be have do say tell report claim state add note make take go come get give put begin start launch stage "
    "carry".split()
)
STATE_EVENTS = {
    "killed": "casualties",
    "wounded": "casualties",
    "casualties": "casualties",
    "captured": "captives",
    "detained": "captives",
    "sent": "deployment",
    "deployed": "deployment",
    "evacuated": "evacuation",
    "displaced": "evacuation",
    "destroyed": "destruction",
}
OBJECTS = frozenset({"dobj", "pobj", "nsubj", "nsubjpass"})
"""Where an adjective stands for a noun ("an offensive")."""

PRESENCES = frozenset("at on in along near present there here around".split())
"""What follows "no longer" where somebody is not there any more."""
OBJECT_VERBS = LIGHT_VERBS | {"hold", "host", "attend", "stage"}
"""Verbs whose object says what happens ("*holds* talks")."""
OF_GROUND = frozenset("take gain hold control lose loss".split())
"""Of the words for ground that changes hands, those that are said of much else."""
GROUNDS = frozenset(
    "territory ground land village town city settlement hamlet district region province area position hill height base "
    "bridge airport airfield port dam road crossing island line front outpost checkpoint quarter suburb foothold "
    "kilometre kilometer mile field capital border valley building".split()
)
"""Nouns for ground that can change hands."""
PLACES = frozenset(("GPE", "LOC", "FAC"))
GUNS = frozenset("heavy enemy hostile friendly artillery mortar rocket tank machinegun gun cannon sniper live".split())
"""What fire is called that is of guns."""
FIGHTS = frozenset("fight fighting combat battle".split())
FRONT_WORDS = frozenset(
    "seen see spotted sighted detected observed encountered across met sign trace activity sighting contact".split()
)


@cache
def load_triggers() -> dict[tuple[str, str], str]:
    """Event type by lemma and part of speech; the first row for a lemma counts."""
    triggers: dict[tuple[str, str], str] = {}
    for row in load_rows("events.tsv"):
        triggers.setdefault((row["lemma"], row["pos"]), row["event"])
    return triggers


@cache
def load_statuses() -> dict[str, tuple[str, str]]:
    """For each event type that changes a state, the state and ``+`` or ``-``."""
    return {row["event"]: (row["status"][1:], row["status"][0]) for row in load_rows("events.tsv") if row.get("status")}


@cache
def load_categories() -> dict[tuple[str, str], tuple[str, str]]:
    """PLOVER's category and mode by lemma and part of speech."""
    return {(row["lemma"], row["pos"]): (row["category"], row["mode"]) for row in load_rows("plover.tsv")}


@cache
def load_event_categories() -> dict[str, str]:
    """PLOVER's category of each event type, "" where it has none."""
    return {row["event"]: row["plover"] for row in load_rows("events.tsv")}


def find_category(
    parse: Parse, clause: Clause, event: str, conflict: Conflict | None, cue: Sequence[Span] = ()
) -> tuple[str, str]:
    """PLOVER's category and mode: by the clause's head verb, else by its type of conflict, its nouns, its event or by
    the verb at `cue` that tells of it ("the court *urged* the ministry to act")."""
    categories = load_categories()
    if found := categories.get((parse.tokens[clause.head].lemma, "VERB")):
        return found
    if conflict is not None:
        return conflict.category, conflict.mode
    for i in range(clause.first, clause.last):
        if parse.tokens[i].pos == "NOUN" and (found := categories.get((parse.tokens[i].lemma, "NOUN"))):
            return found
    if category := load_event_categories().get(event, ""):
        return category, ""
    for start, end in cue:
        for i in range(*tokens_within(parse, start, end)):
            if found := categories.get((parse.tokens[i].lemma, "VERB")):
                return found
    return "", ""


def find_event(parse: Parse, clause: Clause, figure: Figure | None, negative: bool) -> str:
    """The event type of a clause, "" where its words name none.

    A negated sighting ("have not been seen", "no sign of") is an absence; what is said of a counted figure (killed,
    sent) is an event of its own kind before any other word of the clause.
    """
    if figure is not None and figure.state in STATE_EVENTS:
        return STATE_EVENTS[figure.state]
    if figure is not None and CURRENCY.fullmatch(figure.unit):
        return "cost"
    events = list(trigger_events(parse, clause))
    event = events[0] if events else ""
    words = {parse.tokens[i].text.lower() for i in range(clause.first, clause.last)}
    if negative and ("sighting" in events[:2] or (not event and words & FRONT_WORDS)):
        return "absence"
    return event or ("absence" if is_gone(parse, clause, negative) else "")


def is_gone(parse: Parse, clause: Clause, negative: bool) -> bool:
    """Whether a clause says that somebody is not there: "are no longer at the front", "are gone from their sector",
    "there are no soldiers"."""
    tokens = parse.tokens
    head = tokens[clause.head]
    children = [tokens[c] for c in head.children if clause.first <= c < clause.last]
    for gone in tokens[clause.first : clause.last]:
        if gone.text.lower() == "gone" and (gone is head or is_main(parse, gone.i, head.i)):
            auxiliaries = [tokens[c].lemma for c in gone.children if tokens[c].dep in ("aux", "auxpass")]
            froms = [tokens[c].text.lower() for c in gone.children if tokens[c].dep == "prep"]
            return "be" in auxiliaries or "from" in froms
    if not negative or head.lemma != "be":
        return False
    if any(c.dep == "expl" for c in children):
        return any(c.dep == "attr" and is_armed(parse.words(*name_phrase(parse, c.i))) for c in children)
    return is_no_longer(parse, clause) and any(c.text.lower() in PRESENCES for c in children)


def trigger_events(parse: Parse, clause: Clause) -> Iterator[str]:
    """The event types that a clause's words name: the head verb's first, then the other verbs of the main clause, then
    nouns, in order. What a relative clause tells of is not what the clause tells."""
    triggers = load_triggers()
    tokens = [parse.tokens[i] for i in range(clause.first, clause.last)]
    idioms = {clause.start + at for at in find_idioms(parse.text[clause.start : clause.end])}
    proven = lacks_proof(parse, clause)
    head = parse.tokens[clause.head if proven is None else proven]
    objects = [parse.tokens[c] for c in head.children if parse.tokens[c].dep == "dobj" and c < clause.last]
    # "Launched a *drone* attack": what the object is made of says more than the object.
    objects = [*(parse.tokens[c] for o in objects for c in o.children if parse.tokens[c].pos == "NOUN"), *objects]
    ordered = [
        *(objects if head.lemma in OBJECT_VERBS else ()),
        head,
        *(t for t in tokens if t.pos == "VERB" and is_main(parse, t.i, head.i)),
        *(t for t in tokens if t.pos == "NOUN" or (t.pos == "ADJ" and t.dep in OBJECTS)),
    ]
    for token in ordered:
        if token.start in idioms:
            continue
        pos = "VERB" if token.pos in ("VERB", "AUX") else "NOUN"
        event = particle_event(parse, token.i) if pos == "VERB" else ""
        if token.lemma in OF_GROUND:
            event = event or tell_ground(parse, token)
        elif not event and not (pos == "VERB" and token.lemma in LIGHT_VERBS):
            event = triggers.get((token.lemma, pos), "")
        if token.lemma == "fire" and pos == "NOUN" and is_gunfire(parse, token):
            event = "clash"
        if event:
            yield event


def tell_ground(parse: Parse, token: Token) -> str:
    """What "take", "hold" or "lose" tells of: ground that changes hands, where it is the object, men lost, or ""."""
    tokens = parse.tokens
    is_noun = token.pos == "NOUN"
    found = [token.i] if is_noun else [c for c in token.children if tokens[c].dep in ("dobj", "nsubjpass")]
    for i in found:  # "Half *of* the region", "control *over* it": the list grows as it is read.
        inner = [p for p in tokens[i].children if tokens[p].text.lower() in ("of", "over")]
        found += [c for p in inner for c in tokens[p].children if tokens[c].dep in ("pobj", "prep") and c not in found]
    objects = [tokens[i] for i in found if i != token.i]
    if any(o.ent in PLACES or o.lemma in GROUNDS for o in objects):
        return load_triggers().get((token.lemma, "NOUN" if is_noun else "VERB"), "")
    if token.lemma == "lose" and any(o.lemma in GROUPS or is_body(o.text) or o.text == "them" for o in objects):
        return "casualties"
    return ""


def is_gunfire(parse: Parse, token: Token) -> bool:
    """Whether "fire" is of guns: "under fire", "heavy fire", "Chilean fire"."""
    if parse.tokens[token.head].lemma in ("under", "return", "exchange", "open"):
        return True
    return any(parse.tokens[c].ent == "NORP" or parse.tokens[c].lemma in GUNS for c in token.children)


def is_main(parse: Parse, verb: int, head: int) -> bool:
    """Whether a verb is under the head without a relative clause between."""
    for at in (verb, *parse.ancestors(verb)):
        if at == head:
            return at != verb
        if parse.tokens[at].dep in ("relcl", "acl"):
            return False
    return False


def particle_event(parse: Parse, i: int) -> str:
    """The event of a verb with a particle ("pulled out", "brought back", "are back"), "" for any other verb."""
    lemma = parse.tokens[i].lemma
    if lemma in ("pull", "draw", "fall", "take") and has_particle(parse, i, "out", "off", "back"):
        return "withdrawal" if lemma != "take" or has_particle(parse, i, "off") else ""
    if lemma in ("be", "bring", "come", "put", "send", "go") and has_particle(parse, i, "back"):
        return "return"
    if lemma == "resume" and any(parse.tokens[c].lemma in FIGHTS for c in parse.tokens[i].children):
        return "return"
    if lemma == "pick" and has_particle(parse, i, "up"):
        return "sighting"
    if lemma == "appear" and has_particle(parse, i, "at", "in", "on", "near", "along"):
        return "sighting"
    return ""


def has_particle(parse: Parse, i: int, *particles: str) -> bool:
    """Whether a verb has one of these particles or adverbs ("pulled *back*")."""
    return any(c > i and parse.tokens[c].text.lower() in particles for c in parse.tokens[i].children)
