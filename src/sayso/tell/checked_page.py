"""A checked article as one HTML file: its passages coloured, and beside each what is held against it or behind it.

Nothing in it runs: evidence unfolds by the browser's own means. As in a brief, all words come from strangers, so that
the template escapes everything, and the page's content security policy lets in the style by its hash and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sayso.harms import clean_text
from sayso.record import Checked, Flag
from sayso.tell.checked import ALARMS, KINDS, name_article, number_flags, split_passages
from sayso.tell.citations import Citation, cite_claim, name_moment, name_outlet, name_published, safe_url
from sayso.tell.html import view_citation
from sayso.tell.pages import LANGUAGE, render_template

MOST_SHOWN = 8
"""Claims unfolded under one flag; more are counted."""

LINE = re.compile(r"[^\n]+")

MEANINGS = {
    "impossible": "cannot be, whatever others say",
    "contradicted": "others exclude it, or the outlet has corrected it",
    "misattributed": "another source's words or news",
    "scope-changed": "the source meant something else",
    "hedge-dropped": "the source was less sure",
    "outdated": "a later value has replaced it",
    "unsupported": "no other report says just this",
    "single-origin": "all reports have it from one origin",
    "corroborated": "two or more independent origins",
}


def render_page(checked: Checked) -> str:
    """The checked article as an HTML document."""
    return render_template("checked.html.j2", "checked.css", **view_checked(checked))


def view_checked(checked: Checked) -> dict[str, Any]:
    """What the template shows of a checked article."""
    report = checked.article.report
    flags = number_flags(checked)
    cited = cite_evidence(checked)
    return {
        "title": name_article(report),
        "facts": list_facts(checked),
        "counts": [(kind, MEANINGS[kind], n) for kind in KINDS if (n := sum(f.kind == kind for f in flags.values()))],
        "alarms": [view_flag(n, flag, cited) for n, flag in flags.items() if flag.kind in ALARMS],
        "paragraphs": list(view_paragraphs(checked, flags, cited)),
        "language": report.language if LANGUAGE.fullmatch(report.language) else "",
        "url": safe_url(report.url),
    }


def list_facts(checked: Checked) -> list[tuple[str, str]]:
    """The line under the title: who published the article and when, and what it was compared with."""
    report = checked.article.report
    facts = [("Outlet", name_outlet(report)), ("Published", name_published(report))]
    others = [r.report for r in checked.picture.readings if r is not checked.article]
    facts.append(("Compared with", f"{len(others):,} report{'' if len(others) == 1 else 's'}"))
    dates = [other.published for other in others if other.published]
    if dates:
        facts.append(("Of", " – ".join(name_moment(date, exact=False) for date in (min(dates), max(dates)))))
    return facts


def view_paragraphs(checked: Checked, flags: dict[int, Flag], cited: dict[str, Citation]) -> Iterator[dict[str, Any]]:
    """What the template shows of each paragraph: its pieces with their flags, and the flags that begin in it."""
    text = checked.article.report.text
    lines = [match.span() for match in LINE.finditer(text) if match.group().strip()]
    pieces = list(split_passages(checked, (at for line in lines for at in line)))
    waiting = sorted(flags, reverse=True)
    place = 0
    for start, end in lines:
        shown = []
        while place < len(pieces) and pieces[place][0][0] < end:
            (left, right), over = pieces[place]
            place += 1
            if left >= start:
                shown.append(
                    {
                        "words": clean_text(text[left:right]),
                        "kind": flags[over[0]].kind if over else "",
                        "alarm": bool(over) and flags[over[0]].kind in ALARMS,
                        "ends": [(n, flags[n].kind) for n in over if right == flags[n].end],
                    }
                )
        inside = []
        while waiting and flags[waiting[-1]].start < end:
            number = waiting.pop()
            inside.append(view_flag(number, flags[number], cited))
        yield {"pieces": shown, "flags": inside}


def view_flag(number: int, flag: Flag, cited: dict[str, Citation]) -> dict[str, Any]:
    """What the template shows of a flag: its kind, passage, reason, and the claims that show it."""
    known = [cited[claim] for claim in flag.against if claim in cited]
    return {
        "number": number,
        "kind": flag.kind,
        "alarm": flag.kind in ALARMS,
        "quote": clean_text(" ".join(flag.quote.split())),
        "why": clean_text(flag.why),
        "evidence": [view_citation(citation) for citation in known[:MOST_SHOWN]],
        "more": max(0, len(known) - MOST_SHOWN),
    }


def cite_evidence(checked: Checked) -> dict[str, Citation]:
    """The claims that the flags name, each with its words in context and its chain."""
    wanted = {claim for flag in checked.flags for claim in flag.against}
    origins = {claim: name for found in checked.picture.provenance for claim, name in found.claims}
    cited: dict[str, Citation] = {}
    for reading in checked.picture.readings:
        for claim in reading.claims:
            if claim.id not in wanted:
                continue
            cited[claim.id] = cite_claim(reading, claim, len(cited) + 1, origins.get(claim.id, ""))
    return cited
