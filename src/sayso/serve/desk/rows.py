"""What programs are given of a desk besides its views: reports, sources, what is found, checked and judged, as rows."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from sayso.api.ledgers import find_words
from sayso.api.texts import CheckedText, Facts, ReadText, read_text
from sayso.errors import Error
from sayso.forms import row_of_reading, to_json
from sayso.journey import Added
from sayso.read.addresses import drop_userinfo
from sayso.record import Picture, Reading, Report
from sayso.serve.desk.desks import Desk, MissingError
from sayso.serve.desk.jobs import Job

Row = dict[str, Any]
MOST_FOUND = 400
"""Reports that a search finds at most, those that fit best."""
MOST_PASSAGES = 5
"""Claims that are shown of a report that was found."""
WEB = ("http://", "https://")


def row_of_report(report: Report) -> Row:
    """A report without its text."""
    row: Row = to_json(report)
    for name in ("text", "links", "cites", "published_words"):
        del row[name]
    if report.published and not report.published_exact:
        row["published"] = report.published.date().isoformat()
    return row


def list_reports(picture: Picture) -> Iterator[Row]:
    """A row a report, in order of publication."""
    for reading in picture.readings:
        yield {**row_of_report(reading.report), "claims": len(reading.claims)}


def find_reading(desk: Desk, name: str, as_of: datetime | None = None) -> Reading:
    """A report with all that was found in it, by its digest or id. Raises `MissingError`."""
    if found := desk.ledger.readings(as_of, only=[name]):
        return found[0]
    headings = desk.hold(("headings", as_of), lambda: desk.ledger.headings(as_of), desk.state[:2])
    for digest, id, _, _ in headings:
        if name == id:
            return desk.ledger.readings(as_of, only=[digest])[0]
    raise MissingError(f"there is no report {name}")


def show_reading(desk: Desk, name: str, as_of: datetime | None = None) -> Row:
    """The row of `sayso read --format jsonl` of a report that is kept."""
    return row_of_reading(find_reading(desk, name, as_of))


def list_sources(picture: Picture) -> list[Row]:
    """A row a source whose word is the answer to a question: how much it said, where, and its grade."""
    grades = {grade.target: grade for grade in picture.grades if grade.about == "source"}
    said: dict[str, list[Any]] = {}
    for point in picture.points:
        for value in point.values:
            said.setdefault(value.source, []).append((point.id, value))
    rows = [
        {
            "name": name,
            "who": next((value.who for _, value in values if value.who), ""),
            "claims": len({value.claim for _, value in values}),
            "reports": sorted({value.report for _, value in values}),
            "points": list(dict.fromkeys(point for point, _ in values)),
            "grade": grades[name].grade if name in grades else "",
            "why": grades[name].why if name in grades else "",
        }
        for name, values in said.items()
        if name
    ]
    return sorted(rows, key=lambda row: (-row["claims"], row["name"]))


def search_reports(desk: Desk, words: str, as_of: datetime | None = None) -> list[Row]:
    """The reports that hold some words, those that fit best first, each with claims that hold one of them. Raises
    `Error` where there is no word to look for."""
    search = find_words(words)
    if search is None:
        raise Error("say what to look for")
    wanted = [word.casefold() for phrase in search.required for word in phrase.split()]
    found = desk.ledger.readings(as_of, about=search, most=MOST_FOUND)

    return [
        {**row_of_report(reading.report), "passages": list(islice(list_passages(reading, wanted), MOST_PASSAGES))}
        for reading in found
    ]


def list_passages(reading: Reading, words: Collection[str]) -> Iterator[Row]:
    """The claims of a report that hold one of some words."""
    for claim in reading.claims:
        if any(word in claim.text.casefold() for word in words):
            yield {"claim": claim.id, "text": claim.text, "start": claim.start, "end": claim.end}


def check_reading(desk: Desk, article: Reading, as_of: datetime | None = None) -> Row:
    """The row of `sayso check --format jsonl`: an article's passages with what the ledger says of them."""
    from sayso.journey import check

    checked = CheckedText(next(iter(check(desk.ledger, [article], as_of))))
    return {"id": article.report.id, "flags": list(checked.flags)}


def read_article(text: str, facts: Facts) -> Reading:
    """The reading of a text. Raises `Error`."""
    return read_text(text, **facts).reading


def fetch_article(url: str) -> Reading:
    """The reading of what is at a web address. Raises `Error` where it cannot be fetched, or holds no one report."""
    from sayso.api.gazetteers import find_gazetteer
    from sayso.journey import read_all

    items = list(read_all([need_address(url)], gazetteer=find_gazetteer()))
    readings = [item for item in items if isinstance(item, Reading)]
    if len(readings) == 1:
        return readings[0]
    message = next((item.message for item in items if hasattr(item, "message")), "no report in it")
    raise Error(f"{drop_userinfo(url)}: {f'it holds {len(readings)} reports' if readings else message}")


def need_address(url: str) -> str:
    """The address itself. Raises `Error` where it is none of the web's: a name of a file leads nowhere from here."""
    if not url.lower().startswith(WEB):
        raise Error("only http and https addresses are fetched")
    return url


def add_text(desk: Desk, text: str, facts: Facts) -> tuple[Added, Report]:
    """Keep a text that was handed in; what happened, and the report. Raises `Error` where there are no words."""
    from sayso.api.gazetteers import find_gazetteer
    from sayso.api.ledgers import list_items
    from sayso.extract import name_extractor
    from sayso.journey import keep_all

    added, reading = Added(), read_article(text, facts)
    keep_all(desk.ledger, list_items([ReadText(reading)]), name_extractor(find_gazetteer()), added)
    return added, reading.report


def add_address(desk: Desk, url: str) -> Added:
    """Read what is at a web address, and keep it. Raises `Error` where it is none."""
    from sayso.api.gazetteers import find_gazetteer
    from sayso.journey import add_all

    return add_all(desk.ledger, [need_address(url)], gazetteer=find_gazetteer())


def row_of_added(added: Added) -> Row:
    """What adding did, as a row."""
    return {
        "new": added.new,
        "known": added.known,
        "problems": to_json(added.problems),
        "remarks": to_json(added.remarks),
    }


def row_of_job(job: Job) -> Row:
    """How far a job is, as a row."""
    return {
        "id": job.id,
        "what": job.what,
        "by": job.by,
        "begun": to_json(job.began),
        "state": job.state,
        "read": job.read,
        "added": row_of_added(job.added),
        "error": job.error,
    }


def list_judgements(desk: Desk, as_of: datetime | None = None) -> list[Row]:
    """A row a judgement, as `sayso judgements --format json` prints them."""
    from sayso.tell.judged import show_judgements

    standing = {one.id for one in desk.ledger.judgements(as_of, standing=True)}
    return list(show_judgements(desk.ledger.judgements(as_of), standing))


def judge(desk: Desk, kind: str, target: str, *, by: str, reason: str, other: str = "", value: str = "") -> Row:
    """Keep a judgement, and give its row. Raises `Error` where nothing is called so, or it says nothing to follow."""
    made = desk.ledger.judge(kind, target, by=by, reason=reason, other=other, value=value)
    return next(row for row in list_judgements(desk) if row["id"] == made.id)
