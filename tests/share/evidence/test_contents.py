"""What a package holds."""

import json

import pytest
from fires import FIRST, MADE, PAGES, PICTURE, fetch, find_story, tell_collection

from sayso.errors import Error
from sayso.journey import add_all
from sayso.ledger import open_ledger
from sayso.share.evidence.contents import Contents, gather_contents
from sayso.share.evidence.custodies import hide_folders
from sayso.share.evidence.selections import select_evidence


def read(contents: Contents, path: str) -> str:
    return next(part for part in contents.parts if part.path == path).read().decode()


def read_rows(contents: Contents, path: str) -> list[dict]:
    return [json.loads(line) for line in read(contents, path).splitlines()]


def test_the_same_ledger_and_time_give_the_same_package(fire, story):
    again = gather_contents(fire, select_evidence(fire, story.head.subject.id), made=MADE, by="ana", tool="sayso 9")
    assert again.measures == story.measures
    later = gather_contents(fire, select_evidence(fire, story.head.subject.id), made=tell_collection(), by="", tool="x")
    assert later.root != story.root


def test_a_story_holds_its_reports_their_bytes_texts_readings_and_claims(story):
    paths = [part.path for part in story.parts]
    assert paths == sorted(paths) and len(story.head.reports) == 2
    for included in story.head.reports:
        report = json.loads(read(story, f"reports/{included.digest}.json"))
        assert read(story, f"texts/{included.digest}.txt") == report["text"]
        assert read(story, f"raws/{report['raw']}.html") == PAGES[report["url"]]
    for row in json.loads(read(story, "evidence/claims.json")):
        text = read(story, f"texts/{row['report']}.txt")
        assert row["claims"] and all(text[c["start"] : c["end"]] == c["text"] for c in row["claims"])


def test_the_log_tells_who_did_what_when_in_order(fire, contents):
    rows = read_rows(contents, "evidence/custody.jsonl")
    assert [(row["event"], row["by"]) for row in rows] == [
        ("kept", ""),
        ("came", ""),
        ("read", rows[2]["by"]),
        ("judged", "ana"),
        ("judged", "ana"),
        ("packed", "ana"),
    ]
    assert rows[2]["by"].startswith("reader-") and rows[-1]["tool"] == "sayso 9"
    assert {rows[3]["judgement"]["kind"], rows[4]["judgement"]["kind"]} == {"retract", "restore"}
    assert rows[0]["name"] == "note.md"  # And not the folder it lay in.


def test_the_log_tells_who_collected_and_what_pictures_were_taken_with_what(story):
    rows = {row["event"]: row for row in read_rows(story, "evidence/custody.jsonl")}
    assert rows["collected"]["by"] == rows["captured"]["by"] == "ana"
    collected, captured = (json.loads(rows[event]["assessment"]["body"]) for event in ("collected", "captured"))
    assert (collected["address"], collected["tool"], captured["tool"]) == (FIRST, "sayso 9", "Chrome/9")
    picture, page = captured["files"]
    content = {part.path: part.read() for part in story.parts}
    assert content[f"raws/{picture['sha256']}.png"] == PICTURE and f"raws/{page['sha256']}.mhtml" in content


def test_each_conversion_leads_from_bytes_to_a_reading(story):
    paths = {part.path for part in story.parts}
    rows = read_rows(story, "evidence/conversions.jsonl")
    assert {row["report"] for row in rows} == {report.digest for report in story.head.reports}
    for row in rows:
        assert f"raws/{row['raw']}.html" in paths and f"readings/{row['reading']}.json" in paths
        assert (row["reader"], len(row["text"])) == ("text/html", 64)


def test_a_claim_brings_the_reports_that_its_journey_leads_to(fire):
    reading = next(r for r in fire.readings() if r.report.url == FIRST)
    claim = next(claim for claim in reading.claims if "hurt" in claim.text)
    for named in (claim.id, claim.seat, claim.id[:10]):
        packed = gather_contents(fire, select_evidence(fire, named), made=MADE, by="", tool="sayso 9")
        assert packed.head.subject.id == claim.id and packed.head.subject.kind == "claim"
    assert packed.head.reports[0].because == "it makes the claim that was asked for"
    journey = read(packed, "evidence/journey.txt")
    assert journey.startswith(f"THE CLAIM {claim.id}") and "Twelve workers were hurt" in journey


def test_a_report_that_was_retracted_is_packed_as_well(tmp_path):
    with open_ledger(str(tmp_path / "l.db"), clock=tell_collection) as ledger:
        add_all(ledger, [FIRST], fetch=fetch, clock=tell_collection)
        digest = ledger.readings()[0].report.digest
        ledger.retract(digest, by="ana", reason="a hoax")
        packed = gather_contents(ledger, select_evidence(ledger, digest), made=MADE, by="", tool="sayso 9")
    assert [report.digest for report in packed.head.reports] == [digest]
    assert any(row["event"] == "judged" for row in read_rows(packed, "evidence/custody.jsonl"))


def test_what_names_nothing_is_told(fire):
    with pytest.raises(Error, match="no story is called floods"):
        select_evidence(fire, "floods")
    assert select_evidence(fire, "fire at the MILL").subject.id == find_story(fire)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("https://a.example/x/y", "https://a.example/x/y"),
        ("/home/ana/notes/x.md", "x.md"),
        ("C:\\Users\\ana\\x.md", "x.md"),
        ("-", "-"),
        ("", "-"),
    ],
)
def test_folders_are_left_out_of_names(name, shown):
    assert hide_folders(name) == shown


def test_the_readme_tells_what_it_is_of_and_how_to_check_it(story):
    words = read(story, "evidence/README.txt")
    assert "one story: Fire at the mill" in words and "by ana with sayso 9" in words and "sayso verify" in words
    assert all(report.id in words for report in story.head.reports)


def test_a_story_is_packed_under_the_id_it_is_listed_by_whatever_its_reports_alone_would_make(fire, monkeypatch):
    from sayso.record import Story

    def shelve(ledger, *_, **__):
        reports = ledger.readings()
        story = Story(id="5" * 16, name="All of it", reports=tuple(r.report.id for r in reports))
        return [(story, [r.report.digest for r in reports])]

    monkeypatch.setattr("sayso.shelves.shelve", shelve)
    selection = select_evidence(fire, "all of it")
    assert (selection.subject.id, selection.subject.name, len(selection.reports)) == ("5" * 16, "All of it", 3)


def test_records_of_captures_that_are_none_are_passed_over(tmp_path):
    with open_ledger(str(tmp_path / "l.db"), clock=tell_collection) as ledger:
        add_all(ledger, [FIRST], fetch=fetch, clock=tell_collection)
        digest = ledger.readings()[0].report.digest
        for body in ([], "x", {"raw": 1}, {}, {"address": FIRST, "raw": [], "tool": None}):
            about = ledger.assess("collection", body, by="mallory").id
            ledger.assess("capture", body, by="mallory", about=about)
        packed = gather_contents(ledger, select_evidence(ledger, digest), made=MADE, by="", tool="sayso 9")
    assert {row["event"] for row in read_rows(packed, "evidence/custody.jsonl")} == {"kept", "came", "read", "packed"}


def test_a_ledger_of_a_stranger_names_no_files(fire, story, monkeypatch):
    from dataclasses import replace

    selection = select_evidence(fire, story.head.subject.id)
    readings = fire.custody([report.digest for report in selection.reports])
    bad = replace(readings, readings=(replace(readings.readings[0], id="../../../home/ana/.profile"),))
    monkeypatch.setattr(type(fire), "custody", lambda *_: bad)
    with pytest.raises(Error, match="damaged"):
        gather_contents(fire, selection, made=MADE, by="", tool="sayso 9")
