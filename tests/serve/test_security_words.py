"""Words of strangers, and of people at the desk, are words on every page and never its markup, links or script.

Pages are found by following links from the desk, so that those that come later are held to the same; what no link leads
to is in `BESIDES`.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

import lxml.html
import pytest
from starlette.testclient import TestClient

from sayso.journey import add_all
from sayso.ledger import open_ledger
from sayso.serve.app import create_app
from sayso.serve.desk import Desk
from sayso.serve.guards.guards import Guard
from sayso.serve.guards.users import User

EVIL = "\"'><x-evil onclick=alert(1)></x-evil><script>alert(1)</script>"
LINK = "javascript:alert(document.domain)//https://news.example/"
BESIDES = (
    "/account",
    "/accounts",
    "/accounts/log",
    "/judgements",
    "/review",
    "/search?q={evil}",
    "/sources?name={evil}",
    "/outlets?name={evil}",
    "/stories/{evil}",
    "/reports/{evil}",
    "/stories/x/points/{evil}",
    "/questions/{evil}",
    "/hypotheses/{evil}",
    "/scenarios/{evil}",
    "/p/{evil}",
    "/{evil}",
    "/?as_of={evil}",
    "/login?next={evil}",
)
MOST_OF_ONE_KIND, MOST = 4, 120
"""Pages of one kind that are looked at, and of all."""


def write_reports(folder: Path) -> str:
    """Reports with script in every field."""
    said = [
        ("At least 40 people were killed in Dnipro on Monday, the governor, Serhii Lysak, said.", "Governor"),
        ("Only 12 people were killed in Dnipro on Monday, Interior Minister Ihor Klymenko said.", "Minister"),
        ("At least 40 people were killed in Dnipro on Monday, Reuters reported, citing the governor.", "Copy"),
    ]
    rows = [
        {
            "id": f"{number}{EVIL}",
            "outlet": f"Outlet {number}{EVIL}",
            "title": f"{name} on Dnipro {EVIL}",
            "author": f"Ann{EVIL}",
            "published": f"2025-01-0{number + 2}T10:00:00Z",
            "url": LINK if number else f"https://news.example/{EVIL}",
            "language": "en",
            "text": f'{words} "It was {EVIL} terrible," Mr. <x-evil>Lysak</x-evil> told Outlet {EVIL}. {LINK} burned.',
        }
        for number, (words, name) in enumerate(said)
    ]
    path = folder / "<x-evil onclick=alert(1)>.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), "utf8")
    return str(path)


@pytest.fixture(scope="module")
def evil_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger in which every word is somebody's who means ill."""
    folder = tmp_path_factory.mktemp("evil")
    where = folder / "evil.db"
    with open_ledger(str(where)) as ledger:
        add_all(ledger, [write_reports(folder)])
        reading = next(iter(ledger.readings()))
        claim = reading.claims[0].id
        ledger.judge("name", reading.report.id, by=f"olga{EVIL}", reason=EVIL, value=f"Dnipro {EVIL}")
        ledger.judge("attribute", claim, by=f"olga{EVIL}", reason=f"for {EVIL}", value=f"Rosa {EVIL}")
        ledger.judge("grade", claim, by="olga", reason=EVIL, value="3")
    return where


def find_faults(page: str, where: str) -> Iterator[str]:
    """What a page holds that strangers must not put there."""
    tree = lxml.html.document_fromstring(page)
    for element in tree.iter("x-evil"):
        yield f"{where}: an element of a stranger's: {lxml.html.tostring(element)[:80]!r}"
    for element in tree.iter(lxml.etree.Element):
        for name, value in element.attrib.items():
            scheme = urlsplit(value.strip()).scheme.lower() if name in ("href", "src", "action", "formaction") else ""
            if name.startswith("on") or name in ("style", "srcdoc"):
                yield f"{where}: {name}={value[:80]}"
            if scheme not in ("", "http", "https") and value != "data:,":
                yield f"{where}: {name}={value[:80]}"
        ours = element.get("src", "").startswith("/assets/") and not element.text
        if element.tag == "script" and not ours and element.get("type") != "application/json":
            yield f"{where}: a script of a stranger's: {element.text}"
        framed = element.tag == "iframe" and "allow-scripts" in element.get("sandbox", "allow-scripts")
        if framed or element.tag in ("style", "object", "embed", "base"):
            yield f"{where}: {element.tag}"


def crawl(client: TestClient, besides: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """Pages of the desk with their answers: those that links lead to from the first, and some besides."""
    left, seen, kinds = ["/", *besides], set(), Counter[str]()
    while left and len(seen) < MOST:
        where = left.pop(0).partition("#")[0]
        # Pages are of a kind whose addresses differ in what stands for an id alone.
        kind = "/".join("*" if any(map(str.isdigit, part)) else part for part in urlsplit(where).path.split("/"))
        if where in seen or kinds[kind] >= MOST_OF_ONE_KIND:
            continue
        seen.add(where)
        kinds[kind] += 1
        answer = client.get(where)
        yield where, answer
        if "text/html" in answer.headers.get("content-type", "") and answer.text.strip():
            for found in lxml.html.document_fromstring(answer.text).iter("a"):
                leads = urljoin(where, found.get("href", "").strip())
                if leads.startswith("/") and not leads.startswith(("//", "/assets")):
                    left.append(leads)


def check_all(client: TestClient) -> list[str]:
    """The addresses that were looked at; fails where one of them holds what strangers must not put there."""
    faults, looked = [], []
    for where, answer in crawl(client, tuple(path.format(evil=quote(EVIL, safe="")) for path in BESIDES)):
        assert answer.status_code < 500, where
        policy = answer.headers["content-security-policy"]
        # A page as it came runs in a box of its own, without script, and is not of the desk's origin.
        boxed = policy.startswith("sandbox;") and "script-src" not in policy
        assert "default-src 'none'" in policy and (boxed or "unsafe" not in policy), where
        assert answer.headers["x-content-type-options"] == "nosniff"
        kind = answer.headers.get("content-type", "")
        # What came from strangers as it came is never shown as a page of the desk's.
        if (
            "text/html" in kind
            and answer.text.strip()
            and "attachment" not in answer.headers.get("content-disposition", "")
        ):
            faults += find_faults(answer.text, where)
        looked.append(where)
    assert not faults, "\n".join(faults[:10])
    return looked


def test_no_word_of_a_report_or_judgement_is_markup(evil_ledger: Path, tmp_path: Path) -> None:
    desk = Desk.open(str(evil_ledger), tmp_path / "cache", create=False)
    with TestClient(create_app(desk, ["testserver"], User(f"ana{EVIL}", "admin"))) as client:
        looked = check_all(client)
        story = desk.stories()[0]
        front = client.get(f"/stories/{story.id}").text
    assert f"/stories/{story.id}/points" in looked and len(looked) > len(BESIDES)
    assert "&lt;x-evil" in front and "Dnipro" in front


def test_no_word_of_an_account_or_in_the_log_is_markup(
    come_in: Callable[[str], TestClient], guarded: TestClient, guard: Guard
) -> None:
    guard.accounts.add(f"eve{EVIL}"[:64], "reader", "five wild geese over Bergen", email=f"{EVIL}@x.example")
    guarded.get("/login", headers={"user-agent": EVIL})
    guard.sessions.begin(User("ada", "admin"), "203.0.113.1", EVIL)
    guard.tokens.make("ada", "read", 1, EVIL)
    guard.log.write(EVIL, EVIL, EVIL, EVIL)
    ada = come_in("ada")
    shown = [ada.get(where).text for where in ("/account", "/accounts", "/accounts/log")]
    assert all("&lt;x-evil" in page for page in shown)
    assert not [fault for page in shown for fault in find_faults(page, "")]
    wrong = ada.post("/accounts/role", data={"name": EVIL, "role": EVIL})
    assert wrong.status_code == 400 and not list(find_faults(wrong.text, ""))


def test_no_word_of_a_login_is_markup(guarded: TestClient) -> None:
    token = guarded.get("/login").text.partition('name="csrf" value="')[2].partition('"')[0]
    for next in (EVIL, LINK):
        given = {"csrf": token, "name": EVIL, "password": EVIL, "next": next}
        page = guarded.post("/login", data=given).text
        assert "&lt;x-evil" in page and not list(find_faults(page, ""))


def test_a_fault_is_found() -> None:
    """The looking itself."""
    for page in (
        f"<p>{EVIL}</p>",
        f"<a href='{LINK}'>a</a>",
        "<a href=' JavaScript:alert(1)'>a</a>",
        "<p style='color:red'>a</p>",
        "<script src='https://evil.example/a.js'></script>",
        "<svg onload=alert(1)></svg>",
        "<form action='data:text/html,a'></form>",
    ):
        assert list(find_faults(page, "")), page
    assert not list(find_faults("<p>a</p><script src='/assets/desk.js'></script><a href='/b'>b</a>", ""))
