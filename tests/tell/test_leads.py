"""What a brief leads with: no claim that the other reports make doubtful."""

from datetime import UTC, datetime, timedelta

import pytest

from sayso.extract import read_report
from sayso.record import Picture, Report
from sayso.tell import leads
from sayso.tell.sources import Sources
from sayso.weigh import weigh_readings
from sayso.weigh.checks.doubts import rate_claims
from sayso.weigh.facts import gather_facts

FIRST = datetime(2031, 5, 3, 9, tzinfo=UTC)
TEXTS = (
    "The guard of the Korvo mint, Anton Vesk, was hurt by the robbers on Tuesday, the police said. They took 40 bars.",
    "Anton Vesk, who guards the Korvo mint, was hurt on Tuesday by robbers who took 40 bars, the hospital said.",
    "Robbers hurt the guard of the Korvo mint, Anton Vesk, on Tuesday and left with 40 bars, the mayor said.",
    "Hero guard Anton Vesk died on Tuesday when robbers at the Korvo mint grabbed 400 bars, the police said.",
)


@pytest.fixture(scope="module")
def picture() -> Picture:
    reports = (
        Report(id=f"r{n}", digest=f"d{n}", text=text, outlet=f"Outlet {n}", published=FIRST + timedelta(hours=n))
        for n, text in enumerate(TEXTS)
    )
    return weigh_readings([read_report(report) for report in reports])


def tell(picture: Picture) -> list[str]:
    return [lead.facts[0].claim.id for lead in leads.find_leads(picture, Sources(picture))]


def test_what_is_doubtful_does_not_lead(picture: Picture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leads, "rate_claims", lambda facts, readings, chosen: {})
    first = tell(picture)[0]
    monkeypatch.setattr(leads, "rate_claims", lambda facts, readings, chosen: {first: leads.LEAST_OF_FEW})
    assert first not in tell(picture)


def test_who_stands_alone_against_the_others_is_the_most_doubtful(picture: Picture) -> None:
    facts = gather_facts(picture.readings, picture.provenance, picture.origins)
    chances = rate_claims(facts, picture.readings, {fact.claim.id for fact in facts})
    worst = max(chances, key=lambda claim: chances[claim])
    assert next(fact.report.id for fact in facts if fact.claim.id == worst) == "r3"


def test_only_the_chosen_are_rated(picture: Picture) -> None:
    facts = gather_facts(picture.readings, picture.provenance, picture.origins)
    one = facts[0].claim.id
    assert set(rate_claims(facts, picture.readings, {one})) <= {one}
    assert rate_claims(facts, picture.readings, frozenset()) == {}


def test_no_sentence_leads_twice(picture: Picture, monkeypatch: pytest.MonkeyPatch) -> None:
    """Claims of one sentence may share their words, each with another figure of it."""
    monkeypatch.setattr(leads, "is_told", lambda *_: False)
    told = [lead.sentence for lead in leads.find_leads(picture, Sources(picture))]
    assert len(told) == len(set(told)) > 1
