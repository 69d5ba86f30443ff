"""What cues do and how sure their words are: cases in ``data/stances.tsv``, surveys beside the checkout."""

from __future__ import annotations

import csv
from pathlib import Path
from statistics import quantiles

import pytest
from marking import describe

from sayso.tables import load_toml

DATA = Path(__file__).parent / "data" / "stances.tsv"
SURVEY = Path(__file__).resolve().parents[3] / "shared" / "data" / "words" / "probability-words.csv"
ROWS = [line.split("\t") for line in DATA.read_text("utf8").splitlines()[2:]]


@pytest.mark.parametrize(("text", "stance", "negated"), ROWS)
def test_stance_and_negation(text: str, stance: str, negated: str) -> None:
    found = describe(text)[0]
    assert (found.stance, found.negated) == (stance, negated == "yes")


@pytest.mark.skipif(not SURVEY.exists(), reason="no survey beside the checkout")
def test_every_band_lies_inside_the_surveys_interquartile_range() -> None:
    with SURVEY.open(encoding="utf8") as file:
        rows = list(csv.DictReader(file))
    bands = load_toml("hedges.toml")["words"]
    asked = {word: [float(row[word]) for row in rows if row[word]] for word in rows[0]}
    for word, answers in asked.items():
        first, _, third = quantiles(answers, n=4, method="inclusive")
        low, high = bands[word.lower()]
        assert first / 100 <= low <= high <= third / 100, word
    assert len(asked) >= 17


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (f"{{The institute}} <said> [the dam would {word} fail].", word)
        for word in ("probably", "almost certainly", "possibly", "probably not", "certainly")
    ]
    + [
        (f"{{The institute}} <said> [it was {word} that the dam would fail].", word)
        for word in ("likely", "unlikely", "probable", "improbable", "highly likely", "highly unlikely", "impossible")
    ],
)
def test_a_hedge_in_the_main_clause_gives_its_band(text: str, word: str) -> None:
    assert describe(text)[0].certainty == tuple(load_toml("hedges.toml")["words"][word])


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("{A medic} <saw> [two bodies].", "witnessed"),
        ("{A medic} <heard> [two blasts].", "witnessed"),
        ("{A medic} <said> [that two had died].", "told"),
        ("{A leaked memo} <says> [that two had died].", "document"),
        ("{The study} <shows> [that two had died].", "document"),
        ("{Police} <believe> [that two had died].", "induced"),
        ("{Police} <estimate> [that two had died].", "induced"),
        ('{A medic} <said>: ["We believe that two have died"].', "induced"),
        ('{A medic} <said>: ["I saw two bodies"].', "witnessed"),
    ],
)
def test_basis(text: str, basis: str) -> None:
    assert describe(text)[0].basis == basis
