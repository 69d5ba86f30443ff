"""What outlets took back is told with words that say what it was."""

from datetime import UTC, datetime

from sayso.extract import read_report
from sayso.record import Report
from sayso.tell.changes import tell_corrections
from sayso.tell.sources import Sources
from sayso.weigh import weigh_readings


def corrections_of(text: str) -> list[str]:
    published = datetime(2031, 5, 3, 9, tzinfo=UTC)
    picture = weigh_readings([read_report(Report(id="r", text=text, outlet="Harbour Echo", published=published))])
    return [sentence.text for sentence in tell_corrections(picture, Sources(picture))]


def test_what_was_taken_back_is_quoted() -> None:
    (told,) = corrections_of("The pump is Danish.\n\nAn earlier version of this article said that the pump was German.")
    assert told == "Harbour Echo corrected itself on 3 May: it no longer says “the pump was German”."


def test_words_that_say_nothing_alone_are_not_quoted() -> None:
    assert not corrections_of("The pump is Danish.\n\nAn earlier version of this article said that it is not.")
