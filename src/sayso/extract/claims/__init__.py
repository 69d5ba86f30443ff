"""Claims: each checkable statement of a report with its chain, event, actors, place, time and figure.

A clause that counts several things makes a claim for each figure; one that counts nothing makes one claim.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sayso.extract.assertions import survey_assertions
from sayso.extract.claims.actors import (
    GROUPS,
    PRONOUNS,
    Mention,
    find_actors,
    find_mentions,
    is_armed,
    is_body,
    name_phrase,
    refer,
    whole_of,
)
from sayso.extract.claims.clauses import cut_clauses, tokens_within
from sayso.extract.claims.companies import survey_company
from sayso.extract.claims.conflicts import load_conflicts
from sayso.extract.claims.corrections import takes_back
from sayso.extract.claims.events import find_category, find_event
from sayso.extract.claims.forms import find_form
from sayso.extract.claims.polarities import is_negative
from sayso.extract.claims.sightings import SIGHTINGS, find_looked_for, find_sighting
from sayso.extract.claims.tenses import find_tense
from sayso.extract.figures.counting import PERSON_STATES
from sayso.grammar.parses import Parse
from sayso.ids import identify_claim
from sayso.record import Actor, Claim, Figure, Place, Reading, Span, Time

MOVEMENTS = dict.fromkeys(("withdrawal", "deployment", "return"), "change to group or activity")
"""The type of conflict event that the moves of an armed body are, where no other words tell of one."""
PARTS = frozenset(("member", "group", "number", "total", "crowd", "majority", "rest"))
"""Nouns that count nothing by themselves: "six members of a crew" are of the crew."""
MOST_FIGURES = 30
"""Figures of one clause of which each makes a claim."""
PARTITIVES = frozenset(("of", "of the", "of these", "of those", "of some", "of about", "out of", "out of the"))


def find_claims(reading: Reading, parse: Parse) -> Reading:
    """The reading with its claims, in order of their beginning."""
    mentions = find_mentions(parse)
    company = survey_company(parse)
    assertions = survey_assertions(parse)
    claims: list[Claim] = []
    for clause in cut_clauses(reading, parse, assertions):
        said = None if clause.attribution is None else reading.attributions[clause.attribution]
        speaker = () if said is None else said.source
        voice = said.speaker.name if said and said.speaker else ""
        span = (clause.start, clause.end)
        first, last = parse.sentences[parse.tokens[clause.head].sentence]
        sentence = (parse.tokens[first].start, parse.tokens[last - 1].end)
        stands = assertions.judge(clause.first, clause.last, clause.head, said)
        # What nobody reports is denied, but what nobody denies is not.
        negative = is_negative(parse, clause, voice if said and said.negated else "")
        actors = find_actors(parse, clause, mentions, speaker)
        if said and voice and said.stance == "promises" and not any(a.role == "actor" for a in actors):
            # "Vowed *to retake the port*": who vows will do it.
            actors = (Actor(name=voice, role="actor", start=speaker[0][0], end=speaker[0][1]), *actors)
        tense, form = find_tense(parse, clause), find_form(parse, clause)
        if stands in ("supposed", "open") and parse.tokens[clause.head].pos in ("NOUN", "PROPN"):
            tense = "hypothetical"
        noun = find_looked_for(parse, clause)
        looked_for = "" if noun is None else refer(parse, mentions, noun, tuple(speaker))
        told = company.find_conflict(clause.start, clause.end)
        counts = [
            # That there is none of a thing ("no activity") is said of the clause; none has a count by itself.
            f
            for f in reading.figures
            if clause.start <= f.start
            and f.end <= clause.end
            and (f.high != 0 or f.state in PERSON_STATES)
            and not is_within(f, clause.inner)
        ]
        for figure in without_bases(counts[:MOST_FIGURES], parse.text) or [None]:
            counted = () if figure is None else find_counted(parse, figure, mentions, speaker)
            if figure is not None and not figure.unit and any(is_body(actor.name) for actor in counted):
                figure = replace(figure, unit="person")
            event = find_event(parse, clause, figure, negative)
            conflict = told
            if event == "casualties" and (conflict is None or conflict.name == "attack"):
                # What killed them may stand beside the clause.
                conflict = company.find_conflict(*sentence) or conflict
            sighting = None
            if tense in ("happened", "ongoing"):  # What might be seen has not been.
                seen = "no return" if negative and event == "return" else event
                before = last_group(parse, mentions, clause.first, speaker) if seen in SIGHTINGS else ""
                sighting = find_sighting(parse, clause, seen, (*actors, *counted), looked_for, voice, before)
            if conflict is None and event in MOVEMENTS and any(is_armed(a.name) for a in (*actors, *counted)):
                conflict = load_conflicts()[MOVEMENTS[event]]
            category, mode = find_category(parse, clause, event, conflict, said.cue if said else ())
            claims.append(
                Claim(
                    id="",
                    seat="",
                    report=reading.report.id,
                    start=clause.start,
                    end=clause.end,
                    text=parse.text[clause.start : clause.end],
                    attribution=clause.attribution,
                    event=event,
                    actors=(*actors, *counted),
                    place=choose_place(reading.places, span) or choose_place(reading.places, sentence),
                    time=choose_time(reading.times, span, figure),
                    figure=figure,
                    polarity="negative" if negative else "positive",
                    category=category,
                    mode=mode,
                    conflict=conflict.name if conflict else "",
                    tense=tense,
                    sighting=sighting,
                    stands="withdrawn" if figure and takes_back(parse.text, sentence, figure, counts) else stands,
                    sentence=sentence,
                    form=form,
                )
            )
    return replace(reading, claims=tuple(claims))


def is_within(figure: Figure, spans: Sequence[Span]) -> bool:
    """Whether a figure lies in one of some spans."""
    return any(start <= figure.start and figure.end <= end for start, end in spans)


def identify_claims(reading: Reading, _: Parse) -> Reading:
    """The reading whose claims have their ids, made of all that was found in them: the last step."""
    return replace(reading, claims=tuple(map(identify_claim, reading.claims)))


def without_bases(figures: Sequence[Figure], text: str) -> list[Figure | None]:
    """The figures of a clause; what another one is a part of ("4,000 out of *11,000*") is a total, whatever is said of
    the part."""
    found: list[Figure | None] = []
    for n, figure in enumerate(figures):
        before = text[figures[n - 1].end : figure.start].strip().casefold() if n else ""
        found.append(replace(figure, state="total") if before in PARTITIVES else figure)
    return found


def choose_place(places: Sequence[Place], span: Span) -> Place | None:
    """Where an event takes place: the first place of a passage that is not a government's name, the most precise
    first."""
    inside = [p for p in places if span[0] <= p.start and p.end <= span[1] and p.role == "place"]
    located = [p for p in inside if p.radius_km is not None]
    return min(located, key=lambda p: p.radius_km or 0.0) if located else (inside[0] if inside else None)


def choose_time(times: Sequence[Time], span: Span, figure: Figure | None) -> Time | None:
    """When an event takes place: the dated expression of a passage nearest to the figure or, without one, the first;
    a duration ("for two weeks") where it gives no date."""
    inside = [t for t in times if span[0] <= t.start and t.end <= span[1] and t.type != "SET"]
    if not inside:
        return None
    dated = [t for t in inside if t.earliest is not None and t.type != "DURATION"] or inside
    if figure is None:
        return dated[0]
    return min(dated, key=lambda t: max(t.start - figure.end, figure.start - t.end, 0))


def find_counted(parse: Parse, figure: Figure, mentions: list[Mention], speaker: Sequence[Span]) -> tuple[Actor, ...]:
    """Who is counted by a figure, led back to a name where the words are "them", "the troops" or nothing at all."""
    if figure.unit not in ("", "person", "share") or figure.high == 0:  # Nobody is counted by "no casualties".
        return ()
    first, last = tokens_within(parse, figure.start, figure.end)
    numbers = [i for i in range(first, last) if parse.tokens[i].pos == "NUM" or parse.tokens[i].tag == "CD"]
    number = parse.tokens[numbers[-1] if numbers else max(0, last - 1)]  # No token begins in a figure within a word.
    noun = number.i
    if number.dep in ("nummod", "quantmod", "compound", "amod") and parse.tokens[number.head].pos in ("NOUN", "PROPN"):
        noun = number.head
    elif number.dep == "pobj" and parse.tokens[parse.tokens[number.head].head].lemma in GROUPS:
        noun = parse.tokens[number.head].head  # "a crew of 21"
    elif (whole := whole_of(parse, number.i)) is not None:
        noun = whole
    if parse.tokens[noun].lemma in PARTS and (whole := whole_of(parse, noun)) is not None:
        noun = whole
    token = parse.tokens[noun]
    start, end = parse.span(*name_phrase(parse, noun))
    if noun != number.i and token.pos in ("NOUN", "PROPN", "PRON") and token.ent not in ("DATE", "TIME"):
        name = refer(parse, mentions, noun, tuple(speaker))
    elif figure.of and not figure.of.isspace():
        name = figure.of
    else:
        start, end = figure.start, figure.end
        name = ""
    bare = not name or name.lower() in PRONOUNS or name.lower() in GROUPS or name.lower().removesuffix("s") in GROUPS
    if bare:
        name = last_group(parse, mentions, noun, speaker) or ("" if name.lower() in PRONOUNS else name)
    return (Actor(name=name, role="counted", start=start, end=end),) if name else ()


def last_group(parse: Parse, mentions: list[Mention], before: int, speaker: Sequence[Span]) -> str:
    """The last body of people named before a token, but for the one speaking."""
    for mention in reversed(mentions):
        spoken = any(s <= parse.tokens[mention.head].start < e for s, e in speaker)
        if mention.head < before and mention.group and not spoken:
            return mention.words
    return ""
