"""Which report a report stands on: the one it updates, copies, cites, links to, or retells without credit."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlsplit

from sayso.grammar.likenesses import rate_likeness
from sayso.record import Link, Report
from sayso.weigh.citations import Outlets
from sayso.weigh.copies import find_copies, find_quotations
from sayso.weigh.details import WORD, Rarity, find_details, stem
from sayso.weigh.sources import Account

CITED_WITHIN_DAYS = 10
"""How far back a cited report is looked for where the words do not give its day."""

CITED_MATTER = 0.08
"""Weighted share of the citing passage's details that the cited report has at least. It is low: the words name the
outlet, and only another story of that outlet has to be kept out."""

RETOLD_WITHIN_DAYS = 5
RETOLD_MATTER = 0.27
"""Weighted share of a report's details that stand in an earlier one before it counts as retold without credit. On
stories tried, reports of one topic with sources of their own share up to 0.24, rewrites from 0.30 up."""

FEWEST_DETAILS = 5
"""Rare details that such a report shares at least: short texts agree in two or three by chance."""

SMALL_DIGITS = 2
"""Digits up to which a number is found in many texts by chance."""

RETOLD_MATTER_ARGUED = 0.15
"""The same where the report argues in the first person: much of it is the writer's own."""

RETOLD_MATTER_HINTED = 0.08
"""The same where the report has a hyperlink to the earlier one, or quotes the same words."""

SAME_ARTICLE = 0.2
"""Weighted share of details that a later version at the same address keeps at least; below it the page tells another
story."""

SAME_TITLE = 0.6
"""The same for a version at another address, by the same outlet and under nearly the same title."""

UPDATED_WITHIN_DAYS = 3
SAME_WORDS = 85
"""Of 100: how alike two titles of one article are."""

SHOWN_DETAILS = 8
TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid|cmp|ref|referrer|src|source|at_\w+|ns_\w+|smid|s)=", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parent:
    """A report (by position) that another stands on wholly, and why."""

    report: int
    link: Link


class Kinship:
    """Finds parents among reports that are in order of publication. Positions are indices into `reports`."""

    def __init__(self, reports: Sequence[Report], accounts: Sequence[Account], outlets: Outlets) -> None:
        """Index the reports by outlet, address, shingles and rare details."""
        self.reports = reports
        self.accounts = accounts
        self.outlets = outlets
        self.details = [find_details(f"{report.title}\n{report.text}") for report in reports]
        self.rarity = Rarity(self.details)
        self.by_outlet: dict[str, list[int]] = {}
        self.by_address: dict[str, list[int]] = {}
        for i, report in enumerate(reports):
            if report.outlet.strip():
                self.by_outlet.setdefault(outlets.name(report.outlet), []).append(i)
            if address := plain_address(report.url):
                self.by_address.setdefault(address, []).append(i)
        leads = [account.lead_span for account in accounts]
        self.quotations = {quotation.child: quotation for quotation in find_quotations(reports)}
        self.copies = {copy.child: copy for copy in find_copies(reports, leads)}

    def find_update(self, i: int) -> Parent | None:
        """The first version of the same article: at the same address, or by the same outlet within days under nearly
        the same title, or with its text, and nearly the same matter."""
        report = self.reports[i]
        for j in self.by_address.get(plain_address(report.url), ()):
            if j < i and self.share(i, j) >= SAME_ARTICLE:
                return Parent(report=j, link=self.link("update", j, report.url))
        copied = self.copies[i].parent if i in self.copies else -1
        for j in sorted(self.find_siblings(i)):
            alike = bool(report.title) and rate_likeness(self.reports[j].title, report.title) >= SAME_WORDS
            if (alike or j == copied) and self.share(i, j) >= SAME_TITLE:
                return Parent(report=j, link=self.link("update", j, report.title or self.reports[j].title))
        return None

    def find_siblings(self, i: int) -> Iterator[int]:
        """The reports of the same outlet in the days before, latest first."""
        siblings = self.by_outlet.get(self.outlets.name(self.reports[i].outlet), [])
        for n in range(bisect_left(siblings, i) - 1, -1, -1):
            close = days_between(self.reports[siblings[n]], self.reports[i])
            if close is not None and close > UPDATED_WITHIN_DAYS:
                return
            if close is not None:
                yield siblings[n]

    def find_copy(self, i: int) -> Parent | None:
        """The earliest report whose text this one prints."""
        copy = self.copies.get(i)
        return Parent(report=copy.parent, link=self.link("copy", copy.parent, copy.text)) if copy else None

    def find_cited(self, i: int, outlet: str, day: date | None, passage: str) -> int | None:
        """The report of an outlet that a passage of report `i` tells of: by day and matter; None if it is not here."""
        told = find_details(passage)
        best, score = None, CITED_MATTER
        for j in self.by_outlet.get(outlet, ()):
            if j == i or not self.is_in_time(i, j, day):
                continue
            shared = max(self.rarity.contain(told, self.details[j]), self.share(i, j))
            if shared > score:
                best, score = j, shared
        return best

    def is_in_time(self, i: int, j: int, day: date | None) -> bool:
        """Whether report `j` can be what `i` cites: of the given day or a neighbour (zones differ), or recent."""
        cited, citing = self.reports[j].published, self.reports[i].published
        if cited is None or (citing is None and day is None):
            return True
        if day is not None:
            return abs((cited.date() - day).days) <= 1
        assert citing is not None
        return timedelta(days=-1) <= citing.date() - cited.date() <= timedelta(days=CITED_WITHIN_DAYS)

    def find_retold(self, i: int, *, opinion: bool = False) -> Parent | None:
        """The earlier report that this one retells without naming it: by hyperlink, quotation or rare details; with
        `opinion`, beside arguments of its own."""
        report = self.reports[i]
        addresses = {plain_address(link) for link in report.links}
        quoted = self.quotations.get(i)
        linked = [j for address in sorted(addresses - {""}) for j in self.by_address.get(address, ()) if j != i]
        best, score = None, 0.0
        hinted = [*linked, *([quoted.parent] if quoted else [])]
        for j in (*hinted, *self.rarity.find_candidates(i)):
            close = days_between(self.reports[j], report)
            own = self.outlets.name(self.reports[j].outlet) == self.outlets.name(report.outlet)
            if j >= i or own or (close is not None and close > RETOLD_WITHIN_DAYS):
                continue
            shared = self.share(i, j)
            enough = RETOLD_MATTER_HINTED if j in hinted else RETOLD_MATTER_ARGUED if opinion else RETOLD_MATTER
            if shared >= enough and shared > score and (j in hinted or self.count_rare(i, j) >= FEWEST_DETAILS):
                best, score = j, shared
        if best is None:
            return None
        if best in linked:
            return Parent(report=best, link=self.link("links", best, self.reports[best].url))
        if quoted and best == quoted.parent:
            return Parent(report=best, link=self.link("quotation", best, quoted.text))
        common = sorted(self.details[i] & self.details[best], key=lambda d: (-self.rarity.weigh(d), d))[:SHOWN_DETAILS]
        return Parent(report=best, link=self.link("details", best, show_words(report, common)))

    def count_rare(self, i: int, j: int) -> int:
        """How many details that few reports hold two reports share; small numbers, as hours have, do not count."""
        few = max(3, len(self.reports) // 10)
        both = (d for d in self.details[i] & self.details[j] if not (d.isdecimal() and len(d) <= SMALL_DIGITS))
        return sum(self.rarity.counts[detail] <= few for detail in both)

    def share(self, i: int, j: int) -> float:
        """The weighted share of report `i`'s details that report `j` has too."""
        return self.rarity.contain(self.details[i], self.details[j])

    def link(self, kind: str, j: int, text: str) -> Link:
        """The link to report `j`."""
        return Link(kind=kind, report=self.reports[j].id, outlet=self.reports[j].outlet, text=text)


def show_words(report: Report, details: Sequence[str]) -> str:
    """The words of a report that hold these details, as it writes them."""
    wanted: Mapping[str, None] = dict.fromkeys(details)
    shown: dict[str, str] = {}
    for match in WORD.finditer(report.text):
        detail = stem(match.group())
        if detail in wanted and detail not in shown:
            shown[detail] = match.group()
    return ", ".join(shown[detail] for detail in details if detail in shown)


def plain_address(url: str) -> str:
    """A web address without scheme, "www.", fragment, last slash and what only tracks readers; "" where there is none.

    Other parts of the query stay: many sites keep the article's number there. So does a fragment that says which part
    of a page is meant: each update of a live page is a report of its own.
    """
    try:
        parts = urlsplit(url.strip())
        kept = sorted(p for p in parts.query.split("&") if p and not TRACKING.match(p))
    except ValueError:
        return ""
    path = parts.path.rstrip("/")
    if not parts.netloc or not (path or kept):
        return ""
    part = f"#{parts.fragment}" if parts.fragment.startswith("part-") else ""
    return parts.netloc.lower().removeprefix("www.") + path + ("?" + "&".join(kept) if kept else "") + part


def days_between(earlier: Report, later: Report) -> int | None:
    """Days from one publication to another; None where either is unknown."""
    if earlier.published is None or later.published is None:
        return None
    return (later.published.date() - earlier.published.date()).days
