"""What an origin is called, and the group it belongs to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sayso.record import Report
from sayso.weigh.sources import Said
from sayso.who.institutions import Institution
from sayso.who.names import fold_name
from sayso.who.offices import list_countries

LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One telling behind an origin: what a source `said` in a report, or the report's own words (None). `outlet` is
    whom the words are credited to: the outlet cited, the wire of the byline, or the report's own."""

    report: Report
    outlet: str
    said: Said | None
    lead: Said | None = None


def name_origin(members: Sequence[Member]) -> str:
    """Who and on which day: "Ministry, 3 May 2024", or "The Daily, 3 May 2024 (two officials)"."""
    said = [m.said for m in members if m.said is not None]
    people = Counter(s.person for s in said if s.person)
    # A state that is only guessed counts for independence, but is not put into anybody's mouth.
    known = [(s.institution, s.name) for s in said if s.institution is not None and s.institution.name]
    institutions = Counter(institution.name if institution.sure else words for institution, words in known)
    days = Counter(s.day for s in said if s.day) or Counter(d for m in members if (d := day_of(m)))
    day = min(days, key=lambda d: (-days[d], d)) if days else None
    told = f", {day.day} {day:%b %Y}" if day else ""
    if people:
        return pick(people) + told
    named = [s for s in said if s.named]
    if named and institutions:
        return pick(institutions) + told
    first = members[0]
    unnamed = next((found for m in members if (found := m.said or m.lead) is not None), None)
    words = f" ({unnamed.name})" if unnamed is not None and not unnamed.named and unnamed.name != unnamed.outlet else ""
    return (first.outlet or first.report.title or first.report.id) + told + words


def day_of(member: Member) -> date | None:
    """The day of a telling: as its words give it, else that of publication."""
    if member.said is not None and member.said.day is not None:
        return member.said.day
    return member.report.published.date() if member.report.published else None


def pick(names: Counter[str]) -> str:
    """The fullest name, then the most frequent, then the first of the alphabet."""
    return min(names, key=lambda name: (-len(name.split()), -names[name], name))


def name_title(report: Report) -> str:
    """A report's title or first words, cut at a word, in quotation marks."""
    words = " ".join((report.title or report.text[: 2 * LONGEST_TITLE]).split())
    if len(words) > LONGEST_TITLE:
        words = words[:LONGEST_TITLE].rsplit(" ", 1)[0] + "…"
    return f"“{words}”"


def name_id(report: Report) -> str:
    """A report's id, the last resort."""
    return report.id


def find_group(members: Sequence[Member], known: dict[tuple[str, ...], Institution]) -> str:
    """The institution behind an origin, whose other origins are not independent of it. `known` are the institutions of
    people, by folded name, as any report tells them."""
    said = [m.said for m in members if m.said is not None]
    groups = Counter(s.institution.group for s in said if s.named and s.institution is not None and s.institution.sure)
    if any(groups):
        return pick(groups)
    for s in said:
        if s.person:
            found = known.get(fold_name(s.person)) or known.get(fold_name(s.person)[-1:])
            guess = found or s.institution
            return (guess.group if guess is not None else "") or pick(Counter(s.person for s in said if s.person))
    guessed = Counter(
        found.group
        for m in members
        if m.said is not None and m.said.named and (found := m.said.institution) is not None
        if not found.country or list_countries(m.report) <= {found.country}
    )
    if any(guessed):
        return pick(guessed)
    behind = [one for m in members if (one := m.said or m.lead) is not None and not one.named and not one.outlet]
    unnamed = [one.institution.group for one in behind if one.institution is not None]
    return (unnamed[0] if unnamed else "") or members[0].outlet or name_origin(members)


def know_people(said: Iterable[Said]) -> dict[tuple[str, ...], Institution]:
    """The institution that each person is most often given, by folded full name and by surname alone where only one
    institution goes with it."""
    counts: dict[tuple[str, ...], Counter[Institution]] = {}
    # A guessed institution counts where no report tells it of the person surely.
    placed = [s for s in said if s.person and s.institution is not None and s.institution.group]
    surely = {fold_name(s.person)[-1:] for s in placed if s.institution is not None and s.institution.sure}
    for one in placed:
        if one.institution is not None and (one.institution.sure or fold_name(one.person)[-1:] not in surely):
            name = fold_name(one.person)
            for key in {name, name[-1:]}:
                counts.setdefault(key, Counter())[one.institution] += 1
    return {
        key: min(found, key=lambda i: (-found[i], i.name))
        for key, found in counts.items()
        if len(key) > 1 or len({i.group for i in found}) == 1
    }
