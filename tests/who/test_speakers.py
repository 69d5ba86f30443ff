"""Who the sources are, through whom their words came, and whom later words mean; the cases stand in ``data``."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marking import describe, read_marks

from sayso.extract.attributions import find_attributions
from sayso.extract.parsers import parse_text
from sayso.record import Attribution, Reading, Report, Speaker

DATA = Path(__file__).parent / "data"


def load_cases(name: str) -> list[list[str]]:
    """The rows of a table of cases, without comment and heading; line ends in the texts are written ``\\n``."""
    lines = [line for line in (DATA / name).read_text("utf8").splitlines() if line and not line.startswith("#")]
    return [[cell.replace("\\n", "\n") for cell in line.split("\t")] for line in lines[1:]]


def speakers_of(text: str) -> list[Speaker]:
    found = find_attributions(Reading(report=Report(id="r", text=text)), parse_text(text)).attributions
    return [attribution.speaker for attribution in found if attribution.speaker]


def show_chain(attribution: Attribution) -> str:
    assert attribution.speaker is not None
    return " < ".join((*attribution.via, attribution.speaker.name))


@pytest.mark.parametrize(("text", "name", "kind", "affiliation", "anonymous"), load_cases("kinds.tsv"))
def test_kinds_of_sources(text: str, name: str, kind: str, affiliation: str, anonymous: str) -> None:
    speaker = describe(text)[0].speaker
    assert speaker is not None
    found = (speaker.name, speaker.kind, speaker.affiliation, speaker.anonymous)
    assert found == (name, kind, affiliation, anonymous == "yes")


@pytest.mark.parametrize(("text", "chains"), load_cases("chains.tsv"))
def test_chains(text: str, chains: str) -> None:
    assert " | ".join(map(show_chain, describe(text))) == chains


@pytest.mark.parametrize(("text", "speakers"), load_cases("resolved.tsv"))
def test_sources_are_resolved(text: str, speakers: str) -> None:
    found = [(s.name, s.role, s.affiliation) for a in describe(text) if (s := a.speaker)]
    assert found == [tuple(part.strip() for part in one.split(",")) for one in speakers.split("|")]


def test_the_reports_own_outlet_relays_nothing_to_itself() -> None:
    (told,) = describe("[Two ships sank], {a diplomat quoted by Reuters} <said>.", outlet="Reuters")
    assert told.via == ()


PIECES = st.sampled_from(
    ["{He}", "{The colonel}", "{Col. Ann Lee}", "{Lee}", "{a diplomat quoted by Reuters}", "{Reuters, citing Lee}",
     "{it}", "{one of the guards}", "{\"Wolf\", a sniper,}", "{her ministry}", "{who}",
     "{The Nordblad newspaper's sources}"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(PIECES, st.sampled_from(["<said>", "<told> Reuters", "was quoted as <saying>"])), max_size=6))
def test_every_marked_source_gets_a_speaker(turns: list[tuple[str, str]]) -> None:
    marked = " ".join(
        f"{source[0]}{n} {source[1:]} {cue.replace('<', f'<{n} ')} [{n} that it rained]."
        for n, (source, cue) in enumerate(turns, 1)
    )
    _, spans = read_marks(marked)
    found = describe(marked)
    assert len(found) == len(spans) == len(turns)
    for attribution in found:
        assert attribution.speaker is not None and attribution.speaker.name
        assert len(set(attribution.via)) == len(attribution.via)
        assert attribution.speaker.kind != "outlet" or attribution.speaker.name not in attribution.via


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("the daily Orva Observer reported", "Orva Observer"),
        ("the weekly Quay Lamp wrote", "Quay Lamp"),
        ("the newspaper Sarna Mirror said", "Sarna Mirror"),
        ("according to the Velsk Sentinel", "Velsk Sentinel"),
    ],
)
def test_a_name_beside_an_article_or_a_noun_of_the_press_is_an_outlets(told: str, name: str) -> None:
    """And what is called "the paper" or "the newspaper" next is that outlet."""
    found = speakers_of(f"Eleven men were hurt in the mill, {told}. The fire began at noon, the paper said.")
    assert [(s.name, s.kind) for s in found] == [(name, "outlet")] * 2


def test_a_person_for_whom_a_thing_is_named_stays_one() -> None:
    """ "The Marta Olsen case" has an article and is no paper."""
    text = "The Marta Olsen case was closed, the court said. Marta Olsen said she would appeal. The group left."
    assert ("Marta Olsen", "person") in {(s.name, s.kind) for s in speakers_of(text)}


def test_a_reporter_with_the_name_of_a_paper_is_a_person() -> None:
    assert {s.kind for s in speakers_of("The mill had no alarm, Ana Tribuna told the judge. Tribuna saw it burn.")} == {
        "person"
    }


@pytest.mark.parametrize(
    ("words", "body"),
    [
        ("Lena Hiss of the Harbour Trust", "Harbour Trust"),
        ("Lena Hiss, with the aid group Clear Water,", "Clear Water"),
        ("Lena Hiss from the Port Workers' Union", "Port Workers' Union"),
        ("Lena Hiss (Green Party)", "Green Party"),
        ("Lena Hiss of Novograd", ""),
    ],
)
def test_a_body_after_a_name_is_where_its_bearer_belongs(words: str, body: str) -> None:
    (first, second) = speakers_of(f"{words} said that two boats were lost. A third sank at noon, Hiss said.")
    assert first.affiliation == second.affiliation == body
