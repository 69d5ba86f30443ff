"""Articles with one planted error each, checked against the reports of a small story.

The story is in ``story``: a dam bursts above a town that does not exist. The articles are in ``articles``.
"""

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.extract import read_report
from sayso.journey import read_all
from sayso.record import Flag, Reading, Report
from sayso.weigh.checks import ALARMS, check_article

HERE = Path(__file__).parent
PLANTED = [
    ("deaths", "scope-changed", "Sixty people have been killed", "killed or injured"),
    ("wrong-year", "contradicted", "November 2022", "November 2024"),
    ("wrong-speaker", "misattributed", "Marta Sequeira", "Joana Pires"),
    ("copied", "contradicted", "2,400 people have been evacuated", "4,200"),
    ("fortnight", "contradicted", "within three minutes of the burst", "nine minutes"),
    ("misheard", "contradicted", "Ninety people are missing", "Forty people are missing"),
    ("stale", "outdated", "Forty people are missing", "7 March 2031"),
    ("calendar", "impossible", "Tuesday, 3 March 2031", "was a Monday"),
    ("calendar", "impossible", "30 February", "there is no 30 February"),
    ("calendar", "impossible", "25 people: 11 women, 9 men and 4", "make 24, not 25"),
    ("calendar", "impossible", "21 March 2031", "after the article came out"),
    ("calendar", "impossible", "60 beds in the hall, including 75", "cannot be among"),
    ("calendar", "impossible", "By 8 March 2031 the death toll was 21", "falls"),
]


@cache
def read_folder(name: str) -> tuple[Reading, ...]:
    return tuple(item for item in read_all([str(HERE / name)]) if isinstance(item, Reading))


def read_article(name: str) -> Reading:
    (found,) = (item for item in read_all([str(HERE / "articles" / f"{name}.md")]) if isinstance(item, Reading))
    return found


def check(name: str, as_of: datetime | None = None) -> tuple[Flag, ...]:
    return check_article(read_article(name), read_folder("story"), as_of).flags


@pytest.mark.parametrize(("article", "kind", "words", "why"), PLANTED)
def test_planted_errors_are_found_and_told(article: str, kind: str, words: str, why: str) -> None:
    found = [f for f in check(article) if f.kind == kind and words in f.quote]
    assert len(found) == 1
    assert why in found[0].why


# The calendar's made-up tolls are not those of the story, to which others may object too.
@pytest.mark.parametrize("article", sorted({row[0] for row in PLANTED} - {"calendar"}))
def test_nothing_else_is_objected_to(article: str) -> None:
    planted = [words for name, _, words, _ in PLANTED if name == article]
    alarms = [f for f in check(article) if f.kind in ALARMS]
    assert all(any(words in f.quote for words in planted) for f in alarms)


def test_a_right_article_raises_no_alarm() -> None:
    assert not [f for f in check("right") if f.kind in ALARMS]


def test_support_is_counted_by_origins_and_not_by_reports() -> None:
    kinds = {f.quote: f.kind for f in check("right")}
    assert kinds["eight people were killed in the flood"] == "corroborated"
    assert kinds["Sixty people were killed or injured"] == "single-origin"
    assert kinds["Prosecutors in Porto have opened an inquiry"] == "single-origin"


def test_a_story_checked_against_itself_raises_only_what_is_planted() -> None:
    story = read_folder("story")
    alarms = {(r.report.id, f.kind) for r in story for f in check_article(r, story).flags if f.kind in ALARMS}
    assert alarms == {("dam-5", "contradicted")}


def test_a_correction_by_the_outlet_counts_against_the_earlier_version_only() -> None:
    story = {r.report.id: r for r in read_folder("story")}
    (flag,) = (f for f in check_article(story["dam-5"], story.values()).flags if f.kind == "contradicted")
    assert "own version of 16:00 on 8 March 2031" in flag.why
    assert "Correction" in flag.why
    assert not [f for f in check_article(story["dam-6"], story.values()).flags if f.kind in ALARMS]


def test_what_came_later_does_not_make_an_article_outdated_unless_asked() -> None:
    old = [r for r in read_folder("story") if r.report.id == "dam-2"]
    kinds = [f.kind for f in check_article(old[0], read_folder("story")).flags if f.quote == "Forty people are missing"]
    assert "outdated" not in kinds
    later = datetime(2031, 3, 10, tzinfo=UTC)
    flags = check_article(old[0], read_folder("story"), later).flags
    assert [f.kind for f in flags if f.quote == "Forty people are missing"] == ["outdated"]


def test_only_what_was_known_then_counts_as_of_then() -> None:
    assert not [f for f in check("stale", datetime(2031, 3, 6, tzinfo=UTC)) if f.kind in ALARMS]


def test_an_article_is_not_compared_with_itself() -> None:
    story = read_folder("story")
    for known in (story[0], replace(story[0], report=replace(story[0].report, id="other", digest=""))):
        checked = check_article(story[0], [known])
        assert len(checked.picture.readings) == 1
        assert {f.kind for f in checked.flags} <= {"unsupported"}


def test_without_reports_only_the_impossible_is_objected_to() -> None:
    flags = check_article(read_article("calendar"), []).flags
    assert {f.kind for f in flags} <= {"impossible", "unsupported"}


def test_flags_name_claims_of_the_picture_and_keep_their_words() -> None:
    for name in sorted({row[0] for row in PLANTED}):
        article = read_article(name)
        checked = check_article(article, read_folder("story"))
        known = {c.id for r in checked.picture.readings for c in r.claims}
        for flag in checked.flags:
            assert article.report.text[flag.start : flag.end] == flag.quote != ""
            assert set(flag.against) <= known
            assert flag.why


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=200), st.sampled_from([row[0] for row in PLANTED]))
def test_no_text_breaks_a_check(words: str, name: str) -> None:
    base = read_article(name).report
    reading = read_report(Report(id="x", text=words + "\n" + base.text[:300] + words, title=words, outlet=words))
    for flag in check_article(reading, read_folder("story")).flags:
        assert reading.report.text[flag.start : flag.end] == flag.quote
