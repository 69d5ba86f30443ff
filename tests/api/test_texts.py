"""One text: read by itself, and checked against a ledger."""

from pathlib import Path

import pytest

import sayso

WORDS = "The mayor, Rosa Quispe, said on Tuesday that 40 miners are missing in Puno."


def test_a_text_is_read_with_its_facts() -> None:
    read = sayso.read(WORDS, outlet="The Wire", published="2031-05-01")
    assert read.text == WORDS
    assert read.attributions.table[0]["speaker"] == "Rosa Quispe"
    assert read.attributions.table[0]["cue"] == "said"
    assert read.claims.table[0]["speaker"] == "Rosa Quispe"
    assert read.figures[0]["low"] == 40
    assert read.times[0]["value"] == "2031-04-29"
    assert read.places[0]["name"] == "Puno"
    assert read.row["outlet"] == "The Wire"
    assert repr(read).startswith("<text of The Wire: 1 attribution, 1 claim")


def test_a_text_is_kept_to_the_character() -> None:
    odd = "  \t" + WORDS + "\n\n "
    assert sayso.read(odd).text == odd


def test_a_claim_that_is_nobodys_has_no_speaker() -> None:
    assert [row["speaker"] for row in sayso.read("Forty miners are missing.").claims.table] == [""]


def test_a_file_is_read_as_the_commands_read_it(folder: Path) -> None:
    read = sayso.read(folder / "one.md")
    assert read.row["id"] == "r1"
    assert read.row["outlet"] == "The Wire"


@pytest.mark.parametrize("words", ["", " \n", "\x00" * 3, "\ud800 is here, he said.", "# ---\n---", "<p>Ten died.</p>"])
def test_no_text_is_too_much(words: str) -> None:
    if words.strip():
        assert isinstance(sayso.read(words), sayso.ReadText)
    else:
        with pytest.raises(sayso.Error, match="empty"):
            sayso.read(words)


def test_a_fact_of_another_name_is_refused() -> None:
    with pytest.raises(sayso.Error, match="publisher: the facts of a text are id, outlet"):
        sayso.read(WORDS, publisher="The Wire")  # type: ignore[call-arg]


def test_a_file_of_no_report_or_of_several_is_refused(tmp_path: Path) -> None:
    several = tmp_path / "two.jsonl"
    several.write_text('{"text": "Ten died, he said."}\n{"text": "Nine died, she said."}\n', encoding="utf8")
    with pytest.raises(sayso.Error, match="holds 2 reports"):
        sayso.read(several)
    with pytest.raises(sayso.Error, match=r"none\.txt"):
        sayso.read(tmp_path / "none.txt")


def test_what_a_notebook_shows_is_escaped() -> None:
    page = sayso.read("The <i>mayor</i> said that 40 <i>miners</i> are missing.")._repr_html_()
    assert "miners" in page
    assert "<i>" not in page


def test_a_text_is_checked_against_a_ledger(story: sayso.OpenLedger) -> None:
    checked = story.check("It happened on Monday, 31 April 2031, the mayor said.", published="2031-05-05")
    (flag,) = checked.objections
    assert flag["kind"] == "impossible"
    assert flag["quote"] in checked.checked.article.report.text
    assert len(checked.flags) >= 1
    assert "impossible" in str(checked)
    assert checked.html.startswith("<!doctype html>")
    assert "impossible" in checked._repr_html_()


def test_two_claims_are_compared() -> None:
    compared = sayso.compare(
        {"text": "Six miners were killed.", "published": "2031-05-01"}, {"text": "Six people were killed in the mine."}
    )
    assert (compared.relation, compared.stance) == ("same", "supports")
    assert compared.why


@pytest.mark.parametrize(("a", "b"), [("", "Six died."), ("Six died.", {"outlet": "The Wire"}), (None, "Six died.")])
def test_what_is_no_claim_is_refused(a: object, b: object) -> None:
    with pytest.raises(sayso.Error, match=r'"[ab]"'):
        sayso.compare(a, b)  # type: ignore[arg-type]


def test_an_answer_that_begins_its_report_says_where() -> None:
    answers = sayso.read("Three ferries were damaged, the harbour master said.").claims[0]["answers"]
    assert {"start": 0, "end": 5} in [{"start": one["start"], "end": one["end"]} for one in answers]
