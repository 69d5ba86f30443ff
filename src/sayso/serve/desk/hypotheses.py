"""Matrices of competing hypotheses at the desk: which there are, how each stands, and what an analyst says of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sayso.api.assessments import load_matrix
from sayso.errors import Error
from sayso.foresee.hypotheses.drafts import (
    draft_claim,
    draft_hypothesis,
    draft_matrix,
    draft_rating,
    draft_text,
    find_claim,
)
from sayso.foresee.hypotheses.matrices import Evidence, Matrix, next_key, read_matrix
from sayso.foresee.hypotheses.rankings import Tested, Weighed, weigh_matrix
from sayso.foresee.hypotheses.suggestions import Suggestion, suggest_evidence
from sayso.foresee.hypotheses.weights import Scales, Weight
from sayso.serve.desk.desks import Desk
from sayso.serve.desk.foreseeing import find_assessed, find_whole, index_reports, key_lines, refuse_clearly
from sayso.serve.desk.viewpoints import Viewpoint
from sayso.tell.matrices import say_sensitivity, show_cell

MOST_SUGGESTED = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """A matrix in the list of them."""

    id: str
    question: str
    hypotheses: int
    evidence: int
    analysts: tuple[str, ...]
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A piece of evidence as the page shows it: what it weighs and why, its cells in letters in the order of the
    hypotheses, whether it alone decides the order, and its report's digest, "" where its words are no claim's."""

    evidence: Evidence
    weight: Weight
    tested: Tested
    cells: tuple[str, ...]
    decides: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixSight:
    """A matrix weighed, its pieces of evidence, the most telling first, and claims to consider as more of it, each with
    its report's digest."""

    weighed: Weighed
    pieces: tuple[Piece, ...]
    suggested: tuple[tuple[Suggestion, str], ...]


def list_matrices(desk: Desk, at: Viewpoint) -> list[MatrixRow]:
    """The matrices as known then, the newest first."""
    roots = [root for root in desk.ledger.assessments("matrix", as_of=at.as_of) if not root.about]
    rows = []
    for root in reversed(roots):
        found = read_matrix(root, desk.ledger.assessments(about=root.id, as_of=at.as_of))
        rows.append(
            MatrixRow(
                id=root.id,
                question=found.question,
                hypotheses=len(found.hypotheses),
                evidence=sum(not piece.dropped for piece in found.evidence),
                analysts=tuple(sorted({rating.by for rating in found.ratings})),
                by=root.by,
                at=root.at,
            )
        )
    return rows


def find_matrix(desk: Desk, id: str, at: Viewpoint) -> MatrixSight:
    """A matrix as known then, weighed. Raises `MissingError`."""
    root = find_assessed(desk, "matrix", id, at.as_of)
    found: MatrixSight = desk.hold(("matrix", root.id, at.as_of), lambda: weigh_sight(desk, root.id, at.as_of))
    return found


def weigh_sight(desk: Desk, id: str, as_of: datetime | None) -> MatrixSight:
    """A matrix weighed by the picture of a moment."""
    picture = find_whole(desk, as_of)
    matrix = load_matrix(desk.ledger, id, as_of)
    weighed = weigh_matrix(matrix, Scales(picture).weigh_all(matrix.evidence))
    digests = index_reports(picture)
    pieces = {piece.key: piece for piece in matrix.evidence}
    told = (
        Piece(
            evidence=pieces[tested.key],
            weight=weighed.weights[tested.key],
            tested=tested,
            cells=tuple(show_cell(weighed, h.key, tested.key) for h in matrix.hypotheses),
            decides=say_sensitivity(tested),
            digest=digests.get(weighed.weights[tested.key].claim, ""),
        )
        for tested in weighed.tested
    )
    suggested = suggest_evidence(matrix, picture, most=MOST_SUGGESTED)
    return MatrixSight(
        weighed=weighed,
        pieces=tuple(sorted(told, key=lambda piece: bool(piece.evidence.dropped))),
        suggested=tuple((one, digests.get(one.claim, "")) for one in suggested),
    )


def read_latest(desk: Desk, id: str) -> Matrix:
    """A matrix as it is now. Raises `MissingError`."""
    return load_matrix(desk.ledger, find_assessed(desk, "matrix", id).id)


def put_matrix(desk: Desk, question: str, hypotheses: Sequence[str], by: str) -> str:
    """Ask a question with its rival answers; the id of its matrix. Raises `Error`."""
    with refuse_clearly():
        body, rows = draft_matrix(question, key_lines(hypotheses, "H"))
    root = desk.ledger.assess("matrix", body, by=by)
    desk.ledger.assess_all([(kind, row, by, root.id, None) for kind, row in rows])
    return root.id


def add_hypothesis(desk: Desk, id: str, words: str, by: str) -> str:
    """One more answer; its key. Raises `Error`."""
    matrix = read_latest(desk, id)
    with refuse_clearly():
        body = draft_hypothesis(matrix, f"{next_key(matrix.hypotheses, 'H')}: {words}")
    desk.ledger.assess("hypothesis", body, by=by, about=matrix.id)
    return str(body["key"])


def accept_claim(desk: Desk, id: str, claim: str, by: str) -> str:
    """Take a claim of the ledger as evidence; its key. Raises `Error`."""
    matrix = read_latest(desk, id)
    with refuse_clearly():
        body = draft_claim(matrix, *find_claim(find_whole(desk, None), claim.strip()))
    desk.ledger.assess("evidence", body, by=by, about=matrix.id)
    return str(body["key"])


def add_text(desk: Desk, id: str, text: str, reason: str, grade: str, by: str) -> str:
    """Take somebody's own words as evidence, with a reason; its key. Raises `Error`."""
    matrix = read_latest(desk, id)
    with refuse_clearly():
        body = draft_text(matrix, text, reason=reason, grade=grade)
    desk.ledger.assess("evidence", body, by=by, about=matrix.id)
    return str(body["key"])


def rate_piece(desk: Desk, id: str, evidence: str, values: Mapping[str, str], reason: str, by: str) -> None:
    """Say how a piece of evidence stands to each hypothesis that has a value, all or none. Raises `Error`."""
    matrix = read_latest(desk, id)
    with refuse_clearly():
        bodies = [draft_rating(matrix, key, evidence, value, reason=reason) for key, value in values.items() if value]
    if not bodies:
        raise Error("choose how it stands to a hypothesis at least")
    desk.ledger.assess_all([("rating", body, by, matrix.id, None) for body in bodies])


def drop_piece(desk: Desk, id: str, evidence: str, reason: str, by: str, *, restore: bool = False) -> None:
    """Let a piece of evidence count no more, with a reason, or again. Raises `Error`."""
    matrix = read_latest(desk, id)
    if evidence not in {piece.key for piece in matrix.evidence}:
        raise Error(f"there is no evidence {evidence}")
    if not reason.strip() and not restore:
        raise Error("say why it no longer counts")
    body = {"evidence": evidence, "reason": reason.strip() or "taken in again", "restored": restore}
    desk.ledger.assess("evidence-dropped", body, by=by, about=matrix.id)
