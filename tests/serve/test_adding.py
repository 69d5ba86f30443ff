"""Adding at the desk: texts, files and addresses, in jobs that tell how far they are."""

import json
import threading
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from starlette.testclient import TestClient

from sayso.errors import Error
from sayso.read.openings import Fetched, UnreadableError
from sayso.serve.desk import Desk
from sayso.serve.desk.adding import MOST_BYTES, add_addresses, add_text, name_upload
from sayso.serve.desk.jobs import MOST_WAITING, BusyError, Job, Jobs
from sayso.serve.desk.rows import fetch_article

TEXT = "Nine dockers were hurt when a crane fell in Oslo on Monday, police said."


def wait_for(job: Job) -> Job:
    """The job when it is over."""
    until = time.monotonic() + 20
    while not job.over and time.monotonic() < until:
        time.sleep(0.01)
    assert job.over
    return job


def find_job(desk: Desk) -> Job:
    """The job that was begun last, when it is over."""
    return wait_for(desk.jobs.list()[0])


def list_titles(desk: Desk) -> list[str]:
    return [title for _, _, title, _ in desk.ledger.headings()]


def test_a_pasted_text_is_kept_with_what_is_known_of_it(client: TestClient, desk: Desk) -> None:
    fields = {"what": "text", "text": TEXT, "outlet": "Dagen", "title": "Crane falls", "date": "2024-05-06"}
    answer = client.post("/add", data=fields, follow_redirects=False)
    assert answer.status_code == 303
    assert find_job(desk).added.new == 1
    assert "Done" in client.get(answer.headers["location"]).text
    digest = next(digest for digest, _, title, _ in desk.ledger.headings() if title == "Crane falls")
    (report,) = desk.ledger.reports([digest])
    assert (report.text, report.outlet, str(report.published)[:10]) == (TEXT, "Dagen", "2024-05-06")


def test_the_same_text_twice_adds_nothing(desk: Desk) -> None:
    assert wait_for(add_text(desk, TEXT, by="ana", title="Crane")).added.new == 1
    again = wait_for(add_text(desk, TEXT, by="bo", title="Crane"))
    assert (again.added.new, again.added.known) == (0, 1)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"what": "text", "text": "  "}, "paste the text"),
        ({"what": "text", "text": TEXT, "date": "the day after"}, "time"),
        ({"what": "text", "text": TEXT, "date": "2024-02-31"}, ""),
        ({"what": "text", "text": TEXT, "title": "x" * 401}, "title is longer"),
        ({"what": "text", "text": TEXT, "url": "javascript:alert(1)"}, "none of the web"),
        ({"what": "addresses", "addresses": " \n "}, "give an address"),
        ({"what": "addresses", "addresses": "https://news.example/a\n/etc/passwd"}, "/etc/passwd: no address"),
        ({"what": "addresses", "addresses": "file:///etc/passwd"}, "no address of the web"),
        ({"what": "addresses", "addresses": " ".join(f"https://a.example/{n}" for n in range(101))}, "more than 100"),
        ({"what": "files"}, "choose a file"),
        ({}, "say what is to be added"),
    ],
)
def test_what_cannot_be_added_is_refused(client: TestClient, desk: Desk, fields: dict[str, str], said: str) -> None:
    answer = client.post("/add", data=fields)
    assert answer.status_code == 400 and said in answer.text
    assert desk.jobs.list() == []


def test_what_was_typed_is_not_lost_when_it_is_refused(client: TestClient) -> None:
    answer = client.post("/add", data={"what": "text", "text": "Kept <words>", "url": "ftp://x"})
    assert "Kept &lt;words&gt;" in answer.text


def test_files_are_read_by_what_is_in_them_and_named_by_words(client: TestClient, desk: Desk) -> None:
    before = len(list_titles(desk))
    rows = "".join(json.dumps({"text": f"{n} boats sank.", "title": f"Boats {n}"}) + "\n" for n in (3, 4))
    files = [
        ("files", ("../../etc/passwd.jsonl", rows.encode(), "application/octet-stream")),
        ("files", ("C:\\tmp\\broken.pdf", b"%PDF-1.7 but not really", "application/pdf")),
        ("files", ("empty.txt", b"", "text/plain")),
    ]
    answer = client.post("/add", data={"what": "files"}, files=files, follow_redirects=False)
    job = find_job(desk)
    assert len(list_titles(desk)) == before + 2 and job.added.new == 2
    assert [problem.input for problem in job.added.problems] == ["broken.pdf", "empty.txt"]
    shown = client.get(answer.headers["location"]).text.partition("<main")[2]
    assert "broken.pdf" in shown and "etc/passwd" not in shown and "/tmp" not in shown
    assert not list(desk.ledger.verify())


@pytest.mark.parametrize(
    ("given", "name"),
    [("a/b.txt", "b.txt"), ("..\\c.pdf", "c.pdf"), ("", "unnamed"), ("x/", "unnamed"), ("a\x00\n.txt", "a�\n.txt")],
)
def test_the_name_of_a_file_is_words(given: str, name: str) -> None:
    assert name_upload(given) == name


def test_too_much_at_once_is_refused(client: TestClient, desk: Desk) -> None:
    half = b"x" * (MOST_BYTES // 2 + 1)
    files = [("files", (name, half, "text/plain")) for name in ("a.txt", "b.txt")]
    answer = client.post("/add", data={"what": "files"}, files=files)
    assert answer.status_code == 413 and "20 MB" in answer.text
    many = [("files", (f"{n}.txt", b"x", "text/plain")) for n in range(101)]
    assert client.post("/add", data={"what": "files"}, files=many).status_code == 413
    assert desk.jobs.list() == []


def test_private_networks_are_not_reached(desk: Desk) -> None:
    job = wait_for(add_addresses(desk, "http://127.0.0.1:9/x http://[::1]/y http://169.254.169.254/z", by="ana"))
    assert len(job.added.problems) == 3 and job.added.new == 0
    assert all("private network" in problem.message for problem in job.added.problems)
    assert not any("--" in problem.message for problem in job.added.problems)


def test_what_fails_is_told_and_the_rest_is_kept(desk: Desk) -> None:
    def fetch(url: str) -> Fetched:
        if "broken" in url:
            return Fetched(content=b"", url=url)
        return Fetched(content=f"<html><body><p>{TEXT}</p></body></html>".encode(), url=url, media_type="text/html")

    job = wait_for(add_addresses(desk, "https://a.example/broken\nhttps://a.example/whole", by="ana", fetch=fetch))
    assert (job.state, job.added.new) == ("done", 1)
    assert [problem.input for problem in job.added.problems] == ["https://a.example/broken"]


def test_jobs_run_one_after_another_and_only_so_many_wait() -> None:
    jobs, gate, running = Jobs(), threading.Event(), []

    def work(job: Job) -> None:
        running.append(job.id)
        gate.wait(10)

    first = jobs.start("first", "ana", 1, work)
    while not running:
        time.sleep(0.01)
    waiting = [jobs.start(str(n), "ana", 1, work) for n in range(MOST_WAITING)]
    with pytest.raises(BusyError):
        jobs.start("one more", "ana", 1, work)
    assert running == [first.id] and {job.state for job in waiting} == {"waiting"}
    gate.set()
    assert wait_for(waiting[-1]).state == "done" and running == [first.id, *(job.id for job in waiting)]


def test_stopping_ends_what_runs_after_its_report() -> None:
    jobs, began = Jobs(), threading.Event()

    def work(job: Job) -> None:
        while True:
            began.set()
            job.begin("next")
            time.sleep(0.01)

    running, waiting = jobs.start("long", "ana", 1, work), jobs.start("never", "ana", 1, work)
    assert began.wait(5)
    jobs.stop()
    assert (running.state, waiting.state) == ("stopped", "stopped")
    with pytest.raises(BusyError):
        jobs.start("late", "ana", 1, work)


def test_a_fault_ends_its_job_alone() -> None:
    jobs = Jobs()

    def fail(_: Job) -> None:
        raise Error("the disk is full")

    def crash(_: Job) -> None:
        raise RuntimeError("secret /path")

    failed, crashed = (wait_for(jobs.start("x", "ana", 1, work)) for work in (fail, crash))
    assert (failed.state, failed.error) == ("failed", "the disk is full")
    assert crashed.state == "failed" and "secret" not in crashed.error
    assert wait_for(jobs.start("y", "ana", 1, lambda job: None)).state == "done"


def test_the_folder_of_an_upload_is_gone_afterwards(client: TestClient, desk: Desk, monkeypatch: Any) -> None:
    made: list[Path] = []

    class Watched(TemporaryDirectory):  # type: ignore[type-arg]
        def __init__(self, **given: Any) -> None:
            super().__init__(**given)
            made.append(Path(self.name))

    monkeypatch.setattr("sayso.serve.pages.adding.TemporaryDirectory", Watched)
    client.post("/add", data={"what": "files"}, files=[("files", ("a.txt", TEXT.encode(), "text/plain"))])
    find_job(desk)
    until = time.monotonic() + 5
    while made[0].exists() and time.monotonic() < until:
        time.sleep(0.01)
    assert len(made) == 1 and not made[0].exists()


def test_a_job_that_is_not_there_says_so(client: TestClient) -> None:
    assert client.get("/add/none").status_code == 404


def test_a_pasted_report_is_added_in_a_browser_with_progress(page: Any, address: str, desk: Desk) -> None:
    page.goto(address + "/add")
    page.fill("#text", TEXT)
    page.fill("#title", "Crane falls")
    page.click("button[value=text]")
    page.locator("#job .state b", has_text="Done").wait_for(timeout=20_000)
    assert "“Crane falls”" in page.inner_text("h1")
    assert "Crane falls" in list_titles(desk)
    page.locator("#changes span", has_text="1 report added").wait_for(timeout=20_000)


def test_a_password_in_an_address_is_in_no_job_and_no_report(client: TestClient, desk: Desk) -> None:
    def down(url: str) -> Fetched:
        raise UnreadableError("it is down")

    address = "https://mira:blue-heron@post.example/1"
    jobs = [add_addresses(desk, address, by="ana", fetch=down), add_text(desk, TEXT, by="ana", url=address)]
    for job in map(wait_for, jobs):
        assert "blue-heron" not in repr(job) + client.get(f"/add/{job.id}").text
    assert "post.example" in jobs[0].what
    kept = [reading.report for reading in desk.ledger.readings() if "post.example" in reading.report.url]
    assert kept and "blue-heron" not in repr([(report, desk.ledger.find_raw(report.raw)) for report in kept])


def test_an_address_that_cannot_be_fetched_is_named_without_its_password() -> None:
    with pytest.raises(Error, match=r"https://nowhere\.invalid/1: ") as caught:
        fetch_article("https://mira:blue-heron@nowhere.invalid/1")
    assert "blue-heron" not in str(caught.value)
