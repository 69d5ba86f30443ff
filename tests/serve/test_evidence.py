"""Packages of evidence from the desk: for analysts, verified, by their own links."""

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from sayso.serve.app import create_app
from sayso.serve.desk import Desk
from sayso.serve.guards.users import User
from sayso.share.evidence.checks import check_package

LINK = re.compile(r'href="(/evidence/\w+\.wacz)" download')


def list_links(client: TestClient, desk: Desk) -> list[str]:
    """The first link of each page that has some: a story's, a report's and a claim's."""
    story = desk.stories()[0].id
    digest = desk.ledger.readings()[0].report.digest
    shown = LINK.findall(client.get(f"/reports/{digest}?weighed=1").text)
    return [*LINK.findall(client.get(f"/stories/{story}").text)[:1], shown[0], f"/evidence/{digest}.wacz"]


def test_each_link_leads_to_a_package_that_is_whole(client: TestClient, desk: Desk, tmp_path: Path) -> None:
    links = list_links(client, desk)
    assert len(set(links)) == 3
    for link, kind in zip(links[1:], ("claim", "report"), strict=True):
        answer = client.get(link)
        assert answer.status_code == 200 and answer.headers["content-type"] == "application/wacz"
        assert answer.headers["content-disposition"].startswith(f'attachment; filename="evidence-{kind}-')
        (tmp_path / "p.wacz").write_bytes(answer.content)
        checked = check_package(tmp_path / "p.wacz")
        assert checked.problems == () and checked.root == answer.headers["x-root-hash"]
        assert (checked.head.by, checked.head.subject.kind) == ("ana", kind)


@pytest.mark.parametrize("what", ["nothing", "..%2f..%2fetc%2fpasswd", "%00"])
def test_what_names_nothing_is_not_found(client: TestClient, what: str) -> None:
    assert client.get(f"/evidence/{what}.wacz").status_code == 404


def test_a_reader_is_shown_no_link_and_given_no_package(desk: Desk) -> None:
    digest = desk.ledger.readings()[0].report.digest
    with TestClient(create_app(desk, ["testserver"], User("rita", "reader"))) as client:
        assert not LINK.search(client.get(f"/reports/{digest}?weighed=1").text)
        assert not LINK.search(client.get(f"/stories/{desk.stories()[0].id}").text)
        assert client.get(f"/evidence/{digest}.wacz").status_code == 403
