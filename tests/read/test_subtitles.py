from hypothesis import given
from hypothesis import strategies as st

from sayso.read.reports import Content
from sayso.read.subtitles import read_subtitles
from sayso.record import Problem, Report

SRT = """1
00:00:01,000 --> 00:00:04,000
The governor said on Friday

2
00:00:04,500 --> 00:00:08,000
that <i>the dam</i> gave way.

3
00:01:09,000 --> 00:01:12,000
{\\an8}Nine are missing.
"""
VTT = """WEBVTT - a broadcast

NOTE made by hand

STYLE
::cue { color: red }

intro
00:01.000 --> 00:04.000 align:start
<v Ann Orr>The dam gave way.

00:04.500 --> 00:08.000
<v Jo Lind>How many are <c.loud>missing</c>?
"""
ROLLED = """WEBVTT

00:01.000 --> 00:02.000
the dam

00:02.000 --> 00:03.000
the dam
gave<00:02.500><c> way</c>
"""


def item_of(text: str) -> Report | Problem:
    (item,) = read_subtitles(Content(content=text.encode("utf8"), name="in.srt"))
    return item


def test_paragraphs_with_their_times() -> None:
    report = item_of(SRT)
    assert isinstance(report, Report)
    assert report.text == (
        "[00:00:01]\nThe governor said on Friday that the dam gave way.\n\n[00:01:09]\nNine are missing."
    )


def test_who_speaks() -> None:
    report = item_of(VTT)
    assert isinstance(report, Report)
    assert report.text == ("[00:00:01]\nAnn Orr: The dam gave way.\n\n[00:00:04]\nJo Lind: How many are missing?")


def test_words_that_roll_up_are_given_once() -> None:
    report = item_of(ROLLED)
    assert isinstance(report, Report) and report.text == "[00:00:01]\nthe dam gave way"


def test_subtitles_without_words() -> None:
    assert isinstance(item_of("WEBVTT\n\n00:01.000 --> 00:04.000\n\n"), Problem)


@given(st.text(max_size=200))
def test_any_text_gives_one_item(text: str) -> None:
    item_of(text)
    item_of(SRT + text)
