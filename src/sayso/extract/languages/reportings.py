"""Indirect speech of a text in another language than English: clauses with a word of saying or "according to".

One grammar serves all: who speaks stands before the cue or after it, and what is said follows a word for that, a
colon or the cue itself, or goes before it ("..., повідомили в поліції"). The words are the language's table's.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from sayso.extract.languages.accordings import (
    around,
    end_of,
    far_subject,
    find_phrase,
    is_aside,
    make,
    match_according,
    read_according,
)
from sayso.extract.languages.citings import read_back, read_citing
from sayso.extract.languages.clauses import COMMAS, Clause, Quotes, Said, cut_clauses, is_day, span_of
from sayso.extract.languages.cues import find_cues, has_object, is_infinitive, is_passive
from sayso.extract.languages.moods import read_mood
from sayso.extract.languages.pronouns import is_relative
from sayso.extract.languages.sources import (
    find_clitic,
    find_source,
    find_subject,
    is_led,
    is_negated,
    is_noun_phrase,
    is_somebody,
    is_what,
)
from sayso.extract.languages.unknowns import read_before_that, read_impersonal, read_unknown
from sayso.extract.languages.vocabularies import Text
from sayso.record import Span, Stance

FARTHEST = 6
"""Clauses into a sentence that its subject may be parted from its verb."""
LONGEST_BEFORE_THAT = 12
"""Words between a cue and its word for that, at most."""
FEWEST = 2
GERUND = re.compile("ant$")
"""How a French participle ends that takes up the subject of its sentence: ", *dénonçant* un complot"."""
SHORT = 3
"""Words of a clause before a parenthesis that begin a sentence which goes on after it ("Усі захворілі, стверджує
...")."""


def find_reportings(text: Text, quotes: Quotes, used: set[int], direct: Sequence[Said] = ()) -> Iterator[Said]:
    """The indirect attributions of a text; `used` are words that are cues of the `direct` quotations already."""
    before: Said | None = None
    for number, (first, end) in enumerate(text.sentences):
        clauses = cut_clauses(text, quotes, first, end)
        if number and clauses and (said := read_back(text, quotes, clauses, text.sentences[number - 1])):
            before = said
            yield said
            continue
        start, stop = text.words[first].start, text.words[end - 1].end
        last = next((said for said in direct if start <= said.cue[0] < stop), None)
        for n, clause in enumerate(clauses):
            if said := read_impersonal(text, clauses, n):
                last = said
                yield said
                continue
            cited = False
            citing = read_citing(text, clauses, n)
            for each in read_according(text, clauses, n) if citing is None else ():
                cited, last = True, each
                yield each
            if cited:
                continue
            for cue, after, stance in find_cues(text, quotes, clause.first, clause.end):
                if cue in used:
                    continue
                if text.has("grammar.participles", cue) and last:
                    said = go_on(text, clauses, n, (cue, after), stance, last)
                    if said:
                        yield said
                        break
                    continue
                said = read_cue(text, clauses, n, (cue, after), stance)
                if (said is None and last is not None) or (said and last and is_relative(text, said.source[0])):
                    said = go_on(text, clauses, n, (cue, after), stance, last)
                if said:
                    last = said
                    yield said
                    if citing:
                        yield Said((citing[0],), citing[1], said.content, said.stance)
                    if not find_that(text, clauses, n, after):
                        break
            else:
                if last is None and (said := read_unknown(text, clauses, n) or read_before_that(text, clauses, n)):
                    last = said
                    yield said
        if text.vocabulary.sign("compounds") and clauses and (said := read_mood(text, clauses, last, before)):
            last = said
            yield said
        before = last or before


def read_cue(text: Text, clauses: Sequence[Clause], n: int, cue: Span, stance: Stance) -> Said | None:
    """What a word of saying in the `n`-th clause of a sentence brings in; None where it brings in nothing."""
    clause = clauses[n]
    first, after = cue
    last = clauses[-1].end
    if (
        text.vocabulary.language == "fr"
        and text.words[first - 1].forms[0] == "été"
        and not is_passive(text, first, after)
    ):
        return None  # "Le conseil n'a été prévenu qu'à midi": to whom it is said.
    if n and is_what(text, clause.first):
        # "L'armée aurait tiré, ce que nie le général": what was told before.
        told = find_subject(text, clause.first, first) or find_source(text, after, clause.end)
        return make(text, told, cue, around(text, clauses, n)[:1], stance)
    if n and has_object(text, first):
        return make(text, find_subject(text, clause.first, first - 1), cue, around(text, clauses, n)[:1], stance)
    if is_negated(text, clause.first, first):
        if text.find("doubts", first):
            stance = "suspects"  # "Le procureur n'exclut pas la piste criminelle".
            after += text.has("grammar.not", after)
            cue = (first, after)
        elif stance != "denies":
            return None
    subject = find_subject(text, clause.first, first)
    if subject and text.vocabulary.sign("compounds") and text.has("grammar.prepositions", clause.first):
        subject = None if find_source(text, after, clause.end) else subject  # "Auf drei Millionen schätzt das Amt".
    subject = subject or (far_subject(text, clauses, n) if first - clause.first <= SHORT else None)
    takes_up = text.vocabulary.language == "fr" and GERUND.search(text.words[first].forms[0])
    if n and first == clause.first and after < clause.end and takes_up:
        return make(text, subject, cue, [(after, end_of(clauses, n, after))], stance)
    that = find_that(text, clauses, n, after)
    if that:
        source = subject_or_source(text, clause.first, first, after, that[0])
        if source is None and subject is None and text.find("grammar.impersonal", first):
            content = span_of(text, that[1], end_of(clauses, n, that[1]))
            words = span_of(text, first, after)
            return Said((), words, (content,), stance) if content and words else None
        return make(text, source or subject, cue, [(that[1], end_of(clauses, n, that[1]))], stance)
    source = find_source(text, after, clause.end)
    if clause.after == ":" and n + 1 < len(clauses):
        return make(text, subject or source, cue, [(clauses[n + 1].first, last)], stance)
    clitic = find_clitic(text, clause.first, after)
    if 1 < n <= FARTHEST and (said := read_parted(text, clauses, n, cue, stance)):
        return said
    if clitic and n:
        return make(text, clitic, cue, around(text, clauses, n), stance)
    aside = read_parenthesis(text, clauses, n, cue, stance, source) if n else None
    return aside or read_object(text, clauses, n, cue, stance, subject, source)


def read_parted(text: Text, clauses: Sequence[Clause], n: int, cue: Span, stance: Stance) -> Said | None:
    """A cue that opens its clause and what is said after it, whose subject an apposition or a relative clause parts
    from it: "Le conducteur, âgé de 24 ans, a reconnu s'être endormi"."""
    clause, (first, after) = clauses[n], cue
    opens = first == clause.first or is_led_by_aux(text, clause.first, first)
    begin = next((k for k in range(n, 0, -1) if clauses[k].before in (";", ":")), 0)
    phrase = find_phrase(text, clauses, begin, n - 1)
    turned = any(is_somebody(text, at) for at in range(after, min(clause.end, after + SHORT)))
    if phrase is None and not turned and is_led_by_aux(text, clause.first, first):
        phrase = find_tail(text, clauses, n)
    if not opens or clause.before not in COMMAS or after >= clause.end or phrase is None:
        return None
    inserted = all(each.before in COMMAS for each in clauses[1:n] if each.first > phrase.first)
    kinds = [found.meaning for at in range(after, clause.end) if (found := text.find("who", at))]
    named = any(text.words[at].is_capital for at in range(after, clause.end))
    short = clause.end - after <= SHORT + 1 and not text.has("grammar.genitive", after)  # "menacent d'exécuter".
    speaks = short and (named or any(kind != "document" for kind in kinds))
    if not inserted or speaks or find_clitic(text, clause.first, after):
        return None
    source = find_subject(text, phrase.first, phrase.end)
    return make(text, source, cue, [(after, end_of(clauses, n, after))], stance)


def find_tail(text: Text, clauses: Sequence[Clause], n: int) -> Clause | None:
    """The end of the clause before an apposition, where it may name somebody, whoever he is, since a verb of saying
    follows: "Un passeur présumé, arrêté lundi, *a avoué* ...", "... et le maire, livide, *a ordonné* ..."."""
    before = clauses[n - 2]
    heads = [at + 1 for at in range(before.first, before.end) if text.has("grammar.and", at)]
    tail = Clause(max([before.first, *heads]), before.end, before.before, before.after)
    return tail if tail.end > tail.first and is_noun_phrase(text, tail, named=True) else None


def read_parenthesis(
    text: Text, clauses: Sequence[Clause], n: int, cue: Span, stance: Stance, source: Span | None
) -> Said | None:
    """A cue in a clause set beside what is said: "..., повідомили в поліції", "..., a-t-il dit", "..., wie er
    sagte"."""
    clause, (first, after) = clauses[n], cue
    before = range(clause.first, first)
    opens = all(text.has("grammar.light", at) for at in before)
    led = is_led_by_aux(text, clause.first, first) or is_infinitive(text, first)
    as_ = text.find("grammar.as", clause.first) is not None or led
    own = find_subject(text, clause.first, first)
    short = clauses[n - 1].end - clauses[n - 1].first <= SHORT + 1
    if text.vocabulary.language == "ar" and short and text.has("grammar.prepositions", clauses[n - 1].first):
        return None  # "في المقابل، اتهمت ...": what stands before is no more than an adverb.
    turned = text.vocabulary.language in ("es", "fr") and opens and after < clause.end and is_led(text, after)
    if turned and source and not any(is_somebody(text, at) for at in range(*words_of(text, source))):
        # "Le gouvernement, lui, parle de 40 morts".
        return make(text, far_subject(text, clauses, n), cue, [(after, clause.end)], stance)
    if (opens or as_) and source and clause.before != ":":
        return make(text, source, cue, around(text, clauses, n), stance)
    if own is None and led:
        return make(text, source or far_subject(text, clauses, n), cue, around(text, clauses, n), stance)
    if after < clause.end:
        return None
    if own and clause.before in COMMAS and (as_ or not text.vocabulary.sign("compounds")):
        return make(text, own, cue, around(text, clauses, n), stance)
    if n + 2 < len(clauses) and clause.after in COMMAS and first == clause.first and is_aside(text, clauses[n + 1]):
        # "..., constatent, amers, les exportateurs".
        behind = find_source(text, clauses[n + 2].first, clauses[n + 2].end)
        if behind and any(
            is_somebody(text, at) or text.find("counted", at) or text.has("grammar.articles", at)
            for at in range(*words_of(text, behind))[:2]
        ):
            return make(text, behind, cue, [around(text, clauses, n)[0]], stance)
    if own is None and first == clause.first:
        return make(text, far_subject(text, clauses, n), cue, around(text, clauses, n), stance)
    return None


def read_object(
    text: Text,
    clauses: Sequence[Clause],
    n: int,
    cue: Span,
    stance: Stance,
    subject: Span | None,
    source: Span | None,
) -> Said | None:
    """A cue whose object is what is said ("підтвердив загибель двох"), or what follows it after a comma."""
    clause, (first, after), last = clauses[n], cue, clauses[-1].end
    german, follows = bool(text.vocabulary.sign("compounds")), clause.after in COMMAS and n + 1 < len(clauses)
    if text.vocabulary.language == "ar" and first - clause.first <= 1:
        stop = next((k for k in range(after + 2, min(clause.end, after + 5)) if is_place_or_date(text, k)), after + 2)
        return make(text, span_of(text, after, min(stop, clause.end)), cue, [(stop, end_of(clauses, n, stop))], stance)
    if german and after == clause.end and (framed := read_frame(text, clause, cue, stance)):
        return framed
    if is_passive(text, first, after) and first > clause.first + 1 and after + 1 < clause.end:
        agent = find_source(text, after + 1, clause.end)  # "La mort de l'otage a été confirmée *par* sa famille".
        return make(text, agent, cue, [(clause.first, first)], stance)
    named = subject is not None and any(is_somebody(text, at) for at in range(*words_of(text, subject)))
    if n == 0 and text.has("grammar.as", clause.first) and source and follows:
        return make(text, source, cue, [(clauses[n + 1].first, last)], stance)
    named = named or (text.vocabulary.language == "fr" and text.has("grammar.persons", clause.first))
    about = n == 0 and first > clause.first and not (named and not is_led(text, clause.first))
    if about and source and any(text.find("who", at) for at in range(*words_of(text, source))) and clause.after != ":":
        return make(text, source, cue, [(clause.first, first)], stance)  # "О гибели троих сообщил глава района".
    if named and after == clause.end and follows and is_inserted(text, clauses, n + 1):
        return make(text, subject, cue, [(clauses[n + 2].first, last)], stance)
    if (
        subject
        and after < clause.end
        and (text.find("objects", first) or (named and clause.end - after >= FEWEST - (stance == "denies")))
    ):
        return make(text, subject, cue, [(after, end_of(clauses, n, after))], stance)
    if german and subject is None and source and n == 0 and first > clause.first + 1:
        return make(text, source, cue, [(clause.first, first)], stance)  # "Auf drei Millionen schätzt das Amt ...".
    if german and follows:
        source = subject if first > clause.first and clause.end - after <= SHORT else source
        return make(text, source, cue, [(clauses[n + 1].first, last)], stance)
    return None


def is_inserted(text: Text, clauses: Sequence[Clause], n: int) -> bool:
    """Whether a clause between commas tells only where or how: "L'armée a reconnu, *dans un communiqué*, avoir ..."."""
    return n + 1 < len(clauses) and clauses[n].after in COMMAS and text.has("grammar.prepositions", clauses[n].first)


def words_of(text: Text, span: Span) -> Span:
    """The range of words of a span of the text."""
    first = bisect_left(text.words, span[0], key=lambda word: word.start)
    return first, bisect_left(text.words, span[1], key=lambda word: word.start)


def read_frame(text: Text, clause: Clause, cue: Span, stance: Stance) -> Said | None:
    """A German clause that its auxiliary and its participle stand around: "Der Minister *hat* den Plan
    *kritisiert*"."""
    aux = next((k for k in range(clause.first + 1, cue[0]) if text.has("grammar.aux", k)), None)
    if aux is None or text.has("grammar.prepositions", clause.first):
        return None
    subject = find_subject(text, clause.first, aux)
    return make(text, subject, cue, [(aux + 1, cue[0])], stance) if subject and cue[0] - aux > FEWEST else None


def is_place_or_date(text: Text, at: int) -> bool:
    """Whether an Arabic phrase for who speaks ends at a word: at a preposition, or a word for a day."""
    return text.has("grammar.prepositions", at) or is_day(text, at)


def go_on(text: Text, clauses: Sequence[Clause], n: int, cue: Span, stance: Stance, last: Said | None) -> Said | None:
    """A further thing that the source of the attribution before says in the same sentence: "... y teme que ..."."""
    first, after = cue
    near = all(
        any(text.has(f"grammar.{p}", at) for p in ("and", "aux", "light", "stop", "pronouns", "but", "as"))
        for at in range(max(clauses[n].first, first - 2), first)
    )
    that = find_that(text, clauses, n, after)
    loose = text.find("objects", first) or text.has("grammar.participles", first)
    begin = that[1] if that else after if loose else 0
    if last is None or not near or not begin or is_negated(text, clauses[n].first, first):
        return None
    return make(text, last.source[0], cue, [(begin, end_of(clauses, n, begin))], stance)


def subject_or_source(text: Text, first: int, cue: int, after: int, that: int) -> Span | None:
    """Who speaks: the words before the cue, or those between it and its that."""
    return find_subject(text, first, cue) or find_source(text, after, that)


def is_led_by_aux(text: Text, first: int, cue: int) -> bool:
    """Whether nothing but auxiliaries and light words stands before a cue in its clause."""
    if text.vocabulary.language == "fr" and text.has("grammar.persons", first):
        return False  # "Quant au maire, *il* plaide pour une digue".
    return cue > first and all(
        any(text.has(f"grammar.{part}", at) for part in ("aux", "light", "pronouns", "and", "as"))
        for at in range(first, cue)
    )


def find_that(text: Text, clauses: Sequence[Clause], n: int, after: int) -> Span | None:
    """Where the word for that of a cue stands, and where what follows it begins."""
    clause = clauses[n]
    for at in range(after, min(clause.end, after + LONGEST_BEFORE_THAT)):
        if text.has("grammar.that", at) and (at > after or text.vocabulary.language != "uk"):
            return at, at + 1
    following = clauses[n + 1 : n + 3] if clause.after in COMMAS else ()
    for k, each in enumerate(following):
        # "Que" and "qui" after a comma begin a clause about what was just named, and not what is said.
        relative = k == 0 and text.vocabulary.language in ("es", "fr")
        if text.has("grammar.that", each.first) and not relative:
            return min(each.first, clause.end), each.first + 1
        if not text.has("grammar.prepositions", each.first) and match_according(text, each.first) == 0:
            break
    return None
