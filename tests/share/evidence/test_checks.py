"""Whatever is changed in a package is noticed."""

import gzip
import hashlib
import os
import random
import shutil
import stat
import zipfile
from dataclasses import replace

import pytest

from sayso.errors import Error
from sayso.share.evidence.checks import check_package
from sayso.share.evidence.contents import Contents
from sayso.share.evidence.heads import HEAD, Listed, dump_head
from sayso.share.evidence.parts import Part, make_part, measure_all
from sayso.share.evidence.writings import write_package, write_zip

FORMATS = ("bagit", "zip", "wacz")


def is_noticed(path):
    try:
        return bool(check_package(path).problems)
    except Error:
        return True


@pytest.mark.parametrize("format", FORMATS)
def test_a_package_is_whole(packages, story, format):
    checked = check_package(packages[format])
    assert checked.problems == () and checked.root == story.root and checked.head == story.head


@pytest.mark.parametrize("format", ["zip", "wacz"])
def test_a_byte_changed_anywhere_in_a_file_is_noticed(packages, format, tmp_path):
    whole, chance = packages[format].read_bytes(), random.Random(format)
    tail = whole.rindex(b"PK\x01\x02")  # The zip's own list of files.
    places = [*chance.sample(range(len(whole)), 12), *chance.sample(range(tail, len(whole)), 8)]
    for place in places:
        changed = bytearray(whole)
        changed[place] ^= chance.randrange(1, 256)
        (tmp_path / "p").write_bytes(changed)
        assert is_noticed(tmp_path / "p"), place


@pytest.mark.parametrize("change", ["append", "comment", "prepend", "cut", "insert"])
def test_bytes_more_or_less_are_noticed(packages, change, tmp_path):
    whole = packages["wacz"].read_bytes()
    middle = len(whole) // 2
    (tmp_path / "p").write_bytes(
        {
            "append": whole + b"\0",
            "comment": whole[:-2] + b"\x03\x00abc",
            "prepend": b"#!/bin/sh\n" + whole,
            "cut": whole[:middle],
            "insert": whole[:middle] + b"x" + whole[middle:],
        }[change]
    )
    assert is_noticed(tmp_path / "p")


def test_every_file_of_a_folder_counts(packages, tmp_path):
    bag = tmp_path / "bag"
    shutil.copytree(packages["bagit"], bag)
    for path in [p for p in bag.rglob("*") if p.is_file()]:
        kept = path.read_bytes()
        path.write_bytes(kept[:-1] + bytes([kept[-1] ^ 1]))
        assert is_noticed(bag), path
        path.unlink()
        assert is_noticed(bag), path
        path.write_bytes(kept)
    assert not is_noticed(bag)


@pytest.mark.parametrize("where", ["data/raws/more.html", "extra.txt", "data/evidence/evidence.tsr", "fetch.txt"])
def test_a_file_more_is_noticed(packages, where, tmp_path):
    bag = tmp_path / "bag"
    shutil.copytree(packages["bagit"], bag)
    (bag / where).write_text("x")
    assert is_noticed(bag)


def test_links_in_a_folder_are_not_followed(packages, tmp_path):
    bag = tmp_path / "bag"
    shutil.copytree(packages["bagit"], bag)
    path = next((bag / "data/raws").iterdir())
    path.rename(tmp_path / "kept")
    path.symlink_to(tmp_path / "kept")
    assert any("link" in problem.message for problem in check_package(bag).problems)
    (bag / "round").symlink_to(bag)
    os.mkfifo(bag / "pipe")  # Opened, it would wait for ever.
    assert is_noticed(bag)


@pytest.mark.parametrize(
    "name", ["../up.txt", "/etc/x", "a\\b", "C:/x", "raws/../../x", "raws//x", "naïve", "x" * 300, ""]
)
def test_names_that_lead_elsewhere_are_refused(name, tmp_path):
    with zipfile.ZipFile(tmp_path / "p.zip", "w") as zipped:
        zipped.writestr(zipfile.ZipInfo(name), "x")
    with pytest.raises(Error, match="no file of a package is called"):
        check_package(tmp_path / "p.zip")


def test_bombs_links_and_doubles_in_a_zip_are_refused(tmp_path, recwarn):
    path = tmp_path / "p.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("bagit.txt", b"\0" * 50_000_000)
    with pytest.raises(Error, match="bomb"):
        check_package(path)
    with zipfile.ZipFile(path, "w") as zipped:
        link = zipfile.ZipInfo("bagit.txt")
        link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        zipped.writestr(link, "/etc/passwd")
    with pytest.raises(Error, match="called or made so"):
        check_package(path)
    with zipfile.ZipFile(path, "w") as zipped:
        zipped.writestr("bagit.txt", "one")
        zipped.writestr("bagit.txt", "two")
    with pytest.raises(Error, match="two files of one name"):
        check_package(path)


def test_a_package_that_was_packed_anew_is_told_apart(packages, tmp_path):
    for mode in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        with zipfile.ZipFile(packages["zip"]) as old, zipfile.ZipFile(tmp_path / "p.zip", "w", mode) as new:
            for name in old.namelist():
                new.writestr(name, old.read(name))
        assert is_noticed(tmp_path / "p.zip")


@pytest.mark.parametrize("what", ["nothing", "text", "empty", "other", "folder", "half"])
def test_what_is_no_package_is_told_in_one_line(packages, what, tmp_path):
    path = tmp_path / "p"
    if what in ("text", "empty"):
        path.write_text("" if what == "empty" else "words " * 100)
    elif what == "other":
        with zipfile.ZipFile(path, "w") as zipped:
            zipped.writestr("datapackage.json", "{}")
    elif what == "half":
        path.write_bytes(packages["zip"].read_bytes()[:5000])
    elif what == "folder":
        path.mkdir()
        (path / "bagit.txt").write_text("BagIt-Version: 1.0")
    with pytest.raises(Error) as raised:
        check_package(path)
    assert str(raised.value).startswith(str(path)) and "\n" not in str(raised.value)


@pytest.mark.parametrize("head", [b"", b"[]", b"{" * 100_000, b"\xff\xfe", b'{"format": "sayso-evidence-2"}'])
def test_a_head_that_is_none_is_told_in_one_line(packages, head, tmp_path):
    bag = tmp_path / "bag"
    shutil.copytree(packages["bagit"], bag)
    (bag / "data" / HEAD).write_bytes(head)
    with pytest.raises(Error, match="its head"):
        check_package(bag)


def change(contents: Contents, path: str, old: bytes, new: bytes) -> Contents:
    """A package in which one file says something else, and every hash was made anew, as a forger would."""
    parts = [p for p in contents.parts if p.path != HEAD]
    name, content = next((p.path, p.read()) for p in parts if p.path.startswith(path) and old in p.read())
    parts = [make_part(name, content.replace(old, new)) if p.path == name else p for p in parts]
    measures = measure_all(parts)
    listed = tuple(Listed(path=m.path, bytes=m.bytes, sha256=m.sha256) for m in measures)
    head = replace(contents.head, files=listed)
    whole = sorted([*parts, make_part(HEAD, dump_head(head))], key=lambda p: p.path)
    return Contents(head=head, parts=tuple(whole), measures=tuple(measure_all(whole)))


@pytest.mark.parametrize(
    ("path", "old", "new", "told"),
    [
        ("texts/", b"burned down", b"was drowned", "not the text of the report"),
        ("reports/", b"burned down", b"was drowned", "another digest"),
        ("readings/", b"burned down", b"was drowned", "another id"),
        ("evidence/claims.json", b"were hurt", b"have died", "are not those of the reading"),
        ("evidence/conversions.jsonl", b'"text":"', b'"text":"0', "has another hash"),
        ("evidence/custody.jsonl", b'"event":"came"', b'"event":"kept"', "not in the package"),
        ("evidence/custody.jsonl", b'"given":"', b'"given":"x', "another id"),
        ("evidence/custody.jsonl", b"{", b"[", "not what it should be"),
        ("raws/", b"burned down", b"was drowned", "than its name says"),
        ("archive/", b"\x1f\x8b", b"\x1f\x8c", "archive"),
    ],
)
def test_a_forger_who_makes_all_hashes_anew_must_make_all_files_fit(story, path, old, new, told, tmp_path):
    forged = change(story, path, old, new)
    write_package(tmp_path / "p.wacz", "wacz", forged)
    problems = check_package(tmp_path / "p.wacz").problems
    assert any(told in f"{problem.input} {problem.message}" for problem in problems), problems
    assert forged.root != story.root  # And whoever noted the root hash down knows anyway.


def test_nothing_outside_is_opened_whatever_the_head_names(story, packages, tmp_path):
    bag = tmp_path / "bag"
    shutil.copytree(packages["bagit"], bag)
    os.mkfifo(tmp_path / "pipe.html")  # Opened, it would wait for ever.
    away = Listed(path="raws/../../../pipe.html", bytes=1, sha256="0" * 64)
    (bag / "data" / HEAD).write_bytes(dump_head(replace(story.head, files=(*story.head.files, away))))
    told = [f"{problem.input} {problem.message}" for problem in check_package(bag).problems]
    assert any("pipe.html it is missing" in one for one in told)


def test_files_too_large_to_be_read_are_not_read(packages, tmp_path):
    bag = tmp_path / "bag"
    shutil.copytree(packages["bagit"], bag)
    for path in (next((bag / "data/raws").iterdir()), bag / "manifest-sha256.txt", bag / "data/evidence/evidence.tsr"):
        path.touch()
        os.truncate(path, 1 << 40)  # A file with a hole, of a terabyte.
    assert len(check_package(bag).problems) >= 3
    os.truncate(bag / "data" / HEAD, 1 << 40)
    with pytest.raises(Error, match="its head is larger"):
        check_package(bag)


def test_an_archive_that_unpacks_to_more_than_the_raws_is_told(story, tmp_path):
    bomb = gzip.compress(b"WARC/1.1\r\nWARC-Type: resource\r\nContent-Length: 90000000\r\n\r\n" + bytes(90_000_000))
    old = next(part for part in story.parts if part.path == "archive/data.warc.gz").read()
    write_package(tmp_path / "p.wacz", "wacz", change(story, "archive/", old, bomb))
    assert any("unpacks to more" in problem.message for problem in check_package(tmp_path / "p.wacz").problems)


def test_a_full_disk_leaves_nothing_behind(story, tmp_path, monkeypatch):
    def fail(*_):
        raise OSError(28, "No space left on device")

    broken = Contents(head=story.head, parts=(*story.parts[:-1], Part("raws/x", fail)), measures=story.measures)
    for format in FORMATS:
        with pytest.raises(OSError, match="No space"):
            write_package(tmp_path / "p", format, broken)
        assert list(tmp_path.iterdir()) == []


def test_nothing_that_is_there_is_replaced_by_a_folder(story, tmp_path):
    (tmp_path / "p").mkdir()
    with pytest.raises(Error, match="there already"):
        write_package(tmp_path / "p", "bagit", story)


def test_a_zip_is_the_same_bytes_wherever_it_is_written(tmp_path):
    for name in ("a", "b"):
        with (tmp_path / name).open("w+b") as file:
            write_zip(file, [make_part("x/y.txt", "words"), make_part("z.txt", "")])
    digest = hashlib.sha256((tmp_path / "a").read_bytes()).hexdigest()
    assert digest == hashlib.sha256((tmp_path / "b").read_bytes()).hexdigest()
