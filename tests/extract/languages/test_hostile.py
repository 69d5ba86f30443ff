"""Hostile text in other languages: nothing fails, spans lie within the text, and twice the text takes twice as long."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.extract.languages import read_by_tables
from sayso.extract.languages.vocabularies import list_languages, load_vocabulary
from sayso.record import Reading, Report

WHEN = datetime(2026, 5, 14, tzinfo=UTC)


def leave(report: Report) -> Reading:
    """No English reader: what is glossed is not what is tested."""
    return Reading(report=report)


def read(text: str, language: str) -> Reading:
    return read_by_tables(Report(id="r", text=text, language=language, published=WHEN), leave)


def list_pieces(language: str) -> list[str]:
    """Words of a language's table, and marks that its grammar looks at."""
    rows = load_vocabulary(language).rows
    words = " ".join(str(w) for part in rows.values() if isinstance(part, dict) for w in part.values())
    some = sorted({w.replace("_", " ").strip("*") for w in words.split()})[::7]
    marks = [" ", " ", ", ", ". ", ": ", "«", "»", "“", "”", '"', "—", " — ", "\n", "’", "١٢", "3,5", "1.000", "31"]
    return [*some, *marks * 12, "\u0301", "İ", "ß", "\u202e", "😀"]


@pytest.mark.parametrize("language", list_languages())
def test_any_words_are_read(language: str) -> None:
    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.one_of(st.sampled_from(list_pieces(language)), st.text(max_size=4)), max_size=40))
    def check(pieces: list[str]) -> None:
        text = "".join(f"{piece} " if piece.isalpha() else piece for piece in pieces)
        reading = read(text, language)
        assert not reading.problems, reading.problems
        values = [*reading.figures, *reading.places, *reading.times, *reading.claims]
        spans = [(v.start, v.end) for v in values]
        spans += [s for a in reading.attributions for s in (*a.source, *a.cue, *a.content)]
        assert all(0 <= start < end <= len(text) for start, end in spans)

    check()


LONG = [
    ("uk", "сто двадцять " * 4_000),
    ("ru", "«а, — сказал он. " * 3_000),
    ("es", "según según, dijo que " * 3_000),
    ("fr", "— a-t-il dit, « " * 3_000),
    ("de", "zweiundzwanzig" * 3_000),
    ("ar", "قال إن في و" * 4_000),
    ("ru", "Новгороде " * 3_000),
    ("uk", "1" * 60_000),
]


@pytest.mark.parametrize(("language", "text"), LONG)
def test_long_runs_are_read_soon(language: str, text: str, spend: Callable[..., float]) -> None:
    assert spend(lambda: read(text, language)) < 12
