from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.extract import read_report
from sayso.record import Reading, Report


def read(text: str) -> Reading:
    return read_report(Report(id="r", text=text, outlet="Tide"))


def name_chain(reading: Reading, number: int | None) -> list[str]:
    """Who is said to have said a claim, from the outermost in, the outlets between among them."""
    names: list[str] = []
    while number is not None:
        said = reading.attributions[number]
        names = [*said.via, said.speaker.name if said.speaker else "", *names]
        number = said.within
    return list(dict.fromkeys(names))


@pytest.mark.parametrize(
    ("text", "claim", "chain"),
    [
        (
            "Mrs Lind said a nurse had told her that the surgeon said six men died.",
            "six men died",
            ["Lind", "a nurse", "the surgeon"],
        ),
        (
            "Ms Roth said an engineer had told her that the mayor's deputy had reported 12 leaks.",
            "had reported 12 leaks",
            ["Roth", "an engineer", "the mayor's deputy"],
        ),
        (
            "Mr Prat said he was told by the skipper that a diver had seen two hulls.",
            "a diver had seen two hulls",
            ["Prat", "the skipper", "a diver"],
        ),
        (
            "Prat said that his sister had heard from a baker that the mill was on fire.",
            "the mill was on fire",
            ["Prat", "his sister", "a baker"],
        ),
        ("Ana Lind said the pilot claimed to have landed on the ice.", "landed on the ice", ["Ana Lind", "the pilot"]),
        (
            "Tass reported that Interfax had quoted a customs officer as saying that nine lorries were stopped.",
            "nine lorries were stopped",
            ["TASS", "Interfax", "a customs officer"],
        ),
        (
            "The BBC quoted a keeper as saying that three lions had got out.",
            "three lions had got out",
            ["BBC News", "a keeper"],
        ),
        (
            "Guests quoted by Reuters said waiters had told them that the chef was ill.",
            "the chef was ill",
            ["Reuters", "Guests", "waiters"],
        ),
        (
            "Reuters, citing NRK, which quoted skiers, reported four missing.",
            "reported four missing",
            ["Reuters", "NRK", "skiers"],
        ),
        (
            "The BBC, citing a report in Haaretz that quoted two surveyors, said 14 wells had dried up.",
            "14 wells had dried up",
            ["BBC News", "Haaretz", "two surveyors"],
        ),
        (
            "Reuters reported, citing TASS, which spoke to two miners, that the shaft had flooded.",
            "the shaft had flooded",
            ["Reuters", "TASS", "two miners"],
        ),
        (
            "Axios reported, citing a port official, that the strike would end.",
            "the strike would end",
            ["Axios", "a port official"],
        ),
        (
            "According to Bild, which cited the customs service, 30 lorries were held.",
            "30 lorries were held",
            ["Bild", "customs service"],
        ),
    ],
)
def test_a_claim_is_the_last_one_s_by_way_of_all_the_others(text: str, claim: str, chain: list[str]) -> None:
    reading = read(text)
    found = [name_chain(reading, c.attribution) for c in reading.claims if claim in c.text]
    assert found == [chain], [(c.text, name_chain(reading, c.attribution)) for c in reading.claims]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The minister denied that the army had said 20 men drowned.", "The minister"),
        ("The spokesman said soldiers had not seen the divers for two weeks.", "The spokesman"),
        ("The mayor said the bridge had fallen and the governor had told him that it was old.", "The mayor"),
    ],
)
def test_what_is_denied_seen_or_only_added_is_the_first_one_s(text: str, speaker: str) -> None:
    assert [a.speaker.name for a in read(text).attributions if a.speaker] == [speaker]


def test_what_is_quoted_is_not_misquoted() -> None:
    (claim,) = read("Reuters quoted the governor as telling guests that 14 barns burned.").claims[-1:]
    assert claim.stands == "asserted"


def test_no_chain_takes_more_than_linear_time(spend: Callable[..., float]) -> None:
    text = "Ana said " + "that Ben had told her, citing Reuters, which quoted Cleo, " * 400
    once = spend(lambda: read(text + "that it rained."))
    assert spend(lambda: read(text + text + "that it rained.")) < 4 * once + 1
