"""Vectors of claims and of their answers: where they point, and that they stay inside."""

from __future__ import annotations

import numpy as np

from sayso.extract import read_report
from sayso.forms import row_of_reading
from sayso.record import Report
from sayso.weigh.relation_signs import cosine

TEXT = (
    "Police arrested a suspect in the bank robbery. A suspect in the bank robbery has been arrested by police. "
    "The central bank cut its main rate by a quarter point."
)


def test_claims_that_say_like_things_point_one_way() -> None:
    first, again, other = (claim.vector for claim in read_report(Report(id="x", text=TEXT)).claims)
    assert cosine(first, again) > 0.8 > cosine(first, other) + 0.2


def test_every_vector_has_one_width_and_a_direction() -> None:
    claims = read_report(Report(id="x", text=TEXT)).claims
    for vectors in ([c.vector for c in claims], [a.vector for c in claims for a in c.answers]):
        assert len({len(vector) for vector in vectors}) == 1
        assert all(np.abs(np.frombuffer(vector, np.int8)).max() == 127 for vector in vectors)


def test_vectors_are_not_printed() -> None:
    claims = row_of_reading(read_report(Report(id="x", text=TEXT)))["claims"]
    assert claims and not any("vector" in row for claim in claims for row in (claim, *claim["answers"]))


def test_a_text_of_nothing_has_no_vectors() -> None:
    assert read_report(Report(id="x", text="\n…\n")).claims == ()
