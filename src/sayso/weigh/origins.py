"""Where each report's information came from, and how many of the places it came from are independent.

Every report is led back, step by step, to what it stands on: the article it updates, the text it prints, the outlet it
credits, the source it names, or an earlier report whose rare details it repeats without credit. What no step leads
further is an origin. Each step leaves a `Link` that shows the words it rests on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sayso.record import Link, Origin, Provenance, Reading
from sayso.weigh.citations import find_citations, gather_outlets
from sayso.weigh.details import find_details
from sayso.weigh.names import Member, find_group, know_people, name_id, name_origin, name_title
from sayso.weigh.parents import Kinship, Parent
from sayso.weigh.retellings import SHARED_FROM, SHARED_THOUGH_SOURCED, Outline, Retellings, outline, weigh_signs
from sayso.weigh.sources import Said, place_branches, read_account
from sayso.weigh.statements import Sets, Telling, join_tellings

CREDIT_MATTER = 0.1
"""Weighted share of details that two credits to one outlet's report, itself not at hand, have in common at least."""

WIRE_MATTER = 0.35
"""The same for two reports under one wire's name: a wire tells many stories in a day."""

FEWEST_WORDS = 2
"""Details that two tellings of one statement on different days share at least: a word or two are of the topic."""

MOST_ALIKE = 12
"""Reports with the most rare details in common that are looked at for a shared origin."""

MOST_SHARED = 3
"""Such reports that are told."""

Reasons = tuple[tuple[str, float], ...]
"""Named signs and what each added."""

LEAD_FIRST = 1.5
"""How many times more like the telling a later passage must be before a citation means it and not the lead."""


@dataclass(frozen=True, slots=True)
class Node:
    """Something that may be an origin: a source's words in a report (`said` >= 0), or the report itself (-1)."""

    report: int
    said: int


def trace_origins(readings: Sequence[Reading]) -> tuple[tuple[Provenance, ...], tuple[Origin, ...]]:
    """The provenance of each reading, in their order, and all origins, in order of first appearance.

    The result is the same in whatever order the readings come: they are weighed by publication and id.
    """
    order = sorted(range(len(readings)), key=lambda i: sort_key(readings[i]))
    trail = Trail([readings[i] for i in order])
    names = trail.name_origins()
    told = [trail.tell(n, names) for n in range(len(order))]
    place = {i: n for n, i in enumerate(order)}
    return tuple(told[place[i]] for i in range(len(readings))), trail.list_origins(names, told)


def count_independent(names: Iterable[str], origins: Iterable[Origin]) -> tuple[int, int]:
    """The lowest and highest number of independent origins among these names: groups, and origins. Names that are no
    origin's count for themselves; empty ones do not count."""
    groups = {origin.name: origin.group for origin in origins}
    wanted = {name for name in names if name}
    return len({groups.get(name, name) for name in wanted}), len(wanted)


def published_day(reading: Reading) -> date | None:
    """The day of publication there, or None."""
    return reading.report.published.date() if reading.report.published else None


def sort_key(reading: Reading) -> tuple[bool, float, str, str]:
    """By publication (unknown last), then id and digest."""
    at = reading.report.published
    return at is None, at.timestamp() if at else 0.0, reading.report.id, reading.report.digest or reading.report.text


class Trail:
    """The way back from every report. Reports are known by their position in order of publication."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        """Read every report's sources and find what each stands on; `readings` are in order of publication."""
        self.readings = readings
        self.reports = [reading.report for reading in readings]
        self.outlets = gather_outlets(self.reports)
        self.citations = [find_citations(report, self.outlets) for report in self.reports]
        self.accounts = [
            read_account(reading, self.outlets, cited) for reading, cited in zip(readings, self.citations, strict=True)
        ]
        self.accounts = place_branches(self.accounts)
        self.kin = Kinship(self.reports, self.accounts, self.outlets)
        self.nodes = [Node(i, s) for i, account in enumerate(self.accounts) for s in range(-1, len(account.said))]
        self.place = {node: n for n, node in enumerate(self.nodes)}
        self.sets = Sets(len(self.nodes))
        self.leads: dict[int, tuple[int, ...]] = {}
        self.parents = [self.find_parent(i) for i in range(len(readings))]
        self.cited = {
            (i, s): self.find_cited(i, said)
            for i, account in enumerate(self.accounts)
            for s, said in enumerate(account.said)
            if said.outlet and not said.silent
        }
        self.join_statements()
        self.join_citations()
        self.behind = [self.find_all(i) for i in range(len(readings))]
        self.retellings = Retellings(self.kin, [self.outline(i) for i in range(len(readings))])
        self.shared = [self.find_shared(i) for i in range(len(readings))]
        self.retold = {j for shared in self.shared for j, _ in shared}

    # What a report stands on wholly.

    def find_parent(self, i: int) -> Parent | None:
        """The report that report `i` updates or prints, or retells without naming any source of its own."""
        parent = self.kin.find_update(i) or self.kin.find_copy(i)
        if parent is not None:
            return parent
        account = self.accounts[i]
        lead = [account.said[s] for s in account.lead]
        if any(said.outlet if account.opinion else said.stands for said in lead):
            return None
        if self.reports[i].cites or any(c.kind == "byline" for c in self.citations[i]):
            return None
        return self.kin.find_retold(i, opinion=account.opinion)

    def is_version(self, i: int) -> bool:
        """Whether report `i` is a later version of another."""
        parent = self.parents[i]
        return parent is not None and parent.link.kind == "update"

    # Which words are one statement.

    def join_statements(self) -> None:
        """Unite the tellings of each named source's statements."""
        tellings = [
            Telling(
                node=self.place[Node(i, s)],
                report=i,
                said=said,
                told=published_day(self.readings[i]),
                fresh=s in account.lead and not account.opinion,
                outlet="" if self.is_version(i) else self.outlets.name(self.reports[i].outlet),
            )
            for i, account in enumerate(self.accounts)
            for s, said in enumerate(account.said)
            if (said.named or said.role) and not said.silent and not said.continued
        ]
        join_tellings(tellings, self.sets, self.share_telling)
        self.people = {self.sets.find(t.node) for t in tellings if t.said.person}

    def share_telling(self, earlier: Telling, later: Telling) -> float:
        """How much of what a later telling says stands in the earlier report, or in its sentence if that is no news."""
        quoted = self.kin.quotations.get(later.report)
        if earlier.report == later.report or (quoted is not None and quoted.parent == earlier.report):
            return 1.0
        words = find_details(later.said.text) - find_details(later.said.frame)
        if not earlier.fresh:
            return self.kin.rarity.contain(words, find_details(earlier.said.text))
        people = earlier.said.person and later.said.person
        if not people and earlier.day != later.day and len(words & self.kin.details[earlier.report]) < FEWEST_WORDS:
            return 0.0
        inside = self.kin.rarity.contain(words, self.kin.details[earlier.report])
        return max(inside, self.kin.share(later.report, earlier.report))

    def join_citations(self) -> None:
        """Unite the citations of one report of an outlet that is not at hand."""
        seen: dict[str, list[tuple[int, date | None, frozenset[str]]]] = {}
        for node, outlet, day, passage, at in self.absent_citations():
            details = find_details(passage)
            for other, other_day, theirs in reversed(seen.setdefault(outlet, [])[-50:]):
                near = day is None or other_day is None or abs((day - other_day).days) <= 1
                rarity = self.kin.rarity
                needed = WIRE_MATTER if self.nodes[node].said < 0 or self.nodes[other].said < 0 else CREDIT_MATTER
                if near and max(rarity.contain(details, theirs), rarity.contain(theirs, details)) >= needed:
                    self.sets.union(node, other)
                    break
            seen[outlet].append((node, day or at, details))

    def absent_citations(self) -> Iterable[tuple[int, str, date | None, str, date | None]]:
        """Node, outlet, day, passage and day of citing of each credit to a report that is not at hand."""
        for i, account in enumerate(self.accounts):
            at = published_day(self.readings[i])
            for s, said in enumerate(account.said):
                if said.outlet and not said.named and not said.silent and self.cited[i, s] is None:
                    yield self.place[Node(i, s)], said.outlet, said.day, said.text, at
            if wire := self.find_wire(i):
                yield self.place[Node(i, -1)], wire, at, f"{self.reports[i].title}\n{self.reports[i].text}", at

    def find_wire(self, i: int) -> str:
        """The outlet that a report's text really is of: the wire of its byline, or the first it lists."""
        if self.reports[i].cites:
            cites = [c for c in self.reports[i].cites if c in self.outlets.names or not c[:1].isdigit()]
            return self.outlets.name(cites[0].split(" via ")[0]) if cites else ""
        return next((c.outlet for c in self.citations[i] if c.kind == "byline"), "")

    def find_cited(self, i: int, said: Said) -> int | None:
        """The report at hand that an outlet's credit means."""
        passage = said.text if said.span[0] >= 0 else self.reports[i].title
        return self.kin.find_cited(i, said.outlet, said.day, passage) if said.outlet else None

    # Roots.

    def find_lead(self, i: int, seen: frozenset[int] = frozenset()) -> tuple[int, ...]:
        """The nodes of what report `i` leads with, led back as far as the reports at hand allow."""
        if i in self.leads:
            return self.leads[i]
        own = (self.place[Node(i, -1)],)
        if i in seen:
            return own
        parent = self.parents[i]
        if parent is not None and not self.leads_anew(i, parent):
            roots = self.find_lead(parent.report, seen | {i})
        else:
            roots = ()
        if not roots or self.accounts[i].opinion:
            roots += tuple(root for s in self.accounts[i].lead for root in self.find_roots(i, s, seen | {i}))
        found = tuple(dict.fromkeys(self.sets.find(root) for root in roots or own))
        if not seen:
            self.leads[i] = found
        return found

    def leads_anew(self, i: int, parent: Parent) -> bool:
        """Whether a later version leads with a source that it names itself, which may be another than before."""
        account = self.accounts[i]
        return parent.link.kind == "update" and any(account.said[s].named for s in account.lead)

    def find_roots(self, i: int, s: int, seen: frozenset[int]) -> tuple[int, ...]:
        """The nodes that one source's words in report `i` go back to."""
        said = self.accounts[i].said[s]
        if said.silent:
            return ()
        if said.instead is not None:
            return self.find_roots(i, said.instead, seen)
        if said.named or self.is_known(i, s):
            return (self.place[Node(i, s)],)
        if said.continued:
            back = next((b for b in range(s - 1, -1, -1) if not self.accounts[i].said[b].continued), None)
            return self.find_base(i, seen) if back is None else self.find_roots(i, back, seen)
        if said.outlet and not said.told_here:
            cited = self.cited[i, s]
            return (self.place[Node(i, s)],) if cited is None else self.find_part(cited, said, seen)
        if said.institution is not None and said.institution.branch and self.parents[i] is None:
            return (self.place[Node(i, self.find_first(i, said))],)
        return self.find_base(i, seen)

    def is_known(self, i: int, s: int) -> bool:
        """Whether a source that is no more than an office is named elsewhere."""
        if not self.accounts[i].said[s].role:
            return False
        return self.sets.find(self.place[Node(i, s)]) in self.people

    def find_part(self, cited: int, telling: Said, seen: frozenset[int]) -> tuple[int, ...]:
        """The nodes behind the part of a cited report that is told of: its lead, or a source further down whose words
        are clearly more like the telling."""
        if cited in seen or telling.span[0] < 0:
            return self.find_lead(cited, seen)
        told, account, rarity = find_details(telling.text), self.accounts[cited], self.kin.rarity
        start, end = account.lead_span
        best, score = None, LEAD_FIRST * rarity.contain(told, find_details(self.reports[cited].text[start:end]))
        for s, said in enumerate(account.said):
            if (
                said.span[0] >= end
                and not said.silent
                and (shared := rarity.contain(told, find_details(said.text))) > score
            ):
                best, score = s, shared
        return self.find_lead(cited, seen) if best is None else self.find_roots(cited, best, seen | {cited})

    def find_first(self, i: int, said: Said) -> int:
        """The first of a report's unnamed sources within the same institution: they count as one."""
        return next(
            s
            for s, other in enumerate(self.accounts[i].said)
            if not other.named and not other.silent and not other.continued and other.institution == said.institution
        )

    def find_base(self, i: int, seen: frozenset[int]) -> tuple[int, ...]:
        """What stands behind a report's unnamed sources: what it is taken from, else the outlet its lead credits, else
        itself."""
        parent = self.parents[i]
        if parent is not None:
            find = self.find_base if parent.link.kind == "update" else self.find_lead
            return find(parent.report, seen | {i})
        for s in self.accounts[i].lead:
            said = self.accounts[i].said[s]
            if said.outlet and not said.named and not said.told_here and not said.continued:
                return self.find_roots(i, s, seen)
        return (self.place[Node(i, -1)],)

    def find_all(self, i: int) -> list[tuple[int, ...]]:
        """The nodes behind each of a report's sources, in their order."""
        return [
            tuple(dict.fromkeys(self.sets.find(root) for root in self.find_roots(i, s, frozenset({i}))))
            for s in range(len(self.accounts[i].said))
        ]

    # Origins that reports share though neither says so.

    def outline(self, i: int) -> Outline:
        """What of report `i` is compared with others."""
        behind = [root for roots in self.behind[i] for root in roots]
        return outline(self.readings[i], self.accounts[i], self.outlets, self.find_lead(i), behind)

    def find_shared(self, i: int) -> list[tuple[int, Reasons]]:
        """The earlier reports whose matter report `i` tells though no source joins them, likeliest first, and why. One
        that names its own source for its lead must be likelier."""
        found, outlines = [], self.retellings.outlines
        sourced = any(self.accounts[i].said[s].stands for s in self.accounts[i].lead)
        for j in self.kin.rarity.find_candidates(i, most=MOST_ALIKE):
            # Reports that are joined, or of which one leads with what the other tells further down, need no signs.
            if j < i and not outlines[i].first & outlines[j].statements:
                probability, reasons = weigh_signs(self.retellings.find_signs(i, j))
                if probability >= (SHARED_THOUGH_SOURCED if sourced else SHARED_FROM):
                    found.append((probability, j, reasons))
        return [(j, reasons) for _, j, reasons in sorted(found, key=lambda f: (-f[0], f[1]))[:MOST_SHARED]]

    def find_matter(self, i: int) -> tuple[int, ...]:
        """The nodes of reports whose matter report `i` tells, its own among them where another one tells that."""
        told = [j for j, _ in self.shared[i]]
        return tuple(self.sets.find(self.place[Node(j, -1)]) for j in (*told, *([i] if i in self.retold else [])))

    # Telling.

    def tell(self, i: int, names: dict[int, str]) -> Provenance:
        """The provenance of report `i`."""
        reading, account = self.readings[i], self.accounts[i]
        lead, behind = self.find_lead(i), self.behind[i]
        origins = tuple(dict.fromkeys(names[root] for root in (*lead, *self.find_matter(i))))
        also = tuple(dict.fromkeys(names[root] for roots in behind for root in roots if names[root] not in origins))
        by_attribution = {said.attribution: roots for said, roots in zip(account.said, behind, strict=True)}
        claims = []
        for claim in reading.claims:
            roots = by_attribution.get(claim.attribution, ()) if claim.attribution is not None else ()
            claims.append((claim.id, names[roots[0]] if roots else origins[0]))
        return Provenance(
            report=reading.report.id,
            origins=origins,
            also=also,
            because=tuple(dict.fromkeys([*self.give_reasons(i), *self.explain_shared(self.shared[i])])),
            claims=tuple(claims),
        )

    def give_reasons(self, i: int) -> Iterable[Link]:
        """Why report `i` is led back to where it is: what it is taken from, whom its lead credits, whose byline."""
        if (parent := self.parents[i]) is not None:
            yield parent.link
        for s in self.accounts[i].lead:
            said, cited = self.accounts[i].said[s], self.cited.get((i, s))
            if said.outlet:
                yield Link(
                    kind="cites",
                    report="" if cited is None else self.reports[cited].id,
                    outlet=said.outlet,
                    text=said.text,
                )
            elif not said.silent:
                yield Link(kind="source", report="", outlet="", text=said.text)
        quoted = self.kin.quotations.get(i)
        if quoted is not None and set(self.find_lead(i)) & set(self.find_lead(quoted.parent)):
            yield self.kin.link("quotation", quoted.parent, quoted.text)
        for citation in self.citations[i]:
            if citation.kind == "byline":
                yield Link(kind="byline", report="", outlet=citation.outlet, text=citation.text)

    def explain_shared(self, shared: Iterable[tuple[int, Reasons]]) -> Iterable[Link]:
        """Why a report shares an origin with others."""
        for j, reasons in shared:
            text = "; ".join(f"{name} {added:+}" for name, added in reasons)
            yield Link(kind="details", report=self.reports[j].id, outlet=self.reports[j].outlet, text=text)

    def list_origins(self, names: dict[int, str], told: Sequence[Provenance]) -> tuple[Origin, ...]:
        """Every origin that some report leads back to, in order of first appearance."""
        known = know_people(said for account in self.accounts for said in account.said)
        groups = {name: find_group(self.members(root), known) for root, name in names.items()}
        first: dict[str, datetime | None] = {}
        holders: dict[str, list[str]] = {}
        for reading, provenance in zip(self.readings, told, strict=True):
            for name in (*provenance.origins, *provenance.also):
                first.setdefault(name, reading.report.published)
                holders.setdefault(name, []).append(reading.report.id)
        return tuple(
            Origin(name=name, group=groups[name], first=first[name], reports=tuple(dict.fromkeys(holders[name])))
            for name in holders
        )

    def members(self, root: int) -> list[Member]:
        """The tellings behind a set of nodes."""
        return [self.make_member(self.nodes[n]) for n in self.by_root[root]]

    def make_member(self, node: Node) -> Member:
        """One node as naming needs it."""
        report, account = self.reports[node.report], self.accounts[node.report]
        said = account.said[node.said] if node.said >= 0 else None
        own = self.find_wire(node.report) or self.outlets.name(report.outlet)
        lead = account.said[account.lead[0]] if account.lead else None
        return Member(report=report, outlet=(said.outlet if said is not None else "") or own, said=said, lead=lead)

    def name_origins(self) -> dict[int, str]:
        """A readable name for every set of nodes that some report goes back to. Those of one name are told apart by
        their reports' titles, and by ids where the titles are the same too."""
        self.by_root: dict[int, list[int]] = {}
        for n in range(len(self.nodes)):
            self.by_root.setdefault(self.sets.find(n), []).append(n)
        roots = {
            r
            for i in range(len(self.reports))
            for some in (self.find_lead(i), self.find_matter(i), *self.behind[i])
            for r in some
        }
        names = {root: name_origin(self.members(root)) for root in sorted(roots)}
        for extend in (name_title, name_id):
            counts = Counter(names.values())
            names = {
                root: name if counts[name] == 1 else f"{name}: {extend(self.reports[self.nodes[root].report])}"
                for root, name in names.items()
            }
        counts = Counter(names.values())
        return {root: name if counts[name] == 1 else f"{name} #{root}" for root, name in names.items()}
