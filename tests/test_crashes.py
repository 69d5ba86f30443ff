"""A step that crashes on a report costs that report alone, and says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

import sayso.weigh
from sayso.api.ledgers import Reports
from sayso.crashes import leave_out, list_left, survive
from sayso.errors import Error
from sayso.extract import VERSION, read_report
from sayso.ids import digest_report
from sayso.ledger import open_ledger
from sayso.record import Picture, Problem, Reading, Report
from sayso.serve.app import create_app
from sayso.serve.desk import Desk, points
from sayso.serve.guards.users import User
from sayso.tell import faces, views
from sayso.watch.alerts import rounds
from sayso.watch.alerts.rules import Rule

DAY = datetime(2031, 5, 6, 9, tzinfo=UTC)
TEXT = "At least {} miners were trapped in Kiruna on Monday, the mayor, Åsa Öberg, said. Rescuers denied it."


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    return [make_reading(number) for number in range(6)]


def make_reading(number: int) -> Reading:
    report = Report(
        id=f"r{number}",
        outlet=f"Outlet {number}",
        text=TEXT.format(30 + number),
        published=DAY + timedelta(hours=number),
    )
    return read_report(replace(report, digest=digest_report(report)))


def crash_on(bad: Iterable[str], real: Callable[..., Any]) -> Callable[..., Any]:
    """A step that does its work, but for the reports on which it crashes."""
    bad = set(bad)

    def step(first: Any, *more: Any, **named: Any) -> Any:
        seen = first.readings if isinstance(first, Picture) else getattr(first, "picture", None)
        seen = seen.readings if isinstance(seen, Picture) else seen if seen is not None else first
        if any(reading.report.id in bad for reading in seen):
            raise RuntimeError("out of its depth")
        return real(first, *more, **named)

    return step


@given(bad=st.sets(st.integers(0, 39), max_size=6), pair=st.sets(st.integers(0, 39), max_size=2))
def test_those_and_only_those_that_crash_a_step_are_left_out(bad: set[int], pair: set[int]) -> None:
    given_ = [Reading(report=Report(id=f"r{n}", text="x")) for n in range(40)]
    pair = pair - bad

    def step() -> tuple[set[str], set[str]]:
        kept = leave_out(given_)
        ids = {reading.report.id for reading in kept}
        if any(f"r{n}" in ids for n in bad) or (len(pair) == 2 and all(f"r{n}" in ids for n in pair)):
            raise ZeroDivisionError
        return ids, {problem.input for problem in list_left(given_)}

    kept, left = survive(step, "adding up")
    gone = {f"r{n}" for n in bad}
    assert kept | left == {f"r{n}" for n in range(40)} and not kept & left
    assert gone <= left and len(left - gone) == (len(pair) == 2)


def test_a_crash_that_is_no_reports_fault_is_told_as_it_is(readings: list[Reading]) -> None:
    def step() -> None:
        leave_out(readings)
        raise RuntimeError("always")

    with pytest.raises(RuntimeError, match="always"):
        survive(step, "anything")


def test_what_is_told_to_people_is_no_crash(readings: list[Reading]) -> None:
    calls = []

    def step() -> None:
        calls.append(leave_out(readings))
        raise Error("there is no such story")

    with pytest.raises(Error):
        survive(step, "anything")
    assert len(calls) == 1


STEPS = ("attribute_claims", "trace_origins", "gather_facts", "find_stories")


@pytest.mark.parametrize("step", STEPS)
def test_weighing_goes_on_without_a_report_that_crashes_it(
    step: str, readings: list[Reading], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sayso.weigh, step, crash_on({"r4"}, getattr(sayso.weigh, step)))
    picture = Reports(readings).picture()
    assert {reading.report.id for reading in picture.readings} == {f"r{n}" for n in range(6) if n != 4}
    assert [(problem.input, "out of its depth" in problem.message) for problem in picture.problems] == [("r4", True)]


BREAKS = {"nested": "r2", "flat": "r3", "listed": "r4"}
"""On which report each part of a view crashes."""


@pytest.mark.parametrize("name", list(views.VIEWS))
def test_every_view_goes_on_in_every_format(
    name: str, readings: list[Reading], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = views.VIEWS[name]
    broken = {part: crash_on({bad}, getattr(shown, part)) for part, bad in BREAKS.items()}
    monkeypatch.setitem(views.VIEWS, name, replace(shown, **broken))
    reports = Reports(readings)
    told = [reports.view(name).render(format) for format in ("json", "table", "csv")]
    assert len(told) == 3 and {problem.input for problem in reports.problems} == set(BREAKS.values())


@pytest.mark.parametrize("format", ["md", "html", "json", "txt", "eml"])
def test_every_face_of_a_brief_goes_on_and_says_so(
    format: str, readings: list[Reading], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(faces, "render_face", crash_on({"r1"}, faces.render_face))
    told = Reports(readings).brief().render(format)
    if format == "eml":
        told = message_from_bytes(told, policy=default).get_body(("plain",)).get_content().encode()
    words = " ".join(told.decode().split())
    assert "crashed on report r1, left out" in words and "Outlet 5" in words and "Outlet 1," not in words


@pytest.mark.parametrize("format", ["csv", "geojson", "icalendar"])
def test_every_export_goes_on(format: str, readings: list[Reading], monkeypatch: pytest.MonkeyPatch) -> None:
    from sayso.share.exports import bundle

    monkeypatch.setattr(bundle, "write_formats", crash_on({"r5"}, bundle.write_formats))
    reports = Reports(readings)
    assert reports.export(format, made=DAY) and [problem.input for problem in reports.problems] == ["r5"]


def crash_at(bad: str, real: Callable[..., Any]) -> Callable[..., Any]:
    """A step over a picture that crashes where a report is in it."""

    def step(picture: Picture, *more: Any, **named: Any) -> Any:
        if any(reading.report.id == bad for reading in picture.readings):
            raise RuntimeError("out of its depth")
        return real(picture, *more, **named)

    return step


def test_a_page_and_an_answer_go_on_and_say_so(
    tmp_path: Path, readings: list[Reading], monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_ledger(str(tmp_path / "l.db")) as ledger:
        for reading in readings:
            ledger.add_reading(reading, extractor=VERSION)
    monkeypatch.setattr(points, "ask_all", crash_at("r3", points.ask_all))
    shown = views.VIEWS["points"]
    monkeypatch.setitem(views.VIEWS, "points", replace(shown, nested=crash_at("r5", shown.nested)))
    desk = Desk.open(str(tmp_path / "l.db"))
    with TestClient(create_app(desk, ["testserver"], User("ana", "reader"))) as client:
        story = client.get("/api/v1/stories").json()["items"][0]["id"]
        for _ in range(2):
            page = client.get(f"/stories/{story}/points")
            assert page.status_code == 200 and page.text.count("crashed on report r3") == 1
        answer = client.get(f"/api/v1/points?story={story}")
        assert (answer.status_code, answer.headers.get("sayso-left-out")) == (200, "1")
        assert client.get(f"/stories/{story}").status_code == 200


def test_an_answer_that_always_crashes_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(_: object) -> None:
        raise RuntimeError("always")

    monkeypatch.setitem(views.VIEWS, "points", replace(views.VIEWS["points"], nested=crash))
    app = create_app(Desk.open(str(tmp_path / "l.db")), ["testserver"], User("ana", "reader"))
    with TestClient(app, raise_server_exceptions=False) as client:
        answer = client.get("/api/v1/points")
        assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")


def test_alerts_go_on(tmp_path: Path, readings: list[Reading], monkeypatch: pytest.MonkeyPatch) -> None:
    with open_ledger(str(tmp_path / "l.db")) as ledger:
        watched = Rule(id="rule", kind="search", words="miners")
        for reading in readings:
            ledger.add_reading(reading, extractor=VERSION)
        real = rounds.apply_rule

        def apply(rule: Rule, touched: Any) -> Any:
            return crash_at("r2", lambda _: real(rule, touched))(touched.after)

        monkeypatch.setattr(rounds, "apply_rule", apply)
        problems: list[Problem] = []
        new = {reading.report.digest for reading in readings}
        alerts = rounds.find_alerts(ledger, [watched], new, DAY, problems=problems)
        assert alerts and {problem.input for problem in problems} == {"r2"}
