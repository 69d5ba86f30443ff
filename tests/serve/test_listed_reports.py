"""The list of a story's reports: in order, later versions under the first."""

from datetime import UTC, datetime

from starlette.testclient import TestClient

from sayso.record import Provenance, Reading, Report
from sayso.serve.desk import Desk
from sayso.serve.desk.listed_reports import find_first, list_reports


def make_reading(name: str, hour: int | None) -> Reading:
    at = None if hour is None else datetime(2031, 5, 1, hour, tzinfo=UTC)
    return Reading(
        report=Report(id=name, digest=f"d-{name}", text=f"What {name} says.", published=at, outlet="The Wire")
    )


def test_a_later_version_stands_under_the_first() -> None:
    readings = [make_reading("late", 9), make_reading("undated", None), make_reading("v2", 8), make_reading("v1", 6)]
    told = [Provenance(report="v1", origins=("mayor",), also=("police", "owner"))]
    listed = list_reports(readings, told, {"d-v2": "d-v1"}, since=datetime(2031, 5, 1, 9, tzinfo=UTC))
    assert [report.digest for report in listed] == ["d-v1", "d-late", "d-undated"]
    assert [version.digest for version in listed[0].versions] == ["d-v2"]
    assert (listed[0].origins, listed[0].also) == (("mayor",), 2)
    assert [report.new for report in listed] == [False, True, False]
    assert listed[0].title == "What v1 says."


def test_a_version_whose_first_is_elsewhere_is_a_first_itself() -> None:
    assert find_first("c", {"c": "b", "b": "a"}, {"c"}) == "c"
    assert find_first("c", {"c": "b", "b": "a"}, {"a", "c"}) == "a"
    assert find_first("a", {"a": "b", "b": "a"}, {"a"}) == "a"


def test_every_report_is_listed_and_leads_to_its_text(client: TestClient, desk: Desk) -> None:
    story = desk.stories()[0].id
    words = client.get(f"/stories/{story}/reports").text
    digests = [reading.report.digest for reading in desk.picture(story).readings]
    assert len(digests) == 15 and all(f'href="/reports/{digest}"' in words for digest in digests)
    assert words.count("later version</span>") == 1
    then = client.get(f"/stories/{story}/reports?as_of=2024-03-27").text
    assert f'href="/reports/{digests[0]}?as_of=2024-03-2' in then and then.count('href="/reports/') < 15
