"""A brief as one HTML file: no other file, font or server; nothing in it runs but its own few lines of script.

All words come from strangers, so the template escapes everything, links lead to http and https only, and the page's
content security policy (CSP Level 3) lets in the style and the script by their hashes and nothing else.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Any

from sayso.harms import clean_text
from sayso.record import Brief, Estimate, Section, Sentence, Table
from sayso.tell.charts import draw_chart, draw_key, draw_lines, name_range, worth_drawing
from sayso.tell.citations import (
    Citation,
    cite_claims,
    group_estimates,
    list_reports,
    name_as_of,
    name_assessors,
    name_outlet,
    name_published,
    safe_url,
    sort_sentences,
    split_context,
)
from sayso.tell.outlines import CREED, NOTHING, list_facts
from sayso.tell.pages import LANGUAGE, render_template
from sayso.tell.tongues import _, mark

WIDE, NARROW = 736, 340
"""Widths of the two drawings of each chart, in pixels: one for a page, one for a phone."""

KNOWN_SECTIONS = frozenset(
    (
        "key",
        "figures",
        "changed",
        "conflicts",
        "estimates",
        "positions",
        "absences",
        "timeline",
        "unknown",
        "reports",
        "hypotheses",
        "scenarios",
        "questions",
    )
)
QUESTION, LABEL = re.compile(r"[^?]{1,160}\?(?= )"), re.compile(r"[^:“]{1,80}:(?= )")
EITHER = re.compile(r"[^?“]{1,160}[?:](?= )")
HEADS = {"changed": QUESTION, "conflicts": EITHER, "positions": LABEL, "timeline": LABEL}
"""What a section's sentences begin with."""

NO_REPORTS = Section(id="reports", title=mark("Reports"), sentences=())
"""The section for the reports used, where a brief has none."""


def render_html(brief: Brief, *, script: bool = True) -> str:
    """The brief as an HTML document, without its own script where none is wanted."""
    return render_template("brief.html.j2", "brief.css", "brief.js" if script else "", **view_brief(brief))


def view_brief(brief: Brief) -> dict[str, Any]:
    """What the template shows of a brief."""
    cited = cite_claims(brief)
    used: set[int] = set()
    shown = [view_section(section, brief, cited, used) for section in order_sections(brief.sections)]
    return {
        "title": clean_text(brief.title),
        "facts": list_facts(brief),
        "front": [section for section in shown if section["front"]],
        "rest": [section for section in shown if not section["front"]],
        "reports": view_reports(brief),
        "citations": [view_citation(citation) for citation in cited.values()],
        "problems": [clean_text(problem.message) for problem in brief.problems],
        "assessed": any(row.by for section in brief.sections for table in section.tables for row in table.rows),
        "nothing": _(NOTHING),
        "creed": _(CREED),
    }


def order_sections(sections: tuple[Section, ...]) -> list[Section]:
    """The sections of the front page, then those folded behind it, last the reports used. Where none is on the front
    page all but the reports are, since a page that shows nothing tells nothing."""
    told = [section for section in sections if section.id != "reports"]
    if not any(section.front for section in told):
        told = [replace(section, front=True) for section in told]
    none = replace(NO_REPORTS, title=_(NO_REPORTS.title))
    reports = next((section for section in sections if section.id == "reports"), none)
    front = [section for section in told if section.front]
    return [*front, *(section for section in told if not section.front), replace(reports, front=False)]


def view_section(section: Section, brief: Brief, cited: dict[str, Citation], used: set[int]) -> dict[str, Any]:
    """What the template shows of a section. `used` collects the citation numbers met so far."""
    known = section.id in KNOWN_SECTIONS
    charted = group_estimates(brief) if section.id == "estimates" else []
    told = sort_sentences(section, charted)
    published = {reading.report.id: reading.report.published for reading in brief.picture.readings}
    sentences = [view_sentence(sentence, section, brief, cited, used) for sentence in told[-1]]
    charts = [view_chart(lines, published, cited, used) for lines in charted]
    for chart, tellings in zip(charts, told, strict=False):
        # After the table, so that a citation leads back to its row and not into a folded sentence.
        chart["sentences"] = [view_sentence(sentence, section, brief, cited, used) for sentence in tellings]
    size = len(section.sentences) + sum(len(table.rows) for table in section.tables)
    return {
        # An id of ours or one made of letters only: it becomes an anchor.
        "id": section.id if known else "s-" + (re.sub(r"[^a-z0-9]+", "-", section.id.lower()) or "other"),
        "kind": section.id if known else "plain",
        "title": clean_text(section.title),
        "front": section.front,
        "size": len(brief.picture.readings) if section.id == "reports" else size,
        "sentences": sentences,
        "charts": charts,
        "tables": [view_table(table, cited, used) for table in section.tables],
    }


def view_table(table: Table, cited: dict[str, Citation], used: set[int]) -> dict[str, Any]:
    """What the template shows of a table; whose a row is stands in the last column, where anybody assessed any."""
    signed = any(row.by for row in table.rows)
    columns = [clean_text(column) for column in (*table.columns, *((_("Assessed by"),) if signed else ()))]
    rows = [(row, (*row.cells, *((name_assessors(row),) if signed else ()))) for row in table.rows]
    return {
        "title": clean_text(table.title),
        "columns": columns,
        "rows": [
            {
                "cells": list(zip(columns, (clean_text(cell) for cell in cells), strict=False)),
                "notes": view_notes(row.claims, cited, used),
            }
            for row, cells in rows
        ],
        "signed": signed,
        "note": clean_text(table.note),
    }


def view_sentence(
    sentence: Sentence, section: Section, brief: Brief, cited: dict[str, Citation], used: set[int]
) -> dict[str, Any]:
    """What the template shows of a sentence: its words, detail, citations and, among positions, the stance."""
    badge = ""
    if section.id == "positions":
        stances = {p.stance for p in brief.picture.positions if set(p.claims) & set(sentence.claims)}
        badge = stances.pop() if len(stances) == 1 else ""
    head, text, tail = split_sentence(clean_text(sentence.text), section.id)
    return {
        "head": head,
        "text": text,
        "tail": tail,
        "detail": clean_text(sentence.detail).strip(),
        "notes": view_notes(sentence.claims, cited, used),
        "badge": badge if badge.isalpha() else "",
    }


def split_sentence(text: str, section: str) -> tuple[str, str, str]:
    """A sentence in three parts that join to it again: what it is about, what it says, and by whose word.

    They are set apart by type only: "How many are missing? ...", "3 March 2031: ...", "“...” — Lund Post, 4 March".
    """
    head = HEADS[section].match(text) if section in HEADS else None
    start = head.end() if head else 0
    tail = max(text.rfind("” — ", start), text.rfind("”, — ", start))
    end = tail + 1 if tail >= 0 else len(text)
    return text[:start], text[start:end], text[end:]


def view_notes(claims: tuple[str, ...], cited: dict[str, Citation], used: set[int]) -> list[dict[str, Any]]:
    """The numbers after a sentence; the first use of each in the page is where its note leads back to."""
    notes = []
    for citation in sorted({claim: cited[claim] for claim in claims if claim in cited}.values(), key=number_of):
        first = citation.number not in used
        used.add(citation.number)
        notes.append(
            {
                "number": citation.number,
                "title": citation.path,
                "first": f"r{citation.number}" if first else "",
            }
        )
    return notes


def number_of(citation: Citation) -> int:
    """The citation's number, to sort by."""
    return citation.number


def view_chart(
    estimates: tuple[Estimate, ...],
    published: dict[str, datetime | None],
    cited: dict[str, Citation],
    used: set[int],
) -> dict[str, Any]:
    """What the template shows of a point's estimates: two drawings, their key, and the table of all values."""
    question, unit = clean_text(estimates[0].question), estimates[0].unit
    lines = draw_lines(estimates, published)
    drawn = worth_drawing(lines)
    return {
        "question": question,
        "wide": draw_chart(lines, unit, question, WIDE) if drawn else "",
        "narrow": draw_chart(lines, unit, question, NARROW) if drawn else "",
        "legend": [(draw_key(number), line.source) for number, line in enumerate(lines)],
        "rows": [
            {
                "source": clean_text(estimate.source),
                "as_of": name_as_of(value, published.get(value.report)),
                "figure": name_range(value, unit),
                "words": clean_text(value.words or value.text),
                "notes": view_notes((value.claim,), cited, used),
            }
            for estimate in estimates
            for value in estimate.values
        ],
    }


def view_reports(brief: Brief) -> list[dict[str, Any]]:
    """What the template shows of the reports used, oldest first."""
    return [
        {
            "published": name_published(report),
            "outlet": name_outlet(report),
            "title": clean_text(report.title or report.id),
            "url": safe_url(report.url),
            "origins": clean_text("; ".join(found.origins)) if found else "",
        }
        for report, found in list_reports(brief)
    ]


def view_citation(citation: Citation) -> dict[str, Any]:
    """What the template shows of a citation: chain, words in context, where and when they were published. Whoever shows
    reports fills in where its words stand `inside` the report."""
    report = citation.report
    return {
        "digest": report.digest,
        "inside": "",
        "number": citation.number,
        "claim": clean_text(citation.claim.id),
        "chain": citation.chain if citation.attribution else (citation.path,),
        "stance": citation.stance if citation.stance.isalpha() else "",
        "pieces": list(split_context(citation)),
        "cut_before": bool(report.text[: citation.context[0]].strip()),
        "cut_after": bool(report.text[citation.context[1] :].strip()),
        "title": clean_text(report.title or report.id),
        "published": name_published(report),
        "origin": clean_text(citation.origin),
        "url": safe_url(report.url),
        "language": report.language if LANGUAGE.fullmatch(report.language) else "",
    }
