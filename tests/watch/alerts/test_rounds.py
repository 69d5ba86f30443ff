"""Rounds: what each kind of rule finds in what is new, once, and what a killed run leaves."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from alert_samples import MINE, NOW

from sayso.errors import Error
from sayso.extract import read_report
from sayso.foresee.scenarios import draft_indicator, draft_scenarios, read_scenarios
from sayso.ledger import Ledger
from sayso.record import Report
from sayso.watch.alerts import rounds
from sayso.watch.alerts.alerts import Alert, Message
from sayso.watch.alerts.rounds import find_alerts, list_published, run_alerts, run_round
from sayso.watch.alerts.rules import ROW, Rule, draft_rule, load_rules
from sayso.watch.alerts.stores import AlertStore, Mark
from sayso.watch.alerts.touched import Touched, Weigher

Add = Callable[..., Report]
MAYOR, POLICE = MINE.format(count=40, who="mayor, Rosa Quispe,"), MINE.format(count=62, who="police")


@pytest.fixture
def store() -> AlertStore:
    return AlertStore(None)


@pytest.fixture
def go(ledger: Ledger, store: AlertStore) -> Callable[[], list[Alert]]:
    return lambda: run_alerts(ledger, store, {}, NOW)


def ask(ledger: Ledger, kind: str, **given: Any) -> Rule:
    ledger.assess(ROW, draft_rule(kind, **given), by="ana")
    return load_rules(ledger)[0][-1]


def test_a_search_tells_of_new_reports_with_their_claims_and_origins(ledger: Ledger, add: Add, go: Any) -> None:
    add("Old", MAYOR)
    ask(ledger, "search", words='"shaft fell" -embassy')
    assert go() == []
    add("Echo", POLICE, 2)
    add("Post", "The embassy said that a shaft fell in at Oruro.", 2)
    (alert,) = go()
    assert "The Echo" in alert.text and alert.story_name
    assert [(c.report, c.outlet) for c in alert.claims] == [("Echo", "The Echo")]
    assert alert.claims[0].words in POLICE and "police" in alert.claims[0].origin and "police" in alert.claims[0].chain
    assert go() == []


def test_a_search_of_claims_tells_once_what_is_told_twice(ledger: Ledger, add: Add, go: Any) -> None:
    ask(ledger, "search", words="Rosa Quispe missing", claims=True)
    add("Wire", MAYOR)
    add("Echo", MAYOR, 2)
    (alert,) = go()
    assert {c.report for c in alert.claims} == {"Wire", "Echo"}
    add("Post", MAYOR, 3)
    assert go() == []


def test_origins_are_told_when_they_reach_the_number_and_copies_do_not(ledger: Ledger, add: Add, go: Any) -> None:
    ask(ledger, "origins", words="missing", at_least=2)
    add("Wire", MAYOR)
    add("Copy", MAYOR, 2)
    assert go() == []
    add("Echo", POLICE, 2)
    (alert,) = go()
    assert (alert.was, alert.now) == ("1", "2") and "miners" in alert.question
    assert alert.claims[0].report == "Echo" and {c.report for c in alert.claims} >= {"Wire", "Echo"}
    add("Third", MINE.format(count=70, who="Red Cross"), 3)
    assert go() == []


def test_a_rule_of_one_point_says_nothing_of_others(ledger: Ledger, add: Add, go: Any) -> None:
    add("Wire", f"{MAYOR} Also, 7 dogs were rescued at Oruro, the mayor, Rosa Quispe, said.")
    missing, dogs = (
        next(c for r in ledger.readings() for c in r.claims if word in c.text) for word in ("missing", "dogs")
    )
    ask(ledger, "origins", at_least=2, claim=dogs.seat)
    rule = ask(ledger, "origins", at_least=2, claim=missing.seat)
    add("Echo", POLICE, 2)
    assert [alert.rule for alert in go()] == [rule.id]


def test_a_contradiction_is_told_with_its_witness_and_not_again_by_copies(ledger: Ledger, add: Add, go: Any) -> None:
    ask(ledger, "contradiction")
    add("Wire", POLICE)
    assert go() == []
    add("Echo", MINE.format(count=70, who="Red Cross"))
    (alert,) = go()
    assert sorted(alert.why.split(" / ")) == ["62", "70"] and "police" in alert.was and "Red Cross" in alert.now
    assert [c.report for c in alert.claims] == ["Echo", "Wire"]
    add("Copy", MINE.format(count=70, who="Red Cross"))
    assert go() == []


def test_a_line_that_moves_is_told_by_its_source(ledger: Ledger, add: Add, go: Any) -> None:
    ask(ledger, "movement", more_than="20%", source="police")
    add("Wire", MAYOR)
    add("Echo", POLICE, 2)
    assert go() == []
    add("Post", MINE.format(count=66, who="police"), 3)
    assert go() == []
    add("Late", MINE.format(count=90, who="police"), 4)
    (alert,) = go()
    assert "66" in alert.was and "90" in alert.now and [c.report for c in alert.claims] == ["Late", "Post"]


def test_a_denial_counts_by_the_grade_of_who_denies(ledger: Ledger, add: Add, go: Any) -> None:
    ask(ledger, "denial", grade="B")
    ledger.judge("grade", "Andes Tin", by="bo", reason="always right", value="B")
    ledger.judge("grade", "Sierra Lead", by="bo", reason="often wrong", value="D")
    add("Wire", "Andes Tin denied on Monday that the shaft at Oruro had been unsafe when the miners went in.")
    add("Echo", "Sierra Lead denied on Monday that it had sold the shaft at Oruro to the miners.", 2)
    (alert,) = go()
    assert "Andes Tin, graded B, denies" in alert.text
    add("Copy", "Andes Tin denied on Monday that the shaft at Oruro had been unsafe when the miners went in.", 2)
    assert go() == []


@dataclass
class Revised:
    """What stands in for a revision."""

    kind: str
    was: str
    now: str
    noted: str = ""
    claim_before: Any = None
    claim_after: Any = None


def test_a_quiet_revision_is_told_and_one_that_is_noted_is_not(ledger: Ledger, add: Add) -> None:
    rule = ask(ledger, "revision")
    add("Wire", MAYOR, url="https://wire.example/mine")
    later = add("Wire", MAYOR.replace("40", "44"), 2, url="https://wire.example/mine")
    (alert,) = find_alerts(ledger, [rule], {later.digest}, NOW)
    assert "40" in alert.was and "44" in alert.now and "44" in alert.claims[0].words
    noted = MAYOR.replace("40", "46") + "\nCorrection: An earlier version of this article gave another number."
    last = add("Wire", noted, 3, url="https://wire.example/mine")
    assert find_alerts(ledger, [rule], {last.digest}, NOW) == []


def test_an_indicator_fires_once(ledger: Ledger, add: Add, go: Any) -> None:
    body, bodies = draft_scenarios("The mine", ["S1: Retreat: soldiers leave"], exclusive=False)
    root = ledger.assess("scenarios", body, by="ana")
    ledger.assess_all([("scenario", one, "ana", root.id, None) for one in bodies])
    made = read_scenarios(root, ledger.assessments(about=root.id))
    words = "Peruvian soldiers withdraw from Puno"
    ledger.assess("indicator", draft_indicator(made, "S1", words, origins=2), by="ana", about=root.id)
    ask(ledger, "indicator")
    ask(ledger, "indicator", indicator="I7")
    told = "Peruvian soldiers withdrew from Puno on Friday, {} said."
    add("Wire", told.format("Rosa Quispe, the mayor,"), 2, title="Soldiers leave Puno")
    assert go() == []
    add("Echo", told.format("Pedro Salas, a Red Cross spokesman,"), 2, title="Soldiers leave Puno")
    (alert,) = go()
    assert "I1" in alert.text and "S1: Retreat" in alert.text and len(alert.claims) == 2
    add("Post", told.format("the police"), 2, title="Soldiers leave Puno")
    assert go() == []


def test_a_question_that_closes_soon_is_told_once(ledger: Ledger, go: Any) -> None:
    for text, days in (("Will the mine open?", 2), ("Will it rain?", 9), ("Will it have rained?", -2)):
        ledger.assess("question", {"text": text, "closes": NOW + timedelta(days=days)}, by="ana", at=NOW)
    ask(ledger, "closing", within=3)
    assert [alert.question for alert in go()] == ["Will the mine open?"]
    assert go() == []


def test_only_stories_that_something_came_to_are_weighed(
    ledger: Ledger, add: Add, go: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(ledger, "contradiction")
    add("Wire", MAYOR)
    add("Vines", "Frost killed 300 hectares of vines in Mendoza, the growers said.", title="Frost kills Mendoza vines")
    go()
    weighed: list[str] = []
    was = Touched.__init__
    monkeypatch.setattr(Touched, "__init__", lambda self, *given: (weighed.append(given[1].name), was(self, *given))[1])
    add("Echo", POLICE, 2)
    go()
    assert weighed == ["Miners missing after shaft falls in at Oruro"]


@pytest.mark.parametrize("held", [True, False])
def test_a_story_s_picture_after_a_round_is_the_one_before_the_next(
    ledger: Ledger, add: Add, store: AlertStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, held: bool
) -> None:
    """Whether it is held, or kept in the folder of what can be made again."""
    from sayso import pictures

    ask(ledger, "contradiction")
    weigher, counted, was = Weigher(ledger, tmp_path) if held else None, list[int](), pictures.know

    def know(readings: Any, *more: Any) -> Any:
        counted.append(len(readings))
        return was(readings, *more)

    monkeypatch.setattr(pictures, "know", know)
    add("Wire", POLICE)
    run_round(ledger, store, {}, NOW, cache=tmp_path, weigher=weigher)
    add("Echo", MINE.format(count=70, who="Red Cross"))
    found = run_round(ledger, store, {}, NOW, cache=tmp_path, weigher=weigher).alerts
    assert counted == [1, 2] and [len(alert.claims) for alert in found] == [2]


class Kept:
    """A sink that keeps what it is sent, or fails."""

    def __init__(self, name: str = "kept", error: Exception | None = None) -> None:
        self.name, self.error, self.messages = name, error, list[Message]()

    def send(self, message: Message) -> None:
        if self.error:
            raise self.error
        self.messages.append(message)


def test_a_run_killed_before_it_sends_sends_the_same_message_the_next_time(
    ledger: Ledger, add: Add, store: AlertStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(ledger, "search", words="miners")
    add("Wire", MAYOR)
    sink: Any = Kept()

    def die(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(rounds, "deliver", die)
        run_round(ledger, store, {"kept": sink}, NOW)
    add("Echo", POLICE, 2)
    run_round(ledger, store, {"kept": sink}, NOW)
    assert [len(message.alerts) for message in sink.messages] == [1, 1]
    assert len({message.id for message in sink.messages}) == 2


def test_a_run_killed_before_it_keeps_finds_the_same_the_next_time(
    ledger: Ledger, add: Add, store: AlertStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(ledger, "search", words="miners")
    add("Wire", MAYOR)
    with monkeypatch.context() as patched, pytest.raises(Error):
        patched.setattr(store, "keep", lambda *_: (_ for _ in ()).throw(Error("the disk is full")))
        run_alerts(ledger, store, {}, NOW)
    assert len(run_alerts(ledger, store, {}, NOW)) == 1


def test_a_reading_that_a_database_shows_late_is_not_passed_over(ledger: Ledger, add: Add, store: AlertStore) -> None:
    ask(ledger, "search", words="miners")
    first, second = add("Wire", MAYOR), add("Echo", POLICE, 2)
    store.keep([], [], NOW, Mark(2, (second.digest,)))
    (alert,) = run_alerts(ledger, store, {}, NOW)
    assert alert.claims[0].digest == first.digest
    assert run_alerts(ledger, store, {}, NOW) == []


def test_another_ledger_in_the_place_of_one_is_looked_at_from_its_first_rule_on(
    ledger: Ledger, add: Add, store: AlertStore
) -> None:
    store.keep([], [], NOW, Mark(900, ()))
    ask(ledger, "search", words="miners")
    add("Wire", MAYOR)
    assert len(run_alerts(ledger, store, {}, NOW)) == 1


def test_a_report_that_is_read_again_is_not_new(ledger: Ledger, add: Add, go: Any) -> None:
    ask(ledger, "search", words="miners")
    report = add("Wire", MAYOR)
    assert len(go()) == 1
    ledger.add_reading(replace(read_report(report), claims=()), extractor="later")
    assert go() == []


def test_a_story_that_breaks_a_rule_stops_no_other(
    ledger: Ledger, add: Add, store: AlertStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(ledger, "search", words="miners")
    ask(ledger, "contradiction")
    add("Wire", MAYOR)
    monkeypatch.setattr(Touched, "choose_points", lambda *_: 1 / 0)
    done = run_round(ledger, store, {}, NOW)
    assert len(done.alerts) == 1 and ["ZeroDivisionError" in p.message for p in done.problems] == [True]


def test_what_rules_would_have_told_is_asked_of_what_was_published_since(ledger: Ledger, add: Add) -> None:
    add("Wire", MAYOR)
    echo = add("Echo", POLICE, 3)
    assert list_published(ledger, datetime(2031, 5, 2, tzinfo=UTC)) == {echo.digest}
    rule = ask(ledger, "origins", at_least=2)
    assert len(find_alerts(ledger, [rule], {echo.digest}, NOW)) == 1
