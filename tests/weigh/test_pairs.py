"""Rows of pairs: answers, what is wrong with a row, and how it all looks from the command line."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sayso.cli import app
from sayso.record import Problem
from sayso.weigh.pairs import LONGEST_TEXT, Compared, compare_pairs

RUNNER = CliRunner()
FERRY = {"text": "Nine people drowned when the ferry sank, the harbour master said.", "published": "2031-05-01"}
LATER = {"text": "The harbour master has raised the toll of the sunken ferry to 14 dead.", "published": "2031-05-03"}


def row(a: object, b: object, name: str = "p1") -> str:
    return json.dumps({"id": name, "a": a, "b": b})


def answer(*lines: str | bytes) -> list[Compared | Problem]:
    text = b"\n".join(line if isinstance(line, bytes) else line.encode() for line in lines)
    return list(compare_pairs(iter([text]), "pairs.jsonl"))


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        ({**FERRY, "source": "harbour master"}, {**LATER, "source": "harbour master"}, "revision"),
        (
            {"text": "The Ostra crossing was open on Friday.", "published": "2031-05-02", "source": "driver"},
            {"text": "The Ostra crossing was shut on Friday.", "published": "2031-05-02", "source": "customs officer"},
            "contradiction",
        ),
        (
            {
                "text": "At least 60 sheep were lost in the flood at Ostra.",
                "published": "2031-05-02",
                "source": "farmer",
            },
            {"text": "Seventy sheep were lost in the flood at Ostra.", "published": "2031-05-02", "source": "a vet"},
            "compatible",
        ),
        (
            {"text": "A storm sank the ferry off Ostra on Friday.", "published": "2031-05-02", "source": "coast guard"},
            {"text": "Ostra's new ferry is painted on Friday.", "published": "2028-01-10", "source": "town council"},
            "unrelated",
        ),
        ("The pipe carried 2.5m litres.", "The pipe carried 2,500,000 litres.", "same"),
        ("The fair closes on 9 May.", "The fair closes on May 9.", "same"),
        ("Divers found the anchor of the ferry.", "The anchor of the ferry was found by divers.", "same"),
        ("The ferry hit the tug.", "The tug hit the ferry.", "contradiction|scope|unrelated|compatible|revision"),
        ("Six riders were killed in the slide.", "Six riders were hurt in the slide.", "scope"),
        ("The story that six riders were killed is untrue.", "Six riders were killed.", "contradiction"),
        ("The bank denied that it lost 90 loans.", "The bank did not deny that it lost 90 loans.", "contradiction"),
        ("All but three of the 11 crew died.", "Eight of the crew died.", "same"),
        ("Dozens of lambs were lost in the flood.", "Some 70 lambs were lost in the flood.", "compatible"),
        ("Nine riders died in the slide.", "Nine riders were hurt in the slide.", "scope"),
        ("15 nurses fell ill in Ostra.", "15 nurses recovered in Ostra.", "scope"),
        ("Six soldiers were killed in the raid.", "Six civilians were killed in the raid.", "scope"),
        ("20 houses were flooded by the river.", "20 shops were flooded by the river.", "scope"),
        ("20 houses were flooded by the river.", "20 homes were flooded by the river.", "same"),
        ("Four villages were seized.", "Four villages were shelled.", "scope"),
        ("Nine people were killed in Lyon.", "Nine people were killed in Nice.", "scope"),
        ("Seven were hurt in Lyon.", "Nine were hurt in Nice.", "scope|unrelated"),
        ("The bishop stepped down.", "The bishop offered to step down.", "scope"),
        ("The dean quit.", "The dean threatened to quit.", "scope"),
        ("The mill closed.", "The mill may close.", "scope"),
        ("The claim that 20 barns burned is wrong, the dean said.", "20 barns burned, the dean said.", "contradiction"),
        ("The club denied that the coach left.", "The club would not say that the coach left.", "contradiction"),
        ("Miners occupied the pit.", "Guards retook the pit a day after miners occupied it.", "revision"),
        ("The pass was closed.", "The pass was reopened hours after it was closed.", "revision"),
        ("Thieves seized the boat.", "After thieves seized the boat, divers recovered it.", "revision"),
        ("Rebels took the fort.", "Rebels took the fort but the guards retook it two days later.", "revision"),
        ("Herders blocked the pass.", "Herders blocked the pass before police cleared it.", "revision"),
        ("The death toll is 12.", "The death toll rose from 12 to 19.", "revision"),
        ("300 riders are missing.", "The number of missing riders fell from 300 to 120.", "revision"),
        ("Rebels took the fort.", "The mayor spoke hours after rebels took the fort.", "same|compatible|unrelated"),
    ],
)
def test_relations(a: object, b: object, relation: str) -> None:
    (found,) = answer(row(a, b))
    assert isinstance(found, Compared)
    assert found.relation in relation.split("|")
    assert len(found.why) > 20


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (
            "Divers raised the anchor of the old ferry off Ostra.",
            "Off Ostra, divers have raised the old ferry's anchor.",
        ),
        (
            "The council will not sell the mill, its clerk said.",
            "The mill will not be sold by the council, said its clerk.",
        ),
        (
            "A mast fell on the quay during the storm and crushed two vans, but no one was aboard.",
            "During the storm a mast fell on the quay and two vans were crushed.",
        ),
    ],
)
def test_one_thing_in_other_words_is_no_contradiction(a: str, b: str) -> None:
    for pair in ((a, b), (b, a)):
        (found,) = answer(row(*pair))
        assert isinstance(found, Compared) and found.relation in ("same", "compatible")


def test_a_claim_may_be_a_string_and_a_row_may_have_no_id() -> None:
    found = answer("", json.dumps({"a": "It rained.", "b": "It rained."}))
    assert [item.id for item in found if isinstance(item, Compared)] == ["pairs.jsonl:2"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("[1, 2]", "not a JSON object"),
        ("{", "not JSON"),
        (b"\xff\xfe{}", "not JSON"),
        ("[" * 100_000, "not JSON"),
        (json.dumps({"id": "x", "a": "It rained."}), '"b" is missing'),
        (row("It rained.", ""), '"b": the text is empty'),
        (row("It rained.", "   "), '"b": the text is empty'),
        (row(17, "It rained."), '"a": neither a string'),
        (row({"text": None}, "It rained."), '"a": neither a string'),
        (row("x" * (LONGEST_TEXT + 1), "It rained."), "a claim has 20,000 at most"),
        (row("y " * 500_000, "It rained."), "a claim has 20,000 at most"),
        (row({"text": "It rained.", "published": "2031-13-45"}, "It rained."), "is no date"),
        (row({"text": "It rained.", "published": 20310501}, "It rained."), "is no date"),
    ],
)
def test_a_row_that_holds_no_pair_is_named_and_the_rest_goes_on(line: str | bytes, words: str) -> None:
    first, second = answer(line, row("It rained.", "It did not rain."))
    assert isinstance(first, Problem)
    assert first.input == "pairs.jsonl:1"
    assert words in first.message
    assert isinstance(second, Compared)


def test_the_command_prints_answers_and_exits_with_1_where_a_row_failed(tmp_path: Path) -> None:
    path = tmp_path / "pairs.jsonl"
    path.write_text(row("It rained.", "It did not rain.") + "\nnothing\n", "utf8")
    done = RUNNER.invoke(app, ["compare", str(path), "--format", "jsonl"])
    assert done.exit_code == 1
    (line,) = done.stdout.splitlines()
    assert {"id", "relation", "why"} <= set(json.loads(line))
    assert f"{path}:2" in done.stderr


def test_the_command_reads_standard_input_and_names_a_file_that_is_none() -> None:
    done = RUNNER.invoke(app, ["compare", "-", "--format", "json"], input=row("It rained.", "It rained."))
    assert done.exit_code == 0
    assert json.loads(done.stdout)[0]["id"] == "p1"
    assert RUNNER.invoke(app, ["compare", "no-such-file.jsonl"]).exit_code == 1
    assert RUNNER.invoke(app, ["compare", "-", "--format", "xml"], input="").exit_code == 2
