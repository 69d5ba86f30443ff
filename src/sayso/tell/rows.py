"""The JSON form of a brief: `sayso brief --format json`.

Keys are those of the glossary. Every sentence lists claim ids, every id stands under ``claims`` with its exact words,
their span in the report, the context around them and the chain behind them.
"""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from sayso.forms import to_json
from sayso.harms import clean_text
from sayso.record import Brief, Estimate, Report, Table
from sayso.tell.citations import Citation, cite_claims, list_reports
from sayso.tell.tables import dump_row


def render_json(brief: Brief) -> str:
    """The brief as one line of JSON that ends in a newline."""
    return dump_row(row_of_brief(brief)) + "\n"


def row_of_brief(brief: Brief) -> dict[str, Any]:
    """The brief as plain lists, dicts, strings and numbers; datetimes as ISO 8601."""
    cited = cite_claims(brief)
    return {
        "title": clean_text(brief.title),
        "as_of": to_json(brief.picture.as_of),
        "since": to_json(brief.since),
        "sections": [
            {
                "id": section.id,
                "title": section.title,
                "front": section.front,
                "sentences": [
                    {
                        "text": clean_text(sentence.text),
                        "claims": [claim for claim in sentence.claims if claim in cited],
                        "detail": clean_text(sentence.detail),
                        "by": clean_text(sentence.by),
                    }
                    for sentence in section.sentences
                ],
                **({"tables": [row_of_table(table, cited) for table in section.tables]} if section.tables else {}),
            }
            for section in brief.sections
        ],
        "claims": {claim: row_of_citation(citation) for claim, citation in cited.items()},
        "estimates": [row_of_estimate(estimate) for estimate in brief.picture.estimates],
        "reports": [
            {
                "id": report.id,
                "outlet": clean_text(report.outlet),
                "title": clean_text(report.title),
                "published": published_of(report),
                "url": clean_text(report.url),
                "origins": list(found.origins) if found else [],
                "also": list(found.also) if found else [],
            }
            for report, found in list_reports(brief)
        ],
        "problems": to_json(brief.problems),
    }


def row_of_table(table: Table, cited: Container[str]) -> dict[str, Any]:
    """A table of assessments: every row says whose it is, and which claims it speaks of."""
    return {
        "title": clean_text(table.title),
        "columns": list(table.columns),
        "rows": [
            {
                "cells": [clean_text(cell) for cell in row.cells],
                "claims": [claim for claim in row.claims if claim in cited],
                "said": list(row.said),
                "by": [clean_text(name) for name in row.by],
            }
            for row in table.rows
        ],
        "note": clean_text(table.note),
    }


def row_of_citation(citation: Citation) -> dict[str, Any]:
    """One claim as the brief cites it."""
    claim, report, attribution = citation.claim, citation.report, citation.attribution
    return {
        "number": citation.number,
        "text": citation.words,
        "report": report.id,
        "outlet": clean_text(report.outlet),
        "title": clean_text(report.title),
        "published": published_of(report),
        "url": clean_text(report.url),
        "source": citation.chain[-1] if attribution else "",
        "via": [clean_text(outlet) for outlet in attribution.via] if attribution else [],
        "chain": citation.path,
        "by": clean_text(attribution.by) if attribution else "",
        "stance": citation.stance,
        "certainty": list(attribution.certainty) if attribution else None,
        "origin": clean_text(citation.origin),
        "start": claim.start,
        "end": claim.end,
        "before": citation.before,
        "after": citation.after,
    }


def row_of_estimate(estimate: Estimate) -> dict[str, Any]:
    """One source's line of figures."""
    return {
        "point": estimate.point,
        "question": clean_text(estimate.question),
        "unit": clean_text(estimate.unit),
        "source": clean_text(estimate.source),
        "values": [
            {
                "low": value.low,
                "high": value.high,
                "text": clean_text(value.text),
                "as_of": to_json(value.as_of),
                "claim": value.claim,
                "report": value.report,
                "origin": clean_text(value.origin),
                "by": clean_text(value.by),
            }
            for value in estimate.values
        ],
    }


def published_of(report: Report) -> str | None:
    """The moment of publication, or the day alone where no more is known, in the zone it was published in."""
    if report.published is None:
        return None
    return report.published.isoformat() if report.published_exact else report.published.date().isoformat()
