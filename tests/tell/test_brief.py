"""The brief's sentences: each with its claims, each claim with its words."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sayso.extract import read_report
from sayso.journey import know, read_all
from sayso.record import Brief, Grade, Reading, Report
from sayso.tell.brief import compose_brief
from sayso.tell.citations import cite_claims
from sayso.tell.markdown import render_markdown
from sayso.tell.phrases import name_interval, quote, say_origins

EXAMPLE = Path(__file__).parents[2] / "examples" / "baltimore"


@pytest.fixture(scope="module")
def brief() -> Brief:
    readings = [item for item in read_all([str(EXAMPLE)]) if isinstance(item, Reading)]
    return compose_brief(know(readings))


def test_no_sentence_without_a_claim_of_the_picture(brief: Brief) -> None:
    known = {claim.id for reading in brief.picture.readings for claim in reading.claims}
    sentences = [s for section in brief.sections for s in section.sentences]
    assert len(sentences) > 20
    assert all(s.claims and set(s.claims) <= known for s in sentences)


def test_quoted_words_are_words_of_a_cited_claim(brief: Brief) -> None:
    texts = {c.id: " ".join(c.text.split()) for r in brief.picture.readings for c in r.claims}
    for section in brief.sections:
        for sentence in section.sentences:
            for quoted in sentence.text.split("“")[1:]:
                words = quoted.split("”")[0].removesuffix(" …").replace("'", '"')
                cited = [texts[c].replace("“", '"').replace("”", '"').replace("'", '"') for c in sentence.claims]
                assert any(words in text for text in cited), sentence.text


def test_the_example_shows_what_sayso_is_for(brief: Brief) -> None:
    assert {"key", "changed", "conflicts", "estimates", "positions", "timeline"} <= {s.id for s in brief.sections}
    told = render_markdown(brief)
    assert "independent origins" in told
    assert "denied" in told and "declined" in told


def test_positions_tell_who_asserted_what_is_in_dispute() -> None:
    rows = [
        ("Peruvian troops have not been seen at the pass for two weeks, a border guard said.", 1),
        ("Peruvian troops have returned to the pass, the defence ministry said.", 2),
    ]
    reports = [
        Report(id=f"r{n}", digest=f"d{n}", text=text, outlet=f"O{n}", published=datetime(2031, 5, n, tzinfo=UTC))
        for text, n in rows
    ]
    told = compose_brief(know([read_report(r) for r in reports]))
    positions = next(s for s in told.sections if s.id == "positions")
    assert all("”, says " in s.text for s in positions.sentences)
    assert len(positions.sentences) == 2


def test_since_a_moment_the_brief_tells_what_is_different(brief: Brief) -> None:
    days = sorted(r.report.published for r in brief.picture.readings if r.report.published)
    same = compose_brief(brief.picture, before=brief.picture)
    assert "changed" not in {s.id for s in same.sections}
    before = know(brief.picture.readings, as_of=days[0])
    told = next(s for s in compose_brief(brief.picture, before=before).sections if s.id == "changed")
    assert told.title.startswith("What changed since ")
    assert all(sentence.claims for sentence in told.sentences)
    assert any(sentence.text.startswith("New") for sentence in told.sentences)


def test_what_was_retracted_since_is_told_and_cited(brief: Brief) -> None:
    after = know(brief.picture.readings[1:])
    told = compose_brief(after, before=brief.picture)
    changed = next(s for s in told.sections if s.id == "changed")
    gone = [s for s in changed.sentences if s.text.startswith("No longer counted")]
    assert gone
    assert set(gone[0].claims) <= set(cite_claims(told))


def test_a_brief_of_nothing_has_no_sections() -> None:
    assert compose_brief(know([])).sections == ()


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2031-05-03T00:00+00:00", "2031-05-04T00:00+00:00", "3 May 2031"),
        ("2031-05-02T21:00+00:00", "2031-05-03T21:00+00:00", "3 May 2031"),
        ("2031-04-30T22:00+00:00", "2031-05-31T22:00+00:00", "May 2031"),
        ("2031-01-01T00:00+00:00", "2032-01-01T00:00+00:00", "2031"),
        ("2031-06-01T00:00+00:00", "2031-09-01T00:00+00:00", "June 2031 to August 2031"),
        ("2031-05-03T00:00+00:00", "2031-05-10T00:00+00:00", "3 May 2031 to 9 May 2031"),
    ],
)
def test_intervals_in_words(first: str, last: str, words: str) -> None:
    assert name_interval(datetime.fromisoformat(first), datetime.fromisoformat(last)) == words


@pytest.mark.parametrize(
    ("independent", "words"),
    [((0, 0), "origin unknown"), ((1, 1), "one origin: A"), ((2, 2), "2 independent origins: A"),
     ((1, 3), "1 to 3 independent origins: A")],
)  # fmt: skip
def test_origins_in_words(independent: tuple[int, int], words: str) -> None:
    assert say_origins(independent, ["A"]) == words


def test_a_quotation_is_cut_at_a_word_and_keeps_no_double_marks() -> None:
    cut = quote('He said "no" ' + "word " * 100)
    assert cut.startswith("“He said 'no' word") and cut.endswith("word …”")
    assert len(cut) < 300


def test_what_is_denied_has_no_grade_beside_it() -> None:
    words = "The defence ministry denied that Peruvian troops had left the pass."
    day = datetime(2031, 5, 1, tzinfo=UTC)
    reading = read_report(Report(id="r", digest="d", text=words, outlet="O", published=day))
    grades = tuple(Grade(about="claim", target=claim.id, grade="1", why="") for claim in reading.claims)
    told = compose_brief(replace(know([reading]), grades=grades))
    (lead,) = next(s for s in told.sections if s.id == "key").sentences
    assert "denied by" in lead.text
    assert "credibility" not in lead.detail


@pytest.mark.parametrize("label", ["11:20 – All that we know at this hour", "Nine days after the collapse in Ostra"])
def test_a_label_leads_no_report(label: str) -> None:
    words = f"{label}\n\nThe mine's owner has resigned, the governor said."
    day = datetime(2031, 5, 1, tzinfo=UTC)
    told = compose_brief(know([read_report(Report(id="r", digest="d", text=words, outlet="O", published=day))]))
    (lead,) = next(s for s in told.sections if s.id == "key").sentences
    assert "has resigned" in lead.text
