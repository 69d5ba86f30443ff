"""How well reports in other languages are read: figures, places, dates and who is quoted, against labels by hand.

    python eval/languages.py DIR [LANGUAGE ...] [--errors]

`DIR` holds a file of JSON Lines a language (``uk.jsonl``), one sentence a line: `text`, `language`, `published`, and
`figures` [{words, low, high, unit, state}], `places` [{words, lat, lon}], `dates` [{words, earliest, latest}] and
`quotes` [{speaker, content}]. Shares are of what was labelled and is found right; extras are what nobody labelled. A
figure is right by its value, in whatever unit, and its span overlapping; a place within 161 km; a date by its
interval; a quoted speaker where its span overlaps and a third of the content is found. `--errors` prints what was
wrong: for sets that may be read.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sayso.extract import read_report
from sayso.record import Attribution, Figure, Place, Reading, Report, Span, Time

NEAR_KM, ENOUGH = 161.0, 1 / 3
FACTORS = {
    "percent": 0.01, "hour": 3600.0, "minute": 60.0, "second": 1.0, "week": 7.0, "month": 30.4375, "year": 365.25,
    "cm": 0.01, "mm": 0.001, "m/s": 3.6, "mile": 1.609344, "nautical mile": 1.852, "tonne": 1.0, "hectare": 0.01,
    "decade": 3652.5,
}  # fmt: skip
"""What a labelled unit is in that of the reading."""
Record = dict[str, Any]


def find_words(text: str, words: str) -> list[Span]:
    """All places of some words in a text."""
    found, at = [], text.find(words)
    while words and at >= 0:
        found.append((at, at + len(words)))
        at = text.find(words, at + 1)
    return found


def overlap(a: Span, b: Span) -> int:
    """Code points that two spans share."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def close(a: float | None, b: float | None) -> bool:
    """Whether two ends of a figure are the same to one in a hundred."""
    return a is b or (a is not None and b is not None and math.isclose(a, b, rel_tol=0.01, abs_tol=1e-9))


def is_value(label: Record, figure: Figure) -> bool:
    """Whether a figure has the labelled value, as it stands or in its canonical unit."""
    factors = {1.0, FACTORS.get(label["unit"], 1.0)}
    ends = [(label["low"], label["high"])]
    return any(
        close(None if low is None else low * f, figure.low) and close(None if high is None else high * f, figure.high)
        for low, high in ends
        for f in factors
    )


def measure_km(label: Record, place: Place) -> float:
    """The distance between a label and a place, in km."""
    if place.lat is None or place.lon is None:
        return math.inf
    a, b, c, d = map(math.radians, (label["lat"], label["lon"], place.lat, place.lon))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 12742 * math.asin(math.sqrt(min(1.0, h)))


def is_day(label: Record, time: Time) -> bool:
    """Whether a time has the labelled interval, half-open, in UTC."""
    wanted = [datetime.fromisoformat(label[end]).replace(tzinfo=UTC) for end in ("earliest", "latest")]
    return [time.earliest, time.latest] == wanted


def covers(text: str, label: Record, said: Attribution) -> bool:
    """Whether a third of a labelled content is in that of an attribution."""
    spans = find_words(text, label["content"])
    return any(sum(overlap(span, each) for each in said.content) >= ENOUGH * (span[1] - span[0]) for span in spans)


def names(text: str, label: Record, said: Attribution) -> bool:
    """Whether the source overlaps the labelled speaker; where nobody is named, nobody need be."""
    spans = find_words(text, label["speaker"])
    return not spans or any(overlap(span, each) for span in spans for each in said.source)


def score(record: Record, reading: Reading) -> Iterator[tuple[str, bool, str]]:
    """What is measured of one sentence: its name, whether it is right, and what it was of."""
    text = record["text"]

    def near(label: Record, found: Sequence[Any]) -> list[Any]:
        spans = find_words(text, label["words"])
        return [f for f in found if any(overlap(span, (f.start, f.end)) for span in spans)]

    for label in record["figures"]:
        value = [f for f in near(label, reading.figures) if is_value(label, f)]
        yield "figures", bool(value), label["words"]
        if value:
            yield "state", any(f.state == label["state"] for f in value), f"{label['words']}: {label['state']}"
    for label in record["places"]:
        found = near(label, reading.places)
        yield "place spans", bool(found), label["words"]
        yield "places", any(measure_km(label, p) <= NEAR_KM for p in found), label["words"]
    for label in record["dates"]:
        yield "dates", any(is_day(label, t) for t in near(label, reading.times)), label["words"]
    for label in record["quotes"]:
        covering = [a for a in reading.attributions if covers(text, label, a)]
        yield "contents", bool(covering), label["content"]
        yield "speakers", any(names(text, label, a) for a in covering), f"{label['speaker']} | {label['cue']}"


def count_extras(record: Record, reading: Reading) -> dict[str, int]:
    """How many values lie over no labelled one."""
    text = record["text"]

    def beyond(found: Sequence[Any], labels: Sequence[Record]) -> int:
        spans = [span for label in labels for span in find_words(text, label["words"])]
        return sum(not any(overlap(span, (f.start, f.end)) for span in spans) for f in found)

    said = [a for a in reading.attributions if not any(covers(text, q, a) for q in record["quotes"])]
    return {
        "figures": beyond(reading.figures, record["figures"]),
        "places": beyond(reading.places, record["places"]),
        "dates": beyond(reading.times, record["dates"]),
        "quotes": len(said),
    }


def measure(path: Path, *, errors: bool) -> None:
    """Read the sentences of a file and print what was right."""
    right: Counter[str] = Counter()
    of: Counter[str] = Counter()
    extras: Counter[str] = Counter()
    whole = clean = count = 0
    for line in path.read_text(encoding="utf8").splitlines():
        record = json.loads(line)
        count += 1
        published = datetime.fromisoformat(record["published"])
        reading = read_report(
            Report(id=record["id"], text=record["text"], language=record["language"], published=published)
        )
        wrong = []
        for name, good, words in score(record, reading):
            of[name] += 1
            right[name] += good
            if not good:
                wrong.append((name, words))
        beside = count_extras(record, reading)
        extras.update(beside)
        good = not any(name in ("figures", "places", "speakers") for name, _ in wrong)
        whole += good
        clean += good and not any(beside[name] for name in ("figures", "places", "quotes"))
        if errors and (wrong or any(beside.values())):
            show(record, reading, wrong, beside)
    print(f"{path.stem}: {count} sentences")
    for name in ("figures", "state", "place spans", "places", "dates", "speakers", "contents"):
        print(f"  {name:12} {right[name]:4} of {of[name]:4}  {right[name] / max(1, of[name]):7.1%}")
    print(f"  figures, places and quoted speakers all right: {whole} ({whole / max(1, count):.1%})")
    print(f"  and nothing besides: {clean} ({clean / max(1, count):.1%})")
    print("  extras a sentence: " + ", ".join(f"{name} {extras[name] / max(1, count):.2f}" for name in sorted(extras)))


def show(record: Record, reading: Reading, wrong: list[tuple[str, str]], beside: dict[str, int]) -> None:
    """What was read wrong, for sets that may be looked at."""
    print(f"\n{record['id']} {record['text']}")
    for name, words in wrong:
        print(f"    - {name}: {words}")
    text = record["text"]
    print(f"    extras { ({k: v for k, v in beside.items() if v}) }")
    print("    F", [(f.text, f.low, f.high, f.unit, f.of, f.state) for f in reading.figures])
    print("    P", [(p.text, p.name, p.country) for p in reading.places])
    print("    D", [(t.text, t.value) for t in reading.times])
    for a in reading.attributions:
        print("    Q", *(" / ".join(text[s:e] for s, e in spans) for spans in (a.source, a.cue, a.content)), sep=" | ")
    for problem in reading.problems:
        print("    !", problem.message)


def main() -> None:
    """Measure each language of a folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("languages", nargs="*")
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    for path in sorted(options.folder.glob("*.jsonl")):
        if not options.languages or path.stem in options.languages:
            measure(path, errors=options.errors)


if __name__ == "__main__":
    main()
