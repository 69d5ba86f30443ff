"""Texts that are no tidy English article: transcripts, other languages, marks that do not match, capitals, length."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.extract.attributions import find_attributions
from sayso.extract.foreign_quotations import find_foreign_quotations
from sayso.extract.parsers import parse_text
from sayso.extract.transcripts import find_turns
from sayso.grammar.quotations import Marked, find_quotations
from sayso.record import Reading, Report

HEARING = (
    "MODERATOR: Welcome. Minister, is the dam safe?\n"
    "MR. SMITH: The dam is safe. I believe that it will hold.\n\nWe check it daily.\n"
    "MODERATOR: Thank you.\n"
    "SEN. WARREN (D-MA): It is not safe.\n"
)


def read(text: str, language: str = "") -> Reading:
    return find_attributions(Reading(report=Report(id="r", text=text, language=language)), parse_text(text))


def tell(text: str, language: str = "") -> list[tuple[str, str, str]]:
    """Speaker's name, stance and first words of the content of each attribution."""
    return [
        (a.speaker.name if a.speaker else "", a.stance, text[slice(*a.content[0])])
        for a in read(text, language).attributions
    ]


def test_the_label_is_the_source_of_a_turn() -> None:
    assert tell(HEARING) == [
        ("Moderator", "asks", "Welcome. Minister, is the dam safe?"),
        ("Smith", "asserts", "The dam is safe. I believe that it will hold."),
        ("Smith", "suspects", "that it will hold"),
        ("Moderator", "asserts", "Thank you."),
        ("Warren", "asserts", "It is not safe."),
    ]
    turn = read(HEARING).attributions[1]
    assert [HEARING[s:e] for s, e in turn.cue] == [":"] and turn.directness == "direct" and len(turn.content) == 2


def test_question_and_answer() -> None:
    found = tell("Q: Why did he leave?\nA: Because it rained.\nQ: And now?\nA: Nobody knows.")
    assert [(name, stance) for name, stance, _ in found] == [("interviewer", "asks"), ("A", "asserts")] * 2


@pytest.mark.parametrize(
    "text",
    [
        "TALKS FAIL: MINISTER SAYS\nPARIS: Talks failed on Monday.\nPhoto: AFP\nSource: ministry",
        "KYIV: A bridge fell.\nThe road is closed.",
        "- Last seen: mid-January.\n- Why: losses.\n- What next: nobody knows.",
        "Note: this story was updated.\nRead more: The bridge\nThe bridge fell on Monday.",
        "",
        "A: ",
    ],
)
def test_what_only_looks_like_a_transcript_is_none(text: str) -> None:
    assert find_turns(text) == []


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("it", "Il ministro Ivan Petri ha dichiarato: «È giù».", ("Ivan Petri", "asserts", "«È giù»")),
        ("it", "«La strada è chiusa», ha detto Anna Lima.", ("Anna Lima", "asserts", "«La strada è chiusa»")),
        ("it", "Secondo La Repubblica, sono morti in due.", ("La Repubblica", "asserts", "sono morti in due")),
        ("pt", "«A ponte fechou», disse Ana Lima.", ("Ana Lima", "asserts", "«A ponte fechou»")),
        ("pt", "Ana Lima negou: «Não, nunca.»", ("Ana Lima", "denies", "«Não, nunca.»")),
        ("nl", "“De brug is dicht”, zei Olaf Mulder.", ("Olaf Mulder", "asserts", "“De brug is dicht”")),
        ("pl", "„Most jest zamknięty” – powiedział Jan Nowak.", ("Jan Nowak", "asserts", "„Most jest zamknięty”")),
    ],
)
def test_other_languages_by_quotation_marks_and_names(language: str, text: str, told: tuple[str, str, str]) -> None:
    assert told in tell(text, language)
    (problem,) = read(text, language).problems
    assert language in problem.message


def test_a_language_without_words_in_the_table_is_said_to_be_one() -> None:
    reading = read("「橋は閉鎖された」と市長は述べた。", "ja")
    assert reading.attributions == () and "ja" in reading.problems[0].message


def test_quotations_inside_quotations_keep_their_outermost_speaker() -> None:
    text = "“He told us: ‘She said: “Run!” and I ran,’ and then he wept,” Ann Lee said."
    names = [a.speaker.name for a in read(text).attributions if a.speaker]
    assert "Ann Lee" in names


@pytest.mark.parametrize(
    "text",
    [
        '"The bridge is gone, the mayor said. Nobody was hurt.',
        'The bridge is gone," the mayor said.',
        "The mayor said: “The bridge is gone.\n\nNobody was hurt, the mayor said.",
    ],
)
def test_marks_without_a_partner_cost_no_source(text: str) -> None:
    assert any(a.speaker and "mayor" in a.speaker.name for a in read(text).attributions)


def test_headlines_in_capitals_are_read() -> None:
    text = "BRIDGE IS GONE, MAYOR SAYS\nThe bridge is gone, Mayor Ann Lee said on Monday."
    assert any(a.speaker and a.speaker.name == "Ann Lee" for a in read(text).attributions)


def test_finders_take_time_linear_in_length(spend: Callable[..., float]) -> None:
    quoted = "Ivan Petri ha dichiarato: «No». Secondo Anna Lima, sono morti in due. "

    def find(n: int) -> None:
        assert len(find_turns(HEARING * n)) == 4 * n
        text = quoted * n
        assert len(find_foreign_quotations(text, Marked(find_quotations(text)), "it")) == 2 * n

    assert spend(lambda: find(1200)) < 12 * spend(lambda: find(300)) + 0.5


LINES = st.sampled_from(
    ["Q: ", "A: ", "MODERATOR: ", "MR. SMITH: ", "Ann Lee: ", ": ", "He said it rained. ", "“I ", "left” ", "\n",
     "\n\n", "Q:", "«Да», — сказал Иван. ", "„Ja“, sagte ", "Laut ", "Selon X, ", "заявил: «"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(LINES, max_size=20).map("".join), st.sampled_from(["", "en", "ru", "de", "fr", "xx"]))
def test_spans_lie_inside_any_lines(text: str, language: str) -> None:
    for attribution in read(text, language).attributions:
        spans = (*attribution.source, *attribution.cue, *attribution.content)
        assert attribution.cue and attribution.content
        assert all(0 <= s < e <= len(text) for s, e in spans)
