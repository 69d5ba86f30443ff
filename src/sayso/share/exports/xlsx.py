"""A workbook (Office Open XML): a sheet for each of claims, points, relations, sources, origins, happenings, positions,
judgements and what people assessed. Every cell of words is text to the spreadsheet, whatever it looks like."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from sayso.errors import Error
from sayso.harms import clean_text
from sayso.record import Picture
from sayso.share.exports import Shared
from sayso.share.exports.claims import list_rows, name_judge, name_time, tell_claims
from sayso.share.exports.csv import COLUMNS
from sayso.share.exports.zips import read_zip, write_zip
from sayso.tell.foreseen import Foreseen
from sayso.tell.tables import is_formula

LONGEST_CELL, MOST_ROWS = 32_767, 1_048_576
"""What a cell and a sheet of a workbook hold (ECMA-376; Excel's limits)."""
CUT = " […]"
CORE = "docProps/core.xml"
MODIFIED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")

Row = dict[str, Any]


def write(shared: Shared) -> bytes:
    """The workbook. Raises `Error` where there are more rows than a sheet holds."""
    picture = shared.picture
    sheets: dict[str, Iterable[Row]] = {
        "about": list_facts(shared),
        "claims": list_rows(picture),
        "points": list_points(picture),
        "relations": list_relations(picture),
        "sources": list_sources(picture),
        "origins": list_origins(picture),
        "happenings": list_happenings(picture),
        "positions": list_positions(picture),
        "judgements": list_judgements(picture),
        "assessments": list_assessments(shared.foreseen) if shared.foreseen else (),
    }
    book = openpyxl.Workbook(write_only=True)
    for name, rows in sheets.items():
        fill(book.create_sheet(name), tuple(rows), COLUMNS if name == "claims" else ())
    out = BytesIO()
    book.save(out)
    files = read_zip(out.getvalue())
    made = f"{shared.made:%Y-%m-%dT%H:%M:%SZ}".encode()
    files[CORE] = MODIFIED.sub(rb"\g<1>" + made + rb"\2", files[CORE])
    return write_zip(files, shared.made)


def fill(sheet: WriteOnlyWorksheet, rows: tuple[Row, ...], columns: tuple[str, ...]) -> None:
    """A sheet of rows under the names of their columns, which stay in sight."""
    if len(rows) >= MOST_ROWS:
        raise Error(f"{len(rows):,} rows are more than a sheet of a workbook holds: name one story (--story)")
    columns = columns or tuple(dict.fromkeys(key for row in rows for key in row))
    sheet.freeze_panes = "A2"
    sheet.append([make_cell(sheet, column, bold=True) for column in columns])
    for row in rows:
        sheet.append([make_cell(sheet, row.get(column)) for column in columns])


def make_cell(sheet: WriteOnlyWorksheet, value: Any, *, bold: bool = False) -> Any:
    """A cell: a number, yes or no as they are, all else as text. Where words look like a formula or an error, the mark
    of a quotation keeps them text even when somebody types in them."""
    if value is None or value == "" or isinstance(value, bool | int | float):
        return None if value == "" else value
    words = shorten(clean_text(str(value)))
    looks_alive = is_formula(words) or words.startswith("#")
    if not (looks_alive or bold):
        return words
    cell = WriteOnlyCell(sheet, words)
    cell.data_type = "s"
    cell.quotePrefix = looks_alive
    if bold:
        cell.font = Font(bold=True)
    return cell


def shorten(words: str) -> str:
    """Words that a cell can hold, which counts them in units of UTF-16."""
    if len(words) * 2 <= LONGEST_CELL or len(words.encode("utf-16-le")) // 2 <= LONGEST_CELL:
        return words
    most = (LONGEST_CELL - len(CUT)) * 2
    return words.encode("utf-16-le")[:most].decode("utf-16-le", "ignore") + CUT


def list_facts(shared: Shared) -> Iterator[Row]:
    """What the workbook is."""
    facts = {
        "title": clean_text(shared.title),
        "as known at": name_time(shared.picture.as_of),
        "made": name_time(shared.made),
        "made by": shared.tool,
        "reports": len(shared.picture.readings),
    }
    for name, value in facts.items():
        yield {"what": name, "is": value}


def list_points(picture: Picture) -> Iterator[Row]:
    """A row a value of a point."""
    told = {one.claim.id: one for one in tell_claims(picture)}
    for point in picture.points:
        for number, value in enumerate(point.values):
            one = told.get(value.claim)
            yield {
                "point": point.id,
                "question": clean_text(point.question),
                "kind": point.kind,
                "origins_low": point.independent[0],
                "origins_high": point.independent[1],
                "number": number,
                "value": clean_text(value.words),
                "low": value.low,
                "high": value.high,
                "unit": clean_text(point.unit),
                "earliest": name_time(value.earliest),
                "latest": name_time(value.latest),
                "word": clean_text(value.word),
                "scope": clean_text(value.scope),
                "as_of": name_time(value.as_of),
                "assertion": one.claim.stands if one else "",
                "polarity": value.polarity,
                "source": clean_text(value.source),
                "chain": one.way if one else "",
                "origin": clean_text(value.origin),
                "words": one.words if one else clean_text(value.text),
                "report": clean_text(value.report),
                "start": value.start,
                "end": value.end,
                "claim": value.claim,
                "superseded": clean_text(value.superseded),
            }


def list_relations(picture: Picture) -> Iterator[Row]:
    """A row a pair of values of a point."""
    for point in picture.points:
        for r in point.relations:
            a, b = point.values[r.a], point.values[r.b]
            yield {
                "point": point.id,
                "question": clean_text(point.question),
                "a": r.a,
                "b": r.b,
                "value_a": clean_text(a.words),
                "value_b": clean_text(b.words),
                "relation": r.relation,
                "witness": clean_text(r.witness),
                "why": clean_text(r.why),
                "by": name_judge(r.by),
                "claim_a": a.claim,
                "claim_b": b.claim,
            }


def list_sources(picture: Picture) -> Iterator[Row]:
    """A row a source, with how reliable it is held to be and by whom, and how many claims are its word."""
    grades = {grade.target: grade for grade in picture.grades if grade.about == "source"}
    found: dict[str, Row] = {}
    for told in tell_claims(picture):
        speaker = told.attribution.speaker if told.attribution else None
        grade = told.reliability or grades.get(told.source)
        row = found.setdefault(
            told.source,
            {
                "source": told.source,
                "kind": speaker.kind if speaker else "" if told.attribution else "outlet",
                "role": clean_text(speaker.role) if speaker else "",
                "affiliation": clean_text(speaker.affiliation) if speaker else "",
                "anonymous": bool(speaker and speaker.anonymous),
                "claims": 0,
                "reliability": grade.grade if grade else "",
                "reliability_by": name_judge(grade.by) if grade else "",
                "why": clean_text(grade.why) if grade else "",
            },
        )
        row["claims"] += 1
    yield from sorted(found.values(), key=lambda row: (-row["claims"], row["source"]))


def list_origins(picture: Picture) -> Iterator[Row]:
    """A row an origin, with its institution and the reports that are from it."""
    for origin in picture.origins:
        yield {
            "origin": clean_text(origin.name),
            "group": clean_text(origin.group),
            "first": name_time(origin.first),
            "reports": clean_text(" ".join(origin.reports)),
        }


def list_happenings(picture: Picture) -> Iterator[Row]:
    """A row a happening, with how many of the claims that tell of it assert it."""
    asserted = {told.claim.id for told in tell_claims(picture) if told.is_asserted}
    for one in picture.happenings:
        yield {
            "happening": one.id,
            "words": clean_text(one.text),
            "event": one.what,
            "earliest": name_time(one.earliest),
            "latest": name_time(one.latest),
            "where": clean_text(one.where),
            "who": clean_text("; ".join(one.who)),
            "claims": len(one.claims),
            "claims_asserted": len(asserted.intersection(one.claims)),
            "origins": clean_text("; ".join(one.origins)),
            "points": " ".join(one.points),
            "claim_ids": " ".join(one.claims),
        }


def list_positions(picture: Picture) -> Iterator[Row]:
    """A row a party's position on a matter."""
    for one in picture.positions:
        yield {
            "party": clean_text(one.party),
            "stance": one.stance,
            "about": clean_text(one.about),
            "at": name_time(one.at),
            "point": one.point,
            "claims": " ".join(one.claims),
        }


def list_judgements(picture: Picture) -> Iterator[Row]:
    """A row a judgement of an analyst."""
    for one in picture.judgements:
        yield {
            "judgement": one.id,
            "kind": one.kind,
            "about": one.about,
            "target": one.target,
            "other": clean_text(one.other),
            "value": clean_text(one.value),
            "by": clean_text(one.by),
            "at": name_time(one.at),
            "reason": clean_text(one.reason),
        }


def list_assessments(foreseen: Foreseen) -> Iterator[Row]:
    """A row a hypothesis, scenario and open question, with whose it is and what was made of it."""
    for weighed in foreseen.matrices:
        said = {one.key: one for one in weighed.matrix.hypotheses}
        for verdict in weighed.verdicts:
            yield {
                "kind": "hypothesis",
                "of": clean_text(weighed.matrix.question),
                "text": clean_text(f"{verdict.key} {verdict.text}"),
                "by": clean_text(said[verdict.key].by),
                "at": name_time(said[verdict.key].at),
                "figure": verdict.posterior,
                "figure_is": "posterior, reckoned from analysts' ratings",
            }
    for made, outlooks in foreseen.scenarios:
        for outlook in outlooks:
            yield {
                "kind": "scenario",
                "of": clean_text(made.title),
                "text": clean_text(f"{outlook.scenario.name}: {outlook.scenario.text}"),
                "by": clean_text("; ".join(dict.fromkeys(b.by for b in outlook.beliefs)) or outlook.scenario.by),
                "at": name_time(outlook.scenario.at),
                "figure": outlook.mean,
                "figure_is": "mean of analysts' probabilities" if outlook.mean is not None else "",
            }
    for question, crowds in foreseen.questions:
        row = {"kind": "question", "text": clean_text(question.text), "by": clean_text(question.by)}
        row |= {"at": name_time(question.at), "closes": name_time(question.closes)}
        row |= {"resolves": name_time(question.resolves)}
        yield row
        for crowd in crowds:
            figures = {"figure": crowd.median, "figure_is": f"median of {crowd.forecasters} forecasters"}
            yield {**row, "kind": "forecast", "of": clean_text(crowd.option), "at": name_time(crowd.at), **figures}
