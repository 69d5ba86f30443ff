"""A brief as Markdown (CommonMark with GitHub's tables and footnotes).

Each sentence ends in footnote numbers; each footnote names outlet and day, leads to the claim's exact words and has its
id. What folds in other faces, the whole chain and context of each claim and the list of reports, is left to them. Words
that come from reports or outlets are escaped, so that none of them can become markup.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote

from sayso.harms import clean_text
from sayso.record import Brief, Sentence, Table
from sayso.tell.budgets import MOST_NOTES
from sayso.tell.citations import (
    Citation,
    cite_claims,
    count_origins,
    name_assessors,
    name_moment,
    name_outlet,
    number_claims,
    safe_url,
)
from sayso.tell.outlines import NOTHING
from sayso.tell.tongues import _, ngettext

# Only what can start markup inside a line; a full stop or bracket escaped for no need is hard to read in a terminal.
SPECIAL = re.compile(r"[\\`*_\[\]<>|~]|&(?=#?\w+;)")
LINE_START = re.compile(r"^(\s*)([#+\-=:>]|\d+[.)](?=\s|$))")
DRAWN = "estimates"
"""The section that is charts: its figures are in those of the front page."""
WORDS_NOTED = 6
"""Words of a claim that find it in its page."""
URL_UNSAFE = re.compile(r"[\s<>\\]")


def render_markdown(brief: Brief) -> str:
    """The brief as a Markdown document that ends in a newline."""
    numbers = number_claims(brief)
    used: dict[str, int] = {}
    parts = [f"# {escape_words(brief.title)}", describe_brief(brief)]
    for section in brief.sections:
        if section.id == DRAWN:
            continue
        parts.append(f"## {escape_words(section.title)}")
        if section.sentences:
            parts.append("\n".join(render_sentences(section.sentences, numbers, used)))
        elif not section.tables:
            parts.append(_(NOTHING))
        parts += [render_table(table, numbers, used) for table in section.tables]
    if brief.problems:
        parts.append(
            f"## {_('Problems')}\n\n" + "\n".join(f"- {escape_words(problem.message)}" for problem in brief.problems)
        )
    footnotes = [render_footnote(citation) for claim, citation in cite_claims(brief).items() if claim in used]
    if footnotes:
        parts.append("\n".join(footnotes))
    return "\n\n".join(parts) + "\n"


def escape_words(text: str) -> str:
    """Text in one line that means itself in Markdown, wherever it stands."""
    line = " ".join(clean_text(text).split())
    line = SPECIAL.sub(lambda match: {"<": "&lt;", ">": "&gt;", "&": "&amp;"}.get(match[0], "\\" + match[0]), line)
    return LINE_START.sub(lambda match: match[1] + match[2][:-1] + "\\" + match[2][-1], line)


def describe_brief(brief: Brief) -> str:
    """One line: as of when, since when, from how many reports, outlets and origins."""
    reports = [reading.report for reading in brief.picture.readings]
    words = [_("As known on {day}", day=name_moment(brief.picture.as_of))] if brief.picture.as_of else []
    if brief.since:
        words.append(_("changes since {day}", day=name_moment(brief.since)))
    told = ngettext("{number} report", "{number} reports", len(reports))
    outlets = len({name_outlet(report) for report in reports})
    words.append(ngettext("{reports} from {number} outlet", "{reports} from {number} outlets", outlets, reports=told))
    if origins := count_origins(brief):
        words.append(ngettext("{number} origin", "{number} origins", origins))
    return f"*{' · '.join(words)}*"


def render_sentences(sentences: Sequence[Sentence], numbers: dict[str, int], used: dict[str, int]) -> list[str]:
    """Sentences as list items, each with its detail and its footnotes; `used` collects the footnotes met."""
    lines = []
    for sentence in sentences:
        detail = f" *({escape_words(sentence.detail)})*" if sentence.detail.strip() else ""
        lines.append(f"- {escape_words(sentence.text)}{detail}{render_notes(sentence.claims, numbers, used)}")
    return lines


def render_notes(claims: Sequence[str], numbers: dict[str, int], used: dict[str, int]) -> str:
    """The footnotes of a sentence's or row's first claims; the others are found by `sayso explain`."""
    shown = [claim for claim in claims if claim in numbers][:MOST_NOTES]
    used.update((claim, numbers[claim]) for claim in shown)
    return "".join(f"[^{numbers[claim]}]" for claim in sorted(shown, key=numbers.__getitem__))


def render_table(table: Table, numbers: dict[str, int], used: dict[str, int]) -> str:
    """A table under its heading: each row with its footnotes and, where it is an assessment, whose."""
    assessed = any(row.by for row in table.rows)
    columns = [
        *(escape_piece(column) for column in table.columns),
        *([escape_piece(_("Assessed by"))] if assessed else []),
    ]
    rows = [f"| {' | '.join(columns)} |", "|" + "---|" * len(columns)]
    for row in table.rows:
        notes = render_notes(row.claims, numbers, used)
        cells = [*(escape_piece(cell) for cell in row.cells[:-1]), escape_piece(row.cells[-1]) + notes]
        rows.append(f"| {' | '.join([*cells, *([escape_piece(name_assessors(row))] if assessed else [])])} |")
    head = [f"### {escape_words(table.title)}"] if table.title else []
    parts = [*head, "\n".join(rows)]
    return "\n\n".join([*parts, f"*{escape_words(table.note)}*"] if table.note else parts)


def render_footnote(citation: Citation) -> str:
    """A citation's footnote: outlet and day, linked to its very words in the page (WICG URL Fragment Text Directives),
    or the words themselves where it has no address; then the claim's id, for `sayso explain` and for judgements."""
    report = citation.report
    where = escape_words(f"{name_outlet(report)}, {name_moment(report.published, exact=False)}")
    url = URL_UNSAFE.sub("", safe_url(report.url))
    words = " ".join(citation.words.split()[:WORDS_NOTED])
    if url:
        found = quote(words, safe="").replace("-", "%2D")
        shown = f"[{where}](<{url}{':~:' if '#' in url else '#:~:'}text={found}>)"
    else:
        shown = f"{where}: “{escape_piece(words)}”"
    return f"[^{citation.number}]: {shown} `{citation.claim.id}`"


def escape_piece(text: str) -> str:
    """A piece of running text in one line, escaped, with the spaces at its ends kept as one."""
    line = re.sub(r"\s+", " ", clean_text(text))
    return SPECIAL.sub(lambda match: {"<": "&lt;", ">": "&gt;", "&": "&amp;"}.get(match[0], "\\" + match[0]), line)
