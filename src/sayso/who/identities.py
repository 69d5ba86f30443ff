"""Who is who across the reports of a story: one identity for everybody who speaks, publishes or is spoken for.

Names are taken apart (`sayso.who.body_names`, `sayso.who.names`) and put together where one fits and only one: a person
by names that agree, a body by its noun and what tells it apart, by its initials, or by the noun alone where the report
or the story knows only one of that noun. An outlet that others quote is the body that publishes; a person speaks for
the body that any report gives. What fits two stays by itself. Nothing depends on the order of the reports.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sayso.record import Reading, Speaker
from sayso.who.body_names import BodyName, load_sorts, read_body, singular
from sayso.who.institutions import find_institution, fold
from sayso.who.names import fold_name, is_personal, resolve_names, same_person

COMMONEST = 200
"""Reports beyond which a name joins no more of them: everybody names the president."""

PEOPLE = frozenset({"person", "callsign"})
PRONOUNS = frozenset(
    "i we you he she it they one who which that this these those both another others some many nobody none q a".split()
)


@dataclass(slots=True)
class Who:
    """Somebody. `sort` is person, body, officials (unnamed ones of a body, or of none) or nobody. `of` is the identity
    that a person or officials speak for, None where none is known. `names` counts what the reports call them, `reports`
    are the positions of those that do, `because` says why names were put together."""

    number: int
    sort: str
    names: Counter[str] = field(default_factory=Counter)
    of: Who | None = None
    reports: set[int] = field(default_factory=set)
    bodies: list[BodyName] = field(default_factory=list)
    because: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The fullest name, then the most frequent, then the first of the alphabet."""
        return min(self.names, key=lambda n: (-len(n.split()), -self.names[n], n)) if self.names else ""

    @property
    def voice(self) -> Who:
        """Whose word it is in the end: the body that somebody speaks for, else they themselves."""
        seen, at = {self.number}, self
        while at.of is not None and at.of.number not in seen:
            at = at.of
            seen.add(at.number)
        return at


class Cast:
    """Everybody in some reports. Positions are those of the readings given."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        """Put all names together."""
        self.everybody: list[Who] = []
        self.by_head: dict[str, list[Who]] = defaultdict(list)
        self.by_word: dict[str, list[Who]] = defaultdict(list)
        self.by_letters: dict[str, list[Who]] = defaultdict(list)
        self.by_name: dict[str, list[Who]] = {}
        self.people: dict[str, Who] = {}
        self.outlets: list[Who | None] = [None] * len(readings)
        self.speakers: list[dict[int, Who]] = [{} for _ in readings]
        self._beside: dict[int, set[int]] = {}
        self._local: dict[tuple[int, str], Who] = {}
        self._meet_people(readings)
        self._meet_bodies(readings)
        for i, reading in enumerate(readings):
            for attribution in reading.attributions:
                if attribution.speaker is not None and (who := self.people.get(attribution.speaker.name)) is not None:
                    who.reports.add(i)
        for i, reading in enumerate(readings):
            for n, attribution in enumerate(reading.attributions):
                if attribution.speaker is not None and (who := self._place(i, attribution.speaker)) is not None:
                    self.speakers[i][n] = who
                    who.reports.add(i)

    def find(self, i: int, words: str) -> Who | None:
        """Whom words of report `i` name, None where nobody known is named or several may be."""
        person = self.people.get(" ".join(words.split()))
        return person or self._find_body(i, words)

    def _new(self, sort: str, name: str) -> Who:
        who = Who(len(self.everybody), sort)
        who.names[name] += 1
        self.everybody.append(who)
        return who

    def _meet_people(self, readings: Sequence[Reading]) -> None:
        outlets = {fold(r.report.outlet) for r in readings}
        names = [s.name for s in speakers_of(readings) if is_person(s) and fold(s.name) not in outlets]
        names += [
            r.report.outlet for r in readings if is_personal(r.report.outlet) and len(r.report.outlet.split()) > 1
        ]
        resolved = resolve_names(names)
        groups: dict[str, Who] = {}
        for name in sorted(resolved):
            who = groups.get(resolved[name])
            if who is None:
                who = groups[resolved[name]] = self._new("person", name)
            elif name not in who.names:
                who.because.append(f"“{name}” is a name of {resolved[name]}")
            who.names[name] += 1
            self.people[name] = who

    def _meet_bodies(self, readings: Sequence[Reading]) -> None:
        """Bodies by their fullest names first, so that a short name finds whom it is short for."""
        named: dict[str, set[int]] = defaultdict(set)
        for i, reading in enumerate(readings):
            if reading.report.outlet.strip() and reading.report.outlet not in self.people:
                named[reading.report.outlet].add(i)
            for attribution in reading.attributions:
                speaker = attribution.speaker
                if speaker is None:
                    continue
                for words in (speaker.affiliation, "" if is_person(speaker) or is_crowd(speaker) else speaker.name):
                    if words.strip():
                        named[words].add(i)
        read = {words: body for words in named if (body := read_body(words)) is not None}
        for words in sorted(read, key=lambda w: (-len(read[w].words), -read[w].proper, -len(named[w]), w)):
            body = read[words]
            if not body.proper and not body.marks:
                continue  # "The ministry" is somebody in its report only.
            found = self._fitting(body, named[words])
            who = found if found is not None else self._new("body", words)
            if found is not None and words not in who.names:
                who.because.append(f"“{words}” is called as {who.name} is")
            who.names[words] += len(named[words])
            who.reports |= named[words]
            who.bodies.append(body)
            self._index(who, body)
            self.by_name[words] = [who]
        for i, reading in enumerate(readings):
            outlet = reading.report.outlet
            if outlet:
                self.outlets[i] = self.people.get(outlet) or self._person_in(outlet) or self._find_body(i, outlet)

    def _person_in(self, outlet: str) -> Who | None:
        """The person whose posts an outlet is ("Posts by Vice-Admiral Ann Lee")."""
        words = fold_name(outlet)
        fits = {
            who.number: who
            for name, who in self.people.items()
            if (len(parts := fold_name(name)) > 1 and words[-len(parts) :] == parts)
            or parts == words[: len(parts)] != ()
            if len(parts) > 1
        }
        return next(iter(fits.values())) if len(fits) == 1 else None

    def _index(self, who: Who, body: BodyName) -> None:
        for table, keys in ((self.by_head, (body.head,)), (self.by_word, body.words), (self.by_letters, body.letters)):
            for key in keys:
                if who not in table[key]:
                    table[key].append(who)

    def _fitting(self, body: BodyName, where: Iterable[int]) -> Who | None:
        """The one body that a name fits; of several the one that the same reports name; None where that is not one."""
        spelt = {w.number: w for key in body.letters for w in self.by_letters.get(key, ())}
        fits = {w.number: w for w in self.by_head.get(body.head, ()) if any(agree(body, b) for b in w.bodies)}
        if not fits and body.proper and not body.marks:
            fits = {w.number: w for w in self.by_word.get(body.head, ()) if any(b.proper for b in w.bodies)}
        if not fits and len(body.words) == 1:
            fits = spelt
        here = {n: w for n, w in fits.items() if w.reports & set(where)}
        chosen = fits if len(fits) == 1 else here
        return next(iter(chosen.values())) if len(chosen) == 1 else None

    def _find_body(self, i: int, words: str) -> Who | None:
        known = self.by_name.get(words)
        if known:
            return known[0]
        body = read_body(words)
        if body is None or body.head in PRONOUNS:
            return None
        if body.proper or body.marks:
            return self._fitting(body, (i,))
        same = [w for w in self.by_head.get(body.head, ()) if i in w.reports]
        if len(same) == 1:
            return same[0]
        if same:
            return None
        near = self._near(i)
        beside = [w for w in self.by_head.get(body.head, ()) if w.reports & near]
        return beside[0] if len(beside) == 1 else None

    def _near(self, i: int) -> set[int]:
        """The reports that name somebody whom report `i` names by a full name: what other reports say of others must
        not change whom it means."""
        if i not in self._beside:
            named = [who for who in self.everybody if i in who.reports and len(who.reports) <= COMMONEST]
            self._beside[i] = set[int]().union(*(who.reports for who in named))
        return self._beside[i]

    def _place(self, i: int, speaker: Speaker) -> Who | None:
        """Who a speaker of report `i` is."""
        if is_person(speaker):
            who = self.people.get(speaker.name)
            if who is not None and who.of is None and speaker.affiliation:
                body = self._find_body(i, speaker.affiliation)
                if body is not None and body is not who:
                    who.of = body
                    who.because.append(f"speaks for {speaker.affiliation}")
            return who
        if not speaker.name or speaker.name.lower() in PRONOUNS:
            return None
        if speaker.kind == "official" or is_crowd(speaker):
            return self._place_unnamed(i, speaker)
        found = self._find_body(i, speaker.name)
        if found is not None:
            return found
        name = read_body(speaker.name)
        if name is None:
            return None
        # A body of one report, or of all that use the bare word where no report names one more fully ("the police").
        general = load_sorts().get(name.head) == "organisation" and not self.by_head.get(name.head)
        return self._locally(-1 if general else i, name.head, speaker.name, "body")

    def _place_unnamed(self, i: int, speaker: Speaker) -> Who:
        body = self._find_body(i, speaker.affiliation) if speaker.affiliation else None
        if body is None and (called := read_body(speaker.name)) is not None:
            marked = [w for mark in sorted(called.marks) for w in self.by_word.get(mark, ()) if w.sort == "body"]
            if len({w.number for w in marked}) == 1:
                body = marked[0]
        key = (speaker.affiliation or speaker.name).lower()
        who = self._locally(i, f"{speaker.kind} {key}", speaker.name, "officials")
        if body is not None and who.of is None:
            who.of = body
            who.because.append(f"spoken of with {body.name}")
        return who

    def _locally(self, i: int, key: str, name: str, sort: str) -> Who:
        who = self._local.get((i, key))
        if who is None:
            who = self._local[i, key] = self._new(sort, name)
        who.names[name] += 1
        return who


def agree(a: BodyName, b: BodyName) -> bool:
    """Whether two names of one noun can be one body's: what tells the one apart does not tell it from the other."""
    if a.places and b.places and not a.places & b.places and not (a.marks & b.marks):
        return False
    if a.marks and b.marks:
        return a.marks <= b.marks or b.marks <= a.marks or bool(len(a.marks & b.marks) * 2 > len(a.marks | b.marks))
    return not a.marks and not b.marks and (a.places == b.places or not (a.places and b.places))


def is_person(speaker: Speaker) -> bool:
    """Whether a speaker is one human being with a name."""
    return speaker.kind in PEOPLE and bool(speaker.name) and speaker.name.lower() not in PRONOUNS


def is_crowd(speaker: Speaker) -> bool:
    """Whether a speaker is several people without a name, or nobody known."""
    several = speaker.kind == "collective" or (speaker.anonymous and speaker.kind not in PEOPLE)
    words = speaker.name.split()
    body = load_sorts().get(" ".join(words[-2:]).lower()) == "organisation"  # "the coast guard"
    official = bool(words) and load_sorts().get(singular(words[-1])) == "official" and words[-1][:1].islower()
    return several or (official and not body)


def speakers_of(readings: Iterable[Reading]) -> Iterable[Speaker]:
    """All speakers of some readings."""
    return (a.speaker for reading in readings for a in reading.attributions if a.speaker is not None)


def group_of(who: Who) -> str:
    """The name of the group of sources that somebody belongs to, who are not independent of each other: an arm of a
    state where the tables know it, else the body itself."""
    voice = who.voice
    known = find_institution(voice.name) if voice.sort == "body" else None
    if known is not None and known.group and known.sure:
        return known.group
    return voice.name


__all__ = ["Cast", "Who", "group_of", "same_person"]
