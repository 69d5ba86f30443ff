"""Packages as other programs read them."""

import gzip
import hashlib
import io
import json
import shutil
import subprocess
import zipfile

import bagit
import pytest
from fires import FIRST, PAGES, PICTURE
from warcio.archiveiterator import ArchiveIterator

from sayso.share.evidence.web_archives import make_key


def test_a_bag_is_valid_by_the_library_of_congress(packages):
    bag = bagit.Bag(str(packages["bagit"]))
    bag.validate(processes=1)
    assert bag.info["Contact-Name"] == "ana" and bag.info["Bagging-Date"] == "2031-06-01"
    assert set(bag.algorithms) == {"sha256", "sha512"}


def test_a_zipped_bag_is_the_same_bag_in_one_folder(packages, tmp_path):
    with zipfile.ZipFile(packages["zip"]) as zipped:
        zipped.extractall(tmp_path)
    (top,) = tmp_path.iterdir()
    bagit.Bag(str(top)).validate(processes=1)
    for path in packages["bagit"].rglob("*"):
        if path.is_file():
            assert (top / path.relative_to(packages["bagit"])).read_bytes() == path.read_bytes()


def test_a_wacz_lists_every_file_with_its_hash(packages):
    with zipfile.ZipFile(packages["wacz"]) as zipped:
        described = json.loads(content := zipped.read("datapackage.json"))
        digest = json.loads(zipped.read("datapackage-digest.json"))
        names = set(zipped.namelist()) - {"datapackage.json", "datapackage-digest.json"}
        hashes = {r["path"]: r["hash"] for r in described["resources"]}
        assert hashes == {n: f"sha256:{hashlib.sha256(zipped.read(n)).hexdigest()}" for n in names}
    assert digest == {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}
    assert (described["profile"], described["wacz_version"]) == ("data-package", "1.1.1")


def test_each_line_of_the_index_leads_to_its_record(packages):
    with zipfile.ZipFile(packages["wacz"]) as zipped:
        archive = zipped.read("archive/data.warc.gz")
        index = zipped.read("indexes/index.cdx").decode().splitlines()
        pages = [json.loads(line) for line in zipped.read("pages/pages.jsonl").splitlines()]
    found = {}
    for line in index:
        key, moment, body = line.split(" ", 2)
        row = json.loads(body)
        record = archive[int(row["offset"]) : int(row["offset"]) + int(row["length"])]
        assert gzip.decompress(record).startswith(b"WARC/1.1\r\n")
        parsed = next(ArchiveIterator(io.BytesIO(record)))
        assert parsed.rec_headers.get_header("WARC-Target-URI") == row["url"] and moment == "20310504103000"
        assert key == make_key(row["url"])
        found[row["url"]] = parsed.content_stream().read()
    pictures = {f"urn:fullPage:{FIRST}": PICTURE, f"urn:mhtml:{FIRST}": b"MIME-Version: 1.0"}
    assert index == sorted(index) and found == {**{url: page.encode() for url, page in PAGES.items()}, **pictures}
    assert pages[0]["format"] == "json-pages-1.0" and {page["url"] for page in pages[1:]} == set(PAGES)


def test_texts_are_conversions_of_the_records_they_were_read_from(packages):
    with zipfile.ZipFile(packages["wacz"]) as zipped:
        records = list_records(zipped.read("archive/data.warc.gz"))
    resources = {headers["WARC-Record-ID"] for _, headers, content in records if b"<p>" in content}
    texts = [(headers["WARC-Refers-To"], text) for kind, headers, text in records if kind == "conversion"]
    assert len(texts) == 2 and {of for of, _ in texts} == resources
    assert any(b"Twelve workers were hurt" in text for _, text in texts)


def list_records(archive):
    return [
        (record.rec_type, dict(record.rec_headers.headers), record.content_stream().read())
        for record in ArchiveIterator(io.BytesIO(archive), check_digests="raise")
    ]


@pytest.mark.skipif(not shutil.which("wacz"), reason="py-wacz brings two dozen packages: pip install wacz")
def test_a_wacz_is_valid_by_webrecorder(packages):
    done = subprocess.run(["wacz", "validate", "-f", packages["wacz"]], capture_output=True, text=True, check=False)
    assert done.returncode == 0 and "is valid" in done.stdout, done.stdout


@pytest.mark.parametrize(
    ("address", "key"),
    [
        (FIRST, "example,news)/fire"),
        ("https://WWW.News.example:443/A?b=2&a=1", "example,news)/a?a=1&b=2"),
        ("http://news.example:8080", "example,news:8080)/"),
        ("urn:fullPage:https://news.example/", "urn:fullpage:https://news.example/"),
        ("http://[broken/", "http://[broken/"),
    ],
)
def test_keys_of_the_index_turn_the_host_around(address, key):
    assert make_key(address) == key
