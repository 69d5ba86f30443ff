"""A made-up story in our own words, and ways to tell it: texts, reports, and readings altered as a stranger might."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from random import Random
from typing import Any

import msgspec

from fuzzing.cases import Case, UnfitError
from fuzzing.damages import PHRASES
from sayso.ids import digest_report, identify_claim
from sayso.ledger.faults import find_claim_faults, find_moment_faults, find_span_faults
from sayso.record import Reading, Report

SENTENCES = (
    "At least {n} people are missing after the dam above Brim gave way on {day}, {who} said.",
    "{who} denied that the dam was overfull.",
    "Tarn Notes reported, citing two officials who asked not to be named, that {n} bodies had been found.",
    "“We counted {n} dead by {day},” {who} told reporters.",
    "The number of dead rose to {n} from {m} on {day}, according to {who}.",
    "Nobody has seen the governor in Brim since {day}.",
    "{n} of them were children, and {m} more were wounded.",
    "Insurers put the damage at ${m} million to ${n} million.",
    "{who} declined to comment on the cause.",
    "Correction: an earlier version of this article said {n} were killed; it was {m}.",
    "The dam gave way at {h}:40 on {day}, the Wire reported, because the spillway was blocked.",
    "It is not known how many are alive, {who} said, who had heard it from a guard.",
    "Why did it break? An earthquake or neglect, {who} suspects.",
    "About {n} soldiers were sent to Kharkiv from Lyon on {day}.",
)
WHO = (
    "the governor",
    "police",
    "Ann Orr, a spokeswoman for the ministry",
    "a senior official",
    "Col. Jo Brandt",
    "Tarn Notes",
)
DAYS = ("Friday", "3 May", "2 May 2031", "Monday night", "last week", "the previous day", "1 January 2030")
BASES = {
    "en": "The dam above Brim gave way on Friday, the governor said. Nine people are missing, police told Tarn Notes.",
    "de": "Der Damm über Passau brach am Freitag, sagte der Bürgermeister. Mindestens 3.000 Menschen wurden in "
    "Sicherheit gebracht. „Wir haben zwölf Tote gezählt“, teilte die Polizei am 3. Mai mit.",
    "fr": "Le barrage de Lyon a cédé vendredi, a déclaré le maire. Au moins 3 000 personnes sont portées disparues, "
    "selon la police. « Nous avons compté douze morts », a-t-il dit le 3 mai.",
    "es": "La presa de Sevilla cedió el viernes, dijo el alcalde. Al menos 3.000 personas están desaparecidas, según "
    "la policía. «Contamos doce muertos», afirmó el 3 de mayo.",
    "ru": "Плотина над Казанью прорвалась в пятницу, сообщил мэр. Не менее 3000 человек пропали без вести, заявили в "
    "полиции. «Мы насчитали двенадцать погибших», — сказал он 3 мая.",
    "uk": "Дамбу над Харковом прорвало в п'ятницу, повідомив мер. Щонайменше 3000 людей зникли безвісти, заявили в "
    "поліції. «Ми нарахували дванадцять загиблих», — сказав він 3 травня.",
    "ar": "انهار السد فوق القاهرة يوم الجمعة، قال المحافظ. وفقد ما لا يقل عن 3000 شخص، حسب الشرطة. "
    "وقال «أحصينا اثني عشر قتيلا» في 3 مايو.",
    "xx": "Tammi petti perjantaina, kertoi pormestari. Yhdeksän ihmistä on kateissa.",
}
"""A text in each language that is read, and in one that is not."""
EVIL = (
    "", " ", "\x00", "\x1b[31m", "\u202e", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '" onx="', "'",
    "]]>", "</style>", "{{ 7*7 }}", "#set page(width: 1pt)", "*a* _b_ `c`", "[a](javascript:x)", "=1+1", "javascript:x",
    "http://[", "https://a.example/\"><b>", "a\r\nBcc: b@c.example", "\u2028", "\ufffe", "a" * 2000, "AAAA", "A" * 40,
    "2031-05-03", "person", "USD", "killed", "negative", "denied", "1e999", "\\", "$", "|", "\n\n# a", "- a\n- b", "א",
    *PHRASES[:40],
)  # fmt: skip
MOMENTS = (
    "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z", "0001-01-02T00:00:00+14:00", "9999-12-30T23:59:59-12:00",
    "1969-12-31T23:59:59Z", "2031-05-03T10:15:00+00:01", "2031-05-04T00:00:00Z",
)  # fmt: skip
NUMBERS = (0, 1, -1, 2, 9, 12, 0.5, -0.0, 1e16, 1e308, -1e308, 5e-324, 1 << 53, 1 << 63, 10**30)
STRANGERS = (
    "outlet",
    "title",
    "author",
    "url",
    "language",
    "published",
    "retrieved",
    "cites",
    "links",
    "published_words",
)
"""The fields of a report that a stranger writes."""
MOMENT_FIELDS = ("published", "retrieved", "earliest", "latest", "as_of")


def compose_text(chance: Random) -> str:
    """Two to six sentences of the story."""
    lines = []
    for template in chance.sample(SENTENCES, chance.randint(2, 6)):
        number = chance.choice((2, 3, 9, 12, 40, 120, 3000, 11000))
        lines.append(
            template.format(
                n=f"{number:,}", m=number // 2, h=chance.randrange(24), day=chance.choice(DAYS), who=chance.choice(WHO)
            )
        )
    text = " ".join(line[0].upper() + line[1:] for line in lines)
    return text if chance.random() < 0.5 else text.replace(". ", ".\n\n", 1)


@cache
def list_readings() -> tuple[dict[str, Any], ...]:
    """Readings of reports of the story, as plain values: among them copies, an update and other languages."""
    from sayso.extract import read_report

    chance = Random("the story")
    texts = [compose_text(chance) for _ in range(24)]
    texts += [texts[0], texts[3], f"{texts[1]} {texts[2]}", texts[4].replace("9", "8")]
    told = [("en", text) for text in texts] + [(code, text) for code, text in BASES.items() if code != "xx"]
    made = []
    for number, (language, text) in enumerate(told):
        report = Report(
            id=f"r{number}",
            text=text,
            outlet=chance.choice(("Tarn Notes", "Wire", "The Brim Post", "Reuters", "")),
            title=chance.choice(("Dam gives way", "Nine missing after dam breaks", "Governor silent on dam", "")),
            published=datetime(2031, 5, chance.randint(2, 9), chance.randrange(24), 15, tzinfo=UTC),
            published_exact=True,
            language=language,
            url=chance.choice((f"https://tarn.example/{number}", "https://tarn.example/a", "")),
        )
        made.append(msgspec.to_builtins(read_report(replace(report, digest=digest_report(report)))))
    return tuple(made)


def make_story(chance: Random) -> Case:
    """One to seven readings as JSON Lines, some of them altered."""
    picked = chance.choices(list_readings(), k=chance.choice((1, 2, 3, 4, 5, 7)))
    lines = [alter_reading(plain, chance) if chance.random() < 0.6 else plain for plain in picked]
    return Case("story.jsonl", b"".join(msgspec.json.encode(line) + b"\n" for line in lines))


def alter_reading(plain: dict[str, Any], chance: Random) -> dict[str, Any]:
    """The reading with one to nine values replaced or left out, such as a ledger takes in from another."""
    made = plain
    for _ in range(chance.choice((1, 2, 3, 6, 9))):
        changed = json.loads(json.dumps(made))
        alter_value(changed, chance)
        reading = settle(changed)
        if reading is not None:
            made = msgspec.to_builtins(reading)
    return made


def alter_value(plain: dict[str, Any], chance: Random) -> None:
    """Replace one value anywhere in a reading, half of the time one of those that a stranger writes."""
    if chance.random() < 0.4:
        inside: Any = plain["report"]
        key: Any = chance.choice(STRANGERS)
    else:
        places = list(list_places({name: value for name, value in plain.items() if name != "report"}))
        if not places:
            return
        inside, key = chance.choice(places)
    value = inside[key]
    if isinstance(value, bool):
        inside[key] = not value
    elif isinstance(value, list):
        inside[key] = chance.choice((value[1:], value[::-1], value + value[:1], []))
    elif isinstance(value, int | float):
        inside[key] = chance.choice(NUMBERS)
    elif key in MOMENT_FIELDS:
        inside[key] = chance.choice((None, *MOMENTS))
    elif isinstance(value, str):
        inside[key] = chance.choice((value + chance.choice(EVIL), chance.choice(EVIL), value * 3))
    else:
        inside[key] = None


def list_places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every value inside of one, as what it stands in and its key there."""
    for key, inside in list(value.items() if isinstance(value, dict) else enumerate(value)):
        yield value, key
        if isinstance(inside, dict | list):
            yield from list_places(inside)


def settle(plain: dict[str, Any]) -> Reading | None:
    """The reading of some plain values, its ids made anew; None where a ledger would not take it in."""
    try:
        reading = msgspec.convert(plain, type=Reading)
        report = reading.report
        reading = replace(
            reading,
            report=replace(report, digest=digest_report(report)),
            claims=tuple(identify_claim(claim) for claim in reading.claims),
        )
        checks = (find_span_faults, find_claim_faults, find_moment_faults)
        faults = [fault for check in checks for fault in check(reading)]
        faults += [
            f"{c.place} fits into no row" for c in reading.claims if c.place and (c.place.geonames_id or 0) >> 63
        ]
    except (msgspec.ValidationError, OverflowError, ValueError):
        return None
    return None if faults else reading


def open_story(case: Case) -> list[Reading]:
    """The readings of a case."""
    found = []
    for line in case.content.splitlines():
        try:
            reading = settle(msgspec.json.decode(line))
        except (msgspec.MsgspecError, TypeError, AttributeError, UnicodeError) as error:
            raise UnfitError from error
        if reading is None:
            raise UnfitError
        found.append(reading)
    return found
