"""Two claims' words compared: how like they are, what one denies of the other, and words of revision and scope."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from sayso.tables import load_toml
from sayso.weigh.comparisons.features import Feature
from sayso.weigh.comparisons.times import order_sides
from sayso.weigh.details import WORD, stem
from sayso.weigh.sides import Side
from sayso.weigh.subjects import name_subject
from sayso.weigh.wordings import stems_of
from sayso.weigh.wordlists import TABLE, find_kinds, find_opposites, find_words, name_things

MOST_WORDS = 120
"""Words of a claim whose order is compared."""


AFTER = re.compile(r"\b(?:after|since|following)\b", re.IGNORECASE)
"""Words that open what went before in a sentence."""


def goes_on(a: Side, b: Side) -> bool:
    """Whether a claim tells what came after the other ("the army took it back after the rebels seized it")."""
    main, _, before = a.body.partition(m.group()) if (m := AFTER.search(a.body)) else ("", "", "")
    earlier = stems_of(before)
    return bool(b.stems) and bool(stems_of(main) - b.stems) and len(earlier & b.stems) * 2 > len(b.stems)


def compare_words(a: Side, b: Side) -> Iterator[Feature]:
    """What the wording of two claims says of how they stand to each other."""
    text_a, text_b = a.body.casefold(), b.body.casefold()
    yield from compare_likeness(a, b)
    yield from compare_denials(a, b, text_a, text_b)
    yield from compare_kinds(a, b, text_a, text_b)
    earlier, later = order_sides(a, b)
    known = a.published is not None and b.published is not None and a.published != b.published
    for name in load_toml(TABLE)["revision"]:
        before, after = (find_words("revision", name, side.text.casefold()) for side in (earlier, later))
        found = after - before if known else after ^ before
        if found:
            yield Feature(f"words of {name}", 1.0, ", ".join(sorted(found)))
    for name in ("window", "area", "part", "method"):
        found_a, found_b = find_words("scope", name, text_a), find_words("scope", name, text_b)
        if found_a != found_b:
            words = ", ".join(sorted(found_a ^ found_b))
            both = found_a - found_b and found_b - found_a
            yield Feature(f"words of {name} on both sides" if both else f"words of {name}", 1.0, words)
    for section in ("vague", "modality", "history"):
        found_a, found_b = find_words(section, "words", text_a), find_words(section, "words", text_b)
        if bool(found_a) != bool(found_b):
            yield Feature(f"words of {section} on one side", 1.0, ", ".join(sorted(found_a | found_b)))
    if a.tense != b.tense:
        yield Feature("tenses differ", 1.0, f"{a.tense} / {b.tense}")
    if a.ahead != b.ahead and (a.stems <= b.stems or b.stems <= a.stems):
        yield Feature("only one has come to be", 1.0, f"{a.tense} / {b.tense}")
    if goes_on(a, b) or goes_on(b, a):
        yield Feature("goes on from what the other tells", 1.0)
    swapped = {name for name, role in a.roles if role == "actor" and (name, "target") in b.roles}
    if swapped and any(role == "target" and (name, "actor") in b.roles for name, role in a.roles):
        yield Feature("roles are changed about", 1.0)


def compare_likeness(a: Side, b: Side) -> Iterator[Feature]:
    """How like the words are: shared stems, shared names, and words in one order."""
    shared, fewest, most = a.stems & b.stems, min(len(a.stems), len(b.stems)), max(len(a.stems), len(b.stems))
    if not fewest:
        return
    words = spell(shared, b)
    yield Feature("share of words in common", len(shared) / most, words)
    yield Feature("share of the shorter's words in common", len(shared) / fewest, words)
    things = name_things(a.stems) & name_things(b.stems), name_things(a.stems), name_things(b.stems)
    yield Feature(
        "share of things in common", len(things[0]) / max(map(len, things[1:])), spell_things(things[0], a, b)
    )
    yield Feature("share of the shorter's things in common", len(things[0]) / min(map(len, things[1:])))
    if other := things[0] - shared:
        yield Feature("things in common under other words", min(len(other), 4) / 4, spell_things(other, a, b))
    order_a, order_b = ([m.group().casefold() for m in WORD.finditer(s.body)][:MOST_WORDS] for s in (a, b))
    matcher = SequenceMatcher(None, order_a, order_b, autojunk=False)
    yield Feature("words in one order", matcher.ratio())
    longest = matcher.find_longest_match()
    run = " ".join(order_a[longest.a : longest.a + longest.size])
    yield Feature("words in a row", min(longest.size, 8) / 8, run)
    names, either = a.names & b.names, a.names | b.names
    if either:
        yield Feature("share of names in common", len(names) / len(either), spell(names, b))
    if a.names - b.names and b.names - a.names:
        yield Feature("each names what the other does not", 1.0)
    countries_a, countries_b = ({k for k in name_subject(s.body).keys if k.startswith("@")} for s in (a, b))
    if countries_a and countries_b and not countries_a & countries_b:
        yield Feature("other countries", 1.0, " / ".join(" ".join(sorted(c)) for c in (countries_a, countries_b)))
    elif countries_a - countries_b and countries_b - countries_a:
        yield Feature("each names a country of its own", 1.0)
    if a.events & b.events:
        yield Feature("the same event", 1.0, ", ".join(sorted(a.events & b.events)))
    elif a.events and b.events:
        yield Feature("other events", 1.0, f"{', '.join(sorted(a.events))} / {', '.join(sorted(b.events))}")
    plain = a.stems - a.names, b.stems - b.names
    yield Feature("share of plain words in common", len(plain[0] & plain[1]) / max(1, min(map(len, plain))), words)


def spell(stems: frozenset[str], side: Side) -> str:
    """Stems as the words of a claim, in its order."""
    return ", ".join(
        {stem(m.group()): m.group() for m in WORD.finditer(side.body) if stem(m.group()) in stems}.values()
    )


def spell_things(things: frozenset[str], a: Side, b: Side) -> str:
    """Things that two claims speak of, as the words that each has for them."""
    one, other = (
        [word for word in side.stems if name_things(frozenset((word,))) <= things and word not in elsewhere.stems]
        for side, elsewhere in ((a, b), (b, a))
    )
    return " / ".join(filter(None, (spell(frozenset(one), a), spell(frozenset(other), b))))


def compare_denials(a: Side, b: Side, text_a: str, text_b: str) -> Iterator[Feature]:
    """What one claim denies of the other: negation, opposites, words of dispute."""
    no_a, no_b = find_words("negation", "words", text_a), find_words("negation", "words", text_b)
    if bool(no_a) != bool(no_b):
        yield Feature("one is negated", 1.0, ", ".join(sorted(no_a | no_b)))
    elif no_a:
        yield Feature("both are negated", 1.0, ", ".join(sorted(no_a | no_b)))
    if a.negative != b.negative:
        yield Feature("one clause is negated", 1.0)
    one, other = (find_words("dispute", "words", side.text.casefold()) for side in (a, b))
    if one ^ other:
        yield Feature("words of dispute", 1.0, ", ".join(sorted(one ^ other)))
    likeness, clause_a, clause_b = match_clauses(a, b)
    says_a, says_b = find_denials(clause_a), find_denials(clause_b)
    sided = ((says_a, clause_a, a), (says_b, clause_b, b))
    refuses_a, refuses_b = (bool(says) != (clause in side.refused) for says, clause, side in sided)
    if refuses_a != refuses_b:
        yield Feature("only one says no", likeness, ", ".join(sorted(says_a | says_b)) or "told to be false")
    if (a.stance == "denies") != (b.stance == "denies"):
        yield Feature("one is a denial", 1.0)
    elif a.unsaid != b.unsaid and a.stance == b.stance:
        yield Feature("one source did not say so", 1.0)
    if opposites := find_opposites(text_a, text_b):
        yield Feature("opposites", min(len(opposites), 3) / 3 + 0.34, "; ".join(" / ".join(o) for o in opposites[:3]))


def match_clauses(a: Side, b: Side) -> tuple[float, str, str]:
    """The clauses of two claims that are most like each other, and the share of their stems that they have in common:
    a denial elsewhere in a long text denies nothing of these."""
    stems_a, stems_b = ([(stems_of(clause), clause) for clause in side.clauses] for side in (a, b))
    pairs = ((2 * len(x & y) / max(len(x) + len(y), 1), one, other) for x, one in stems_a for y, other in stems_b)
    return max(pairs, key=lambda pair: pair[0], default=(0.0, "", ""))


def find_denials(clause: str) -> frozenset[str]:
    """The words by which a clause denies or disputes something."""
    words = clause.casefold()
    return frozenset(find_words("negation", "words", words) | find_words("dispute", "words", words))


def compare_kinds(a: Side, b: Side, text_a: str, text_b: str) -> Iterator[Feature]:
    """Whether the two name other states of the counted, other parts, or exclude each other as one event's cause."""
    for section, differs, agrees in (
        ("states", "what was done differs", "what was done agrees"),
        ("parts", "another part is counted", "the same part is counted"),
        ("classes", "they exclude each other", "the same cause or direction"),
    ):
        kinds_a, kinds_b = find_kinds(section, text_a), find_kinds(section, text_b)
        if section == "classes":
            clash = [
                f"{'/'.join(sorted(kinds_a[k]))} against {'/'.join(sorted(kinds_b[k]))}"
                for k in kinds_a.keys() & kinds_b.keys()
                if not {stem(w) for w in kinds_a[k]} & {stem(w) for w in kinds_b[k]}
            ]
            if clash:
                yield Feature(differs, 1.0, "; ".join(clash))
            elif kinds_a.keys() & kinds_b.keys():
                yield Feature(agrees, 1.0)
        elif kinds_a.keys() & kinds_b.keys():
            yield Feature(agrees, 1.0, ", ".join(sorted(kinds_a.keys() & kinds_b.keys())))
        elif kinds_a and kinds_b:
            words = f"{', '.join(sorted(kinds_a))} / {', '.join(sorted(kinds_b))}"
            yield Feature(differs, 1.0, words)
        elif section == "parts" and (kinds_a or kinds_b):
            yield Feature("one names a part", 1.0, ", ".join(sorted(kinds_a or kinds_b)))
