"""Assessments on a desk of the example story, for tests of the pages that show them."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sayso.serve.desk import Desk, Viewpoint, hypotheses, questions, scenarios

NOW = Viewpoint()


@dataclass(frozen=True)
class Foreseen:
    """The ids of what was put: a matrix, a set of scenarios, and questions that are open (yes/no and choice) and
    resolved."""

    matrix: str
    scenarios: str
    question: str
    choice: str
    ended: str


def fill_desk(desk: Desk) -> Foreseen:
    """A matrix with evidence rated by two, scenarios with an indicator that fired, and three questions."""
    rivals = ["Contaminated fuel stopped the engines", "Power: an electrical fault tripped the main breaker"]
    matrix = hypotheses.put_matrix(desk, "Why did the ship lose power?", rivals, "ana")
    for one, _ in hypotheses.find_matrix(desk, matrix, NOW).suggested[:2]:
        hypotheses.accept_claim(desk, matrix, one.claim, "ana")
    hypotheses.add_text(desk, matrix, "Meters at the dock showed trips", "told by a dock worker", "C3", "bo")
    for key, values in (("E1", ("CC", "I")), ("E2", ("N", "C")), ("E3", ("II", "CC"))):
        hypotheses.rate_piece(desk, matrix, key, dict(zip(("H1", "H2"), values, strict=True)), "", "ana")
    hypotheses.rate_piece(desk, matrix, "E1", {"H1": "I"}, "", "bo")
    made = scenarios.put_set(desk, "The port", ["Deal: it opens by May", "Slow: it stays shut"], "ana", exclusive=True)
    scenarios.state_probabilities(desk, made, {"S1": "60", "S2": "30"}, "cranes have arrived", "ana")
    since = datetime(2024, 3, 1, tzinfo=UTC)
    scenarios.add_indicator(desk, made, "S2", "Six workers are missing", "ana", origins=1, since=since)
    ids = [
        questions.put_question(desk, text, {"resolves": "2131-05-31", **terms}, "ana", force=True)[0]
        for text, terms in (
            ("Will the port reopen by 31 May 2131?", {"criteria": "Yes if the port authority says so."}),
            ("Who will pay for the bridge?", {"options": "the state\nthe owner"}),
            ("Will the wreck be moved?", {}),
        )
    ]
    for by, chance in (("ana", "60%"), ("bo", "20%")):
        questions.give_forecast(desk, ids[0], [chance], "as before", by)
        questions.give_forecast(desk, ids[2], [chance], "", by)
    questions.end_question(desk, ids[2], "yes", [], "the tugs took it", "ana")
    return Foreseen(matrix, made, *ids)
