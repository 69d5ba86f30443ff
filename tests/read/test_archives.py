"""Archives are read as folders are, within bounds, and no name in one leads anywhere."""

import io
import json
import stat
import tarfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.read import Limits, archives, read_inputs
from sayso.read.archives import MAX_DEPTH, is_hidden, name_member
from sayso.read.openings import Source
from sayso.read.readers import Options, read_source
from sayso.record import Problem, Raw, Remark, Report

TEXT = "The dam above the town gave way on Friday, the governor said.\n"
Item = Raw | Report | Problem | Remark


def make_zip(**members: str | bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def make_tar(mode: str, **members: bytes) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode=f"w:{mode}") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/hostname"
        archive.addfile(link)
    return file.getvalue()


def read(content: bytes, name: str = "bag.zip", limits: Limits | None = None) -> list[Item]:
    folder = Path(name)
    folder.write_bytes(content)
    return list(read_inputs([str(folder)], limits=limits or Limits()))


@pytest.fixture(autouse=True)
def in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_what_is_in_an_archive_is_read_as_a_folder_is() -> None:
    inner = make_zip(**{"c.txt": TEXT})
    content = make_zip(
        **{
            "a.txt": TEXT,
            "deep/b.jsonl": json.dumps({"text": TEXT}),
            "in.zip": inner,
            "p.png": b"\x89PNG",
            "README": TEXT,
        }
    )
    items = read(content)
    assert [item.text for item in items if isinstance(item, Report)] == [TEXT] * 3
    assert [item.name for item in items if isinstance(item, Raw)] == [
        "bag.zip/a.txt",
        "bag.zip/deep/b.jsonl:1",
        "bag.zip/in.zip/c.txt",
    ]
    said = [item.message for item in items if isinstance(item, Remark)]
    assert len(said) == 2 and "pictures (1): p.png" in " ".join(said) and "README" in " ".join(said)


@pytest.mark.parametrize("mode", ["", "gz"])
def test_archives_of_tape(mode: str) -> None:
    items = read(make_tar(mode, **{"a.txt": TEXT.encode()}), "bag.tar.gz" if mode else "bag.tar")
    assert [item.text for item in items if isinstance(item, Report)] == [TEXT]


def test_a_web_archive_is_read_by_its_crawls_alone() -> None:
    crawl = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
    content = make_zip(**{"datapackage.json": "{}", "archive/data.warc": crawl, "pages/pages.jsonl": '{"text": "a b"}'})
    (problem,) = read(content, "site.wacz")
    assert isinstance(problem, Problem) and "web archive without a page" in problem.message


def test_names_lead_nowhere() -> None:
    assert name_member("bag.zip", "../../etc/passwd") == "bag.zip/etc/passwd"
    assert name_member("bag.zip", "C:\\x\\..\\..\\a.txt") == "bag.zip/C:/a.txt" or name_member("b", "/a") == "b/a"
    assert name_member("bag.zip", "a\n\x1b[2J\u2028.txt") == "bag.zip/a\ufffd\ufffd[2J\ufffd.txt"
    assert is_hidden("__MACOSX/a.txt") and is_hidden(".git/a.txt") and not is_hidden("../a.txt")


def test_links_in_an_archive_are_not_followed() -> None:
    info = zipfile.ZipInfo("link.txt")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(info, "/etc/hostname")
    (problem,) = read(file.getvalue())
    assert isinstance(problem, Problem) and "without a report" in problem.message


def test_archives_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    nest = make_zip(**{"a.txt": TEXT})
    for _ in range(MAX_DEPTH):
        nest = make_zip(**{"in.zip": nest, "a.txt": TEXT})
    items = read(nest)
    assert sum(isinstance(item, Report) for item in items) == MAX_DEPTH
    assert ["deep" in item.message for item in items if isinstance(item, Problem)] == [True]
    bomb = read(make_zip(**{"a.txt": bytes(30_000_000), "b.txt": TEXT}))
    assert sum(isinstance(item, Report) for item in bomb) == 1
    monkeypatch.setattr(archives, "MAX_MEMBERS", 2)
    source = Source(name="many.zip", chunks=iter([make_zip(**{f"{n}.txt": TEXT for n in range(4)})]))
    many = list(read_source(source, Options(apart=False)))
    assert sum(isinstance(item, Report) for item in many) == 2
    (large,) = read(nest, limits=Limits(archive_bytes=50))
    assert isinstance(large, Problem) and "larger than" in large.message


def test_a_locked_member_costs_only_itself() -> None:
    content = bytearray(make_zip(**{"a.txt": TEXT, "b.txt": TEXT}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # The flag that says so, in both of its places.
        content[content.index(mark) + place] |= 1
    items = read(bytes(content))
    assert [item.text for item in items if isinstance(item, Report)] == [TEXT]
    (problem,) = [item for item in items if isinstance(item, Problem)]
    assert problem.input == "bag.zip/a.txt" and "password" in problem.message


def test_a_file_that_is_cut_short_is_one_problem() -> None:
    whole = make_zip(**{"a.txt": TEXT * 50})
    (problem,) = read(whole[:-40])
    assert isinstance(problem, Problem) and "broken archive" in problem.message


def test_a_tape_that_is_cut_short_keeps_what_is_before() -> None:
    whole = make_tar("", **{"a.txt": TEXT.encode(), "b.txt": TEXT.encode() * 50})
    first, *rest = read(whole[: 4 * 512], "bag.tar")
    assert isinstance(first, Raw)
    assert [item.text for item in rest if isinstance(item, Report)] == [TEXT]
    problems = [item for item in rest if isinstance(item, Problem)]
    assert [problem.input for problem in problems] == ["bag.tar/b.txt", "bag.tar"]
    assert all("broken archive" in problem.message for problem in problems)


@pytest.mark.parametrize(
    ("part", "words"), [("ppt/presentation.xml", "slides"), ("Index/Document.iwa", "iWork"), ("doc.kml", "map")]
)
def test_documents_of_other_kinds_are_refused_by_name(part: str, words: str) -> None:
    (problem,) = read(make_zip(**{part: "<x/>", "a.txt": TEXT}))
    assert isinstance(problem, Problem) and words in problem.message


@settings(deadline=None)
@given(st.binary(max_size=40), st.integers(0, 600))
def test_any_damage_gives_items(damage: bytes, place: int) -> None:
    content = make_zip(**{"a.txt": TEXT, "b.html": f"<p>{TEXT}</p>"})
    assert read(content[:place] + damage + content[place + len(damage) :])
