"""A brief as one HTML file: no other file, font or server; nothing in it runs but its own few lines of script.

All words come from strangers, so the template escapes everything, links lead to http and https only, and the page's
content security policy (CSP Level 3) lets in the style and the script by their hashes and nothing else.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from sayso.record import Brief, Estimate, Section, Sentence, Table
from sayso.tell.charts import draw_chart, draw_key, draw_lines, name_range, worth_drawing
from sayso.tell.citations import (
    Citation,
    cite_claims,
    clean_text,
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
from sayso.tell.outlines import list_facts

if TYPE_CHECKING:
    from jinja2 import Template

WIDE, NARROW = 736, 340
"""Widths of the two drawings of each chart, in pixels: one for a page, one for a phone."""

KNOWN_SECTIONS = frozenset(
    (
        "key",
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
HEADS = {"changed": QUESTION, "conflicts": QUESTION, "positions": LABEL, "timeline": LABEL}
"""What a section's sentences begin with."""

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")


def render_html(brief: Brief, *, script: bool = True) -> str:
    """The brief as an HTML document, where no `script` is wanted without its own."""
    cited = cite_claims(brief)
    used: set[int] = set()
    style, lines = read_asset("brief.css"), read_asset("brief.js") if script else ""
    return load_template().render(
        title=clean_text(brief.title),
        facts=list_facts(brief),
        sections=[view_section(section, brief, cited, used) for section in add_reports(brief.sections)],
        reports=view_reports(brief),
        citations=[view_citation(citation) for citation in cited.values()],
        problems=[clean_text(problem.message) for problem in brief.problems],
        assessed=any(section.tables for section in brief.sections),
        # Ours, whole and unescaped: the browser compares their hashes with the policy's.
        style=Markup(style),
        script=Markup(lines),
        style_hash=hash_source(style),
        script_hash=hash_source(lines) if script else "",
    )


def add_reports(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """The sections, with one for the reports used where there is none."""
    if any(section.id == "reports" for section in sections):
        return sections
    return *sections, Section(id="reports", title="Reports", sentences=())


@cache
def read_asset(name: str) -> str:
    """A file beside this module."""
    return (files("sayso.tell") / name).read_text("utf8")


@cache
def load_template() -> Template:
    """The page's template, with escaping on."""
    from jinja2 import Environment, StrictUndefined

    env = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return env.from_string(read_asset("brief.html.j2"))


def hash_source(source: str) -> str:
    """The hash by which a content security policy knows an inline style or script."""
    return "sha256-" + b64encode(hashlib.sha256(source.encode("utf8")).digest()).decode("ascii")


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
    return {
        # An id of ours or one made of letters only: it becomes an anchor.
        "id": section.id if known else "s-" + (re.sub(r"[^a-z0-9]+", "-", section.id.lower()) or "other"),
        "kind": section.id if known else "plain",
        "title": clean_text(section.title),
        "sentences": sentences,
        "charts": charts,
        "tables": [view_table(table, cited, used) for table in section.tables],
    }


def view_table(table: Table, cited: dict[str, Citation], used: set[int]) -> dict[str, Any]:
    """What the template shows of a table of assessments."""
    return {
        "title": clean_text(table.title),
        "columns": [clean_text(column) for column in table.columns],
        "rows": [
            {
                "cells": [clean_text(cell) for cell in row.cells],
                "notes": view_notes(row.claims, cited, used),
                "by": name_assessors(row),
            }
            for row in table.rows
        ],
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
    tail = text.rfind("” — ", start)
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
    """What the template shows of a citation: chain, words in context, where and when they were published."""
    report = citation.report
    return {
        "number": citation.number,
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
