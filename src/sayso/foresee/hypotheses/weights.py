"""What each piece of evidence weighs, and why: its claim's credibility, its source's reliability, its independent
origins (``evidence_weights.toml``).

A claim that was retracted, or that a picture does not know yet, weighs nothing; neither does one that says what another
piece already says in the name of the same origin: a copy is no second piece of evidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sayso.foresee.hypotheses.matrices import Evidence, load_weights
from sayso.ids import identify_source
from sayso.record import Claim, Grade, Judgement, Picture, Point, Reading, Value
from sayso.weigh.grades import CREDIBILITY, RELIABILITY, SHARPEST, bears_out
from sayso.weigh.judgements import read_rulings
from sayso.weigh.origins import count_independent
from sayso.who.names import resolve_names


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """What a piece of evidence weighs. `status` is counts, dropped, retracted, unknown (not in the picture), replaced
    (a later version of its article no longer says so) or copy; all but the first weigh 0. `claim` is its claim's id,
    `credibility` and `reliability` its grades, `origins` how many independent ones say the same."""

    value: float
    status: str = "counts"
    why: str = ""
    claim: str = ""
    source: str = ""
    origin: str = ""
    credibility: str = "6"
    reliability: str = "F"
    origins: int = 1


class Scales:
    """A picture made ready to weigh evidence by."""

    def __init__(self, picture: Picture) -> None:
        """Index the picture's claims by seat, its values by claim, its grades and retractions."""
        self.picture = picture
        self.seats: dict[str, tuple[Reading, Claim]] = {c.seat: (r, c) for r in picture.readings for c in r.claims}
        self.answers: dict[str, tuple[Point, int]] = {}
        rank = {kind: n for n, kind in enumerate(SHARPEST)}
        for point in sorted(picture.points, key=lambda p: rank.get(p.kind, len(rank))):
            for n, value in enumerate(point.values):
                self.answers.setdefault(value.claim, (point, n))
        self.grades: dict[tuple[str, str], Grade] = {(g.about, g.target): g for g in picture.grades}
        self.names = resolve_names(v.source for p in picture.points for v in p.values)
        self.origins = {claim: origin for p in picture.provenance for claim, origin in p.claims}
        self.rulings = read_rulings(picture.judgements)
        self.gone: dict[str, Judgement] = {}
        for judgement in picture.judgements:
            if judgement.kind == "retract":
                self.gone[judgement.target] = judgement
            elif judgement.kind == "restore":
                self.gone.pop(judgement.target, None)

    def weigh_all(self, evidence: Iterable[Evidence]) -> dict[str, Weight]:
        """The weights of pieces of evidence by their keys; of copies the first counts."""
        found: dict[str, Weight] = {}
        first: dict[tuple[str, str], str] = {}
        for piece in evidence:
            weight = self.weigh(piece)
            if weight.status == "counts" and weight.claim:
                told = self.tells(weight)
                known = first.setdefault(told, piece.key)
                if known != piece.key:
                    weight = Weight(
                        value=0.0,
                        status="copy",
                        why=f"says what {known} says, from the same origin",
                        claim=weight.claim,
                        source=weight.source,
                        origin=weight.origin,
                    )
            found[piece.key] = weight
        return found

    def tells(self, weight: Weight) -> tuple[str, str]:
        """What a claim says and from which origin: claims that agree on one point say the same."""
        answer = self.answers.get(weight.claim)
        if answer is None or not weight.origin:
            return weight.claim, ""
        point, n = answer
        own = point.values[n]
        alike = {r.b if r.a == n else r.a for r in point.relations if n in (r.a, r.b) and bears_out(point, r)}
        same = [m for m in sorted({n, *alike}) if point.values[m].origin == own.origin]
        return f"{point.id}/{point.values[same[0]].claim}", own.origin

    def weigh(self, piece: Evidence) -> Weight:
        """The weight of one piece, were there no other."""
        if piece.dropped:
            return Weight(value=0.0, status="dropped", why=f"dropped by {piece.dropped_by}: {piece.dropped}")
        if not piece.seat:
            return self.weigh_text(piece)
        judged = self.gone.get(piece.seat) or self.gone.get(piece.digest)
        if judged is not None:
            return Weight(value=0.0, status="retracted", why=f"retracted by {judged.by}: {judged.reason}")
        held = self.seats.get(piece.seat)
        if held is None:
            return Weight(value=0.0, status="unknown", why="not among the reports known then")
        reading, claim = held
        answer = self.answers.get(claim.id)
        value = answer[0].values[answer[1]] if answer else None
        if value is not None and value.superseded and not self.still_says(value.superseded, claim):
            return Weight(value=0.0, status="replaced", why="a later version of its article no longer says so")
        return self.weigh_claim(reading, claim, answer, value)

    def weigh_claim(
        self, reading: Reading, claim: Claim, answer: tuple[Point, int] | None, value: Value | None
    ) -> Weight:
        """The weight of a claim that the picture holds."""
        source = value.source if value else name_source(reading, claim)
        name = self.names.get(source, source)
        credible = self.judged_grade("claim", claim.seat, claim.id) or self.grades.get(("claim", claim.id))
        reliable = self.judged_grade("source", identify_source(name), name) or self.grades.get(("source", name))
        agreeing = self.list_agreeing(*answer) if answer else []
        origins = max(1, count_independent(agreeing, self.picture.origins)[0])
        credibility = credible.grade if credible else "6"
        reliability = reliable.grade if reliable else "F"
        return Weight(
            value=multiply(credibility, reliability, origins),
            why=explain(credibility, reliability, origins, credible),
            claim=claim.id,
            source=source,
            origin=self.origins.get(claim.id, ""),
            credibility=credibility,
            reliability=reliability,
            origins=origins,
        )

    def judged_grade(self, about: str, key: str, target: str) -> Grade | None:
        """The grade that an analyst gave, also to a claim or source that answers no question, so that none is
        suggested."""
        judged = self.rulings.grades.get(key)
        if judged is None:
            return None
        return Grade(about=about, target=target, grade=judged.value, why=judged.reason, by=judged.by)

    def weigh_text(self, piece: Evidence) -> Weight:
        """The weight of free text: that of the grade its author gave it."""
        reliability, credibility = (piece.grade[:1] or "F"), (piece.grade[1:2] or "6")
        why = (
            f"{explain(credibility, reliability, 1, None)}; graded by {piece.by}"
            if piece.grade
            else "no claim, no grade"
        )
        return Weight(
            value=multiply(credibility, reliability, 1),
            why=why,
            source=piece.by,
            credibility=credibility,
            reliability=reliability,
        )

    def list_agreeing(self, point: Point, n: int) -> list[str]:
        """The origins of the values of a point that say what its value `n` says, its own among them."""
        alike = {r.b if r.a == n else r.a for r in point.relations if n in (r.a, r.b) and bears_out(point, r)}
        return [point.values[m].origin for m in sorted({n, *alike})]

    def still_says(self, report: str, claim: Claim) -> bool:
        """Whether a report has a claim in the same words."""
        said = " ".join(claim.text.split()).casefold()
        return any(
            " ".join(c.text.split()).casefold() == said
            for r in self.picture.readings
            if r.report.id == report
            for c in r.claims
        )


def name_source(reading: Reading, claim: Claim) -> str:
    """Who says a claim: the speaker, else the last outlet it came through, else the report's own."""
    if claim.attribution is not None:
        said = reading.attributions[claim.attribution]
        if said.speaker and said.speaker.name:
            return said.speaker.name
        if said.via:
            return said.via[-1]
    return reading.report.outlet or reading.report.id


def multiply(credibility: str, reliability: str, origins: int) -> float:
    """The product of the three factors."""
    table = load_weights()
    reached = max((int(n) for n in table["origins"] if int(n) <= origins), default=1)
    return (
        table["credibility"].get(credibility, 1.0)
        * table["reliability"].get(reliability, 1.0)
        * table["origins"].get(str(reached), 1.0)
    )


def explain(credibility: str, reliability: str, origins: int, graded: Grade | None) -> str:
    """The factors of a weight in words."""
    by = f", by {graded.by}" if graded and graded.by else ""
    why = f" ({graded.why}{by})" if graded else ""
    return (
        f"credibility {credibility}, {CREDIBILITY.get(credibility, 'unknown')}{why}; "
        f"reliability {reliability}, {RELIABILITY.get(reliability, 'unknown')}; "
        f"{origins} independent origin{'' if origins == 1 else 's'}"
    )


def make_plain(weights: Mapping[str, Weight]) -> dict[str, Weight]:
    """The same pieces, all that count weighing 1, as in Heuer's own count."""
    return {key: replace(w, value=1.0, why="plain") if w.status == "counts" else w for key, w in weights.items()}
