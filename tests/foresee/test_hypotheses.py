"""Competing hypotheses: hand arithmetic, sensitivity, disagreement, and what a retraction does."""

import json
import math
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sayso.extract import read_report
from sayso.foresee.hypotheses.drafts import (
    draft_import,
    draft_matrix,
    draft_prior,
    draft_rating,
    draft_text,
    export_matrix,
)
from sayso.foresee.hypotheses.histories import replay_matrix
from sayso.foresee.hypotheses.matrices import Evidence, Hypothesis, Matrix, Rating, load_weights, read_matrix
from sayso.foresee.hypotheses.rankings import say_order, weigh_matrix
from sayso.foresee.hypotheses.suggestions import suggest_evidence
from sayso.foresee.hypotheses.weights import Scales, Weight, make_plain
from sayso.journey import know
from sayso.ledger import open_ledger
from sayso.record import Report

FIRST = datetime(2031, 5, 1, 9, tzinfo=UTC)
GOLD = Path(__file__).parents[3] / "shared" / "stories" / "kursk" / "gold.json"

DAM = {
    "question": "Why did the Huari dam fail?",
    "hypotheses": [
        {"id": "H1", "text": "The flood was higher than it was built for"},
        {"id": "H2", "text": "It had not been kept in repair"},
        {"id": "H3", "text": "Somebody blew it up"},
    ],
    "evidence": [
        {"text": "River gauges read 9 metres", "consistency": {"H1": "CC", "H2": "N", "H3": "N"}},
        {"text": "The gates were rusted shut", "consistency": {"H1": "I", "H2": "CC", "H3": "N"}},
        {"text": "No blast was heard", "consistency": {"H1": "C", "H2": "C", "H3": "II"}},
        {"text": "A downstream dam held", "consistency": {"H1": "I", "H2": "C", "H3": "C"}},
    ],
}


def make_matrix(told, by="ana"):
    body, rows = draft_import(told, know(()))
    said = {kind: [row for k, row in rows if k == kind] for kind in ("hypothesis", "evidence", "rating")}
    ratings = tuple(Rating(**{**row, "by": row["by"] or by}) for row in said["rating"])
    return Matrix(
        id="m",
        question=body["question"],
        hypotheses=tuple(Hypothesis(**row) for row in said["hypothesis"]),
        evidence=tuple(Evidence(**row) for row in said["evidence"]),
        ratings=ratings,
        ratios=dict(load_weights()["ratios"]),
    )


def weigh_plainly(matrix, without=()):
    return weigh_matrix(
        matrix,
        {
            e.key: Weight(value=0.0, status="retracted") if e.key in without else Weight(value=1.0)
            for e in matrix.evidence
        },
    )


def scores(weighed):
    return {v.key: v.inconsistency for v in weighed.verdicts}


def shares(weighed):
    return {v.key: v.posterior for v in weighed.verdicts}


def test_the_figures_are_those_of_the_hand():
    weighed = weigh_plainly(make_matrix(DAM))
    # inconsistency: H1 = I + I = 1 + 1; H2 = 0; H3 = II = 2
    assert scores(weighed) == {"H1": 2.0, "H2": 0.0, "H3": 2.0}
    # likelihood: H1 = 4 * 1/2 * 2 * 1/2 = 2; H2 = 1 * 4 * 2 * 2 = 16; H3 = 1 * 1 * 1/4 * 2 = 1/2; together 18.5
    assert shares(weighed) == pytest.approx({"H1": 2 / 18.5, "H2": 16 / 18.5, "H3": 0.5 / 18.5})
    assert say_order(weighed.order) == "H2, then H1, then H3"
    # diagnosticity: E1 has levels 2, 0, 0: (2 + 2 + 0) / 3; E2 -1, 2, 0: (3 + 1 + 2) / 3; E3 1, 1, -2: (0 + 3 + 3) / 3;
    # E4 -1, 1, 1: (2 + 2 + 0) / 3
    told = {t.key: t.diagnosticity for t in weighed.tested}
    assert told == pytest.approx({"E1": 4 / 3, "E2": 2.0, "E3": 2.0, "E4": 4 / 3})


def test_one_piece_taken_away_or_turned_round_may_change_the_order():
    tested = {t.key: t for t in weigh_plainly(make_matrix(DAM)).tested}
    # Without E3: H1 2, H2 0, H3 0 inconsistent; H2 8 against H3 2. H3 passes H1, the leader stays.
    assert (say_order(tested["E3"].without), tested["E3"].changes_without) == ("H2, then H3, then H1", "order")
    # If E3 is wrong: H1 2 + 1, H2 0 + 1, H3 0: H3 leads.
    assert (say_order(tested["E3"].if_wrong), tested["E3"].changes_if_wrong) == ("H3, then H2, then H1", "leader")
    # Without E1, H1 (1/2) and H3 (1/2) are tied in both: 2 inconsistent each, likelihood 1/2 each.
    assert say_order(tested["E1"].without) == "H2, then H1 and H3"


def test_priors_ratios_and_weights_are_heeded():
    matrix = make_matrix(DAM)
    told = Matrix(
        id="m", question="?", hypotheses=matrix.hypotheses, evidence=matrix.evidence, ratings=matrix.ratings,
        priors=(("ana", {"H1": 0.8, "H2": 0.1, "H3": 0.1}),), ratios={**matrix.ratios, "CC": 8.0},
    )  # fmt: skip
    weights = {"E1": Weight(value=2.0), **{e: Weight(value=1.0) for e in ("E2", "E3", "E4")}}
    # H1 = 0.8 * 8**2 * 1/2 * 2 * 1/2 = 25.6; H2 = 0.1 * 8 * 2 * 2 = 3.2; H3 = 0.1 * 1/4 * 2 = 0.05; together 28.85
    assert shares(weigh_matrix(told, weights)) == pytest.approx(
        {"H1": 25.6 / 28.85, "H2": 3.2 / 28.85, "H3": 0.05 / 28.85}
    )


def test_analysts_are_averaged_and_their_disagreement_told():
    matrix = make_matrix(DAM)
    more = tuple(Rating(hypothesis=h, evidence="E1", value=v, by="bo") for h, v in (("H1", "II"), ("H2", 0.5)))
    both = Matrix(
        id="m", question="?", hypotheses=matrix.hypotheses, evidence=matrix.evidence,
        ratings=(*matrix.ratings, *more), ratios=matrix.ratios,
    )  # fmt: skip
    weighed = weigh_plainly(both)
    assert weighed.cells["H1", "E1"].disagreement == 4.0
    assert weighed.cells["H2", "E1"].disagreement == 1.0
    assert weighed.disagreement == 2.5
    # H1: the mean of CC and II is 0 apart from neutral, and adds (0 + 2) / 2 to its 2; H2 gets (0 + 1) / 2.
    assert scores(weighed) == {"H1": 3.0, "H2": 0.5, "H3": 2.0}
    assert dict(weighed.orders)["ana"][0] == ("H2",)
    alone = weigh_matrix(both, {e.key: Weight(value=1.0) for e in both.evidence}, ["ana"])
    assert scores(alone) == {"H1": 2.0, "H2": 0.0, "H3": 2.0}


@pytest.mark.skipif(not GOLD.exists(), reason="the shared story is not beside this checkout")
def test_the_shared_matrix_is_ranked_as_by_hand():
    told = json.loads(GOLD.read_text("utf8"))["hypotheses"]
    free = {**told, "evidence": [{k: v for k, v in e.items() if k != "report"} for e in told["evidence"]]}
    weighed = weigh_plainly(make_matrix(free))
    # H1: one I. H4: one I. H3: II + I + I + I. H2: I + I + I + II + II + II + I.
    assert scores(weighed) == {"H1": 1.0, "H4": 1.0, "H3": 5.0, "H2": 10.0}
    # log2: H1 2+1+0+2+1+1-1+1+1+0; H4 0+2+0+0+1+1-1+1+1+2; H3 -2+0+1-1+0-1+2+0-1+0; H2 1-1+0-1-1+1-2-2-2-1
    total = 2**8 + 2**7 + 2**-2 + 2**-8
    assert shares(weighed) == pytest.approx(
        {"H1": 2**8 / total, "H4": 2**7 / total, "H3": 2**-2 / total, "H2": 2**-8 / total}
    )
    assert say_order(weighed.order) == "H1, then H4, then H3, then H2"
    assert {t.key for t in weighed.tested if t.changes_without == "leader"} == {"E1", "E4"}


@pytest.mark.skipif(not GOLD.exists(), reason="the shared story is not beside this checkout")
@pytest.mark.parametrize(
    ("gone", "against", "levels"),
    [
        # The special forces' spokesman bounds his words to his own sectors: only H3 had a C from it.
        ("E3", {"H1": 1, "H4": 1, "H3": 5, "H2": 10}, {"H1": 8, "H4": 7, "H3": -3, "H2": -8}),
        # The special forces' commander heard of a return: H1 and H4 lose a C, H2 an I.
        ("E5", {"H1": 1, "H4": 1, "H3": 5, "H2": 9}, {"H1": 7, "H4": 6, "H3": -2, "H2": -7}),
    ],
)
def test_retracting_what_special_forces_said_changes_it_as_by_hand(gone, against, levels):
    told = json.loads(GOLD.read_text("utf8"))["hypotheses"]
    free = {**told, "evidence": [{k: v for k, v in e.items() if k != "report"} for e in told["evidence"]]}
    weighed = weigh_plainly(make_matrix(free), without=(gone,))
    assert scores(weighed) == against
    total = sum(2.0**level for level in levels.values())
    assert shares(weighed) == pytest.approx({key: 2.0**level / total for key, level in levels.items()})


TEXTS = (
    ("wire", 0, "Peruvian soldiers were withdrawn from the mine at Oruro on Monday, the mayor, Rosa Quispe, said."),
    ("echo", 1, "Peruvian soldiers are still at the mine at Oruro, police said."),
    ("post", 2, "Peruvian soldiers were withdrawn from the mine at Oruro on Monday, the union said."),
)


@pytest.fixture(scope="module")
def readings():
    return [
        read_report(
            Report(
                id=f"{outlet}-{day}", text=text, outlet=outlet.title(), published=FIRST + timedelta(days=day),
                published_exact=True,
            )
        )
        for outlet, day, text in TEXTS
    ]  # fmt: skip


@pytest.fixture
def ledger(readings):
    with open_ledger(":memory:") as kept:
        for reading in readings:
            kept.add_reading(reading, extractor="x")
        yield kept


def keep_matrix(kept, told, by, at):
    body, rows = draft_import(told, know(kept.readings()))
    root = kept.assess("matrix", body, by=by, at=at)
    kept.assess_all([(kind, row, row.pop("by", "") or by, root.id, at) for kind, row in rows])
    return root


MINE = {
    "question": "Why did the soldiers leave the mine?",
    "hypotheses": [{"id": "H1", "text": "The dispute was settled"}, {"id": "H2", "text": "They never left"}],
    "evidence": [
        {
            "report": "wire-0",
            "text": "soldiers were withdrawn from the mine",
            "consistency": {"H1": "C", "H2": "II"},
        },
        {"report": "echo-1", "text": "are still at the mine", "consistency": {"H1": "I", "H2": "CC"}},
    ],
}


def know_then(kept, moment=None):
    return know(kept.readings(moment), moment, kept.judgements(moment, standing=True))


def weigh_then(kept, root, moment=None):
    matrix = read_matrix(root, kept.assessments(about=root.id, as_of=moment))
    weights = Scales(know_then(kept, moment)).weigh_all(matrix.evidence)
    return weigh_matrix(matrix, weights), weights


def test_a_retracted_claim_weighs_nothing_and_the_others_are_weighed_anew(ledger):
    root = keep_matrix(ledger, MINE, "ana", FIRST + timedelta(days=3))
    weighed, before = weigh_then(ledger, root)
    assert weighed.matrix.evidence[0].seat and weighed.matrix.evidence[1].seat
    assert say_order(weighed.order) == "H1, then H2" and before["E1"].value > before["E2"].value
    ledger.judge("retract", before["E1"].claim, by="bo", reason="a hoax", at=FIRST + timedelta(days=4))
    weighed, after = weigh_then(ledger, root)
    assert (after["E1"].value, after["E1"].status, after["E1"].why) == (0.0, "retracted", "retracted by bo: a hoax")
    # Only E2 is left: H1 is inconsistent by its weight, H2 not at all; 1/2 ** w against 4 ** w.
    w = after["E2"].value
    assert scores(weighed) == {"H1": pytest.approx(w), "H2": 0.0}
    assert shares(weighed)["H1"] == pytest.approx(0.5**w / (0.5**w + 4.0**w))
    assert scores(weigh_then(ledger, root, FIRST + timedelta(days=3, hours=1))[0])["H2"] > 0.0


def test_a_grade_and_a_whole_reports_retraction_move_it_too(ledger):
    root = keep_matrix(ledger, MINE, "ana", FIRST + timedelta(days=3))
    claim = weigh_then(ledger, root)[1]["E2"].claim
    ledger.judge("grade", claim, value="5", by="bo", reason="he was far away", at=FIRST + timedelta(days=4))
    weight = weigh_then(ledger, root)[1]["E2"]
    table = load_weights()
    assert weight.credibility == "5"
    assert weight.value == table["credibility"]["5"] * table["reliability"][weight.reliability]
    ledger.judge("retract", "wire-0", by="bo", reason="no such report", at=FIRST + timedelta(days=5))
    assert weigh_then(ledger, root)[1]["E1"].status == "retracted"


def test_a_copy_is_no_second_piece_of_evidence(readings):
    twice = {**MINE, "evidence": [MINE["evidence"][0], MINE["evidence"][0]]}
    with open_ledger(":memory:") as kept:
        for reading in readings:
            kept.add_reading(reading, extractor="x")
        root = keep_matrix(kept, twice, "ana", FIRST + timedelta(days=3))
        weights = weigh_then(kept, root)[1]
    assert (weights["E2"].status, weights["E2"].value) == ("copy", 0.0)


def test_the_history_says_why_it_moved(ledger):
    root = keep_matrix(ledger, MINE, "ana", FIRST + timedelta(days=1, hours=1))
    claim = weigh_then(ledger, root)[1]["E1"].claim
    ledger.judge("retract", claim, by="bo", reason="a hoax", at=FIRST + timedelta(days=4))
    ledger.assess(
        "rating", {"hypothesis": "H1", "evidence": "E2", "value": "CC"}, by="cy", about=root.id,
        at=FIRST + timedelta(days=5),
    )  # fmt: skip
    changed = [*(j.at for j in ledger.judgements()), *(r.report.published for r in ledger.readings())]
    moves = replay_matrix(root, ledger.assessments(about=root.id), lambda at: know_then(ledger, at), changed)
    assert moves[0].why[0].startswith("asked by ana with 2 hypotheses and 2 pieces")
    assert any("E1 weighs" in why and "2 independent origins" in why for why in moves[1].why), "Post bore it out"
    assert any(
        why == f"E1 weighs 0.00, was {moves_weight(moves[2].why)}: retracted by bo: a hoax" for why in moves[2].why
    )
    assert moves[-1].why == ("cy rated H1 x E2 CC",)
    assert [m.at for m in moves] == sorted(m.at for m in moves)


def moves_weight(why):
    return next(w for w in why if w.startswith("E1")).split("was ")[1].split(":")[0]


def test_claims_that_bear_on_it_are_suggested_and_copies_are_not(ledger):
    root = keep_matrix(ledger, MINE, "ana", FIRST + timedelta(days=3))
    matrix = read_matrix(root, ledger.assessments(about=root.id))
    found = suggest_evidence(matrix, know_then(ledger))
    assert found[0].report == "post-2"
    assert "E1" in found[0].why or "E2" in found[0].why
    assert not {s.claim for s in found} & {w.claim for w in weigh_then(ledger, root)[1].values()}
    assert suggest_evidence(matrix, know_then(ledger), since=FIRST + timedelta(days=9)) == []


def test_an_exported_matrix_comes_back(ledger):
    root = keep_matrix(ledger, MINE, "ana", FIRST + timedelta(days=3))
    matrix = read_matrix(root, ledger.assessments(about=root.id))
    again = keep_matrix(ledger, export_matrix(matrix), "bo", FIRST + timedelta(days=6))
    back = read_matrix(again, ledger.assessments(about=again.id))
    assert [e.seat for e in back.evidence] == [e.seat for e in matrix.evidence]
    assert {(r.by, r.hypothesis, r.evidence, r.value) for r in back.ratings} == {
        (r.by, r.hypothesis, r.evidence, r.value) for r in matrix.ratings
    }


@pytest.mark.parametrize(
    ("draft", "says"),
    [
        (lambda m: draft_matrix("Why?", ["H1: alone"]), "at least two"),
        (lambda m: draft_matrix("Why?", ["H1: one", "H1: two"]), "there is a H1 already"),
        (lambda m: draft_matrix("Why?", ["one", "One"]), "say the same"),
        (lambda m: draft_matrix("  ", ["one", "two"]), "characters"),
        (lambda m: draft_rating(m, "H9", "E1", "CC"), "no hypothesis H9"),
        (lambda m: draft_rating(m, "H1", "E9", "CC"), "no evidence E9"),
        (lambda m: draft_rating(m, "H1", "E1", "CCC"), "none of CC"),
        (lambda m: draft_rating(m, "H1", "E1", "0"), "likelihood ratio lies"),
        (lambda m: draft_rating(m, "H1", "E1", "nan"), "likelihood ratio lies"),
        (lambda m: draft_prior(m, {"H1": 0.5, "H2": 0.4, "H3": 0.2}), "sum to 1"),
        (lambda m: draft_prior(m, {"H1": 1.0, "H2": 0.0, "H3": 0.0}), "between 0 and 1"),
        (lambda m: draft_prior(m, {"H1": 1.0}), "give each"),
        (lambda m: draft_text(m, "It was built for less than the flood, which was higher", reason="so"), "restates H1"),
        (lambda m: draft_text(m, "The keeper fled", reason=" "), "takes a reason"),
        (lambda m: draft_text(m, "The keeper fled", reason="seen", grade="Z9"), "Admiralty"),
        (lambda m: draft_text(m, "no blast was heard", reason="again"), "already"),
        (lambda m: draft_import([], know(())), "an object"),
        (lambda m: draft_import({**DAM, "hypotheses": ["H1", "H2"]}, know(())), "a hypothesis is an object"),
        (lambda m: draft_import({**DAM, "evidence": [7]}, know(())), "evidence 1 is no object"),
        (lambda m: draft_import({**DAM, "evidence": [{"text": "y", "ratings": [1]}]}, know(())), "analyst and values"),
        (lambda m: draft_import({**DAM, "evidence": [{"text": "y", "consistency": [1]}]}, know(())), "by an object"),
        (lambda m: draft_import({**DAM, "evidence": [{"text": "y", "consistency": {"H1": None}}]}, know(())), "None"),
        (lambda m: draft_import({**DAM, "evidence": [{"text": "y", "consistency": {"H7": "C"}}]}, know(())), "H7"),
        (lambda m: draft_import({**DAM, "evidence": [{"report": "x", "text": "y"}]}, know(())), "no report x"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_says_why(draft, says):
    with pytest.raises(ValueError, match=says):
        draft(make_matrix(DAM))


def test_rows_of_strangers_are_problems_and_the_rest_goes_on():
    with open_ledger(":memory:") as kept:
        root = kept.assess("matrix", {"question": "Why?"}, by="ana")
        for kind, body in (
            ("hypothesis", {"key": "H1", "text": "one"}),
            ("hypothesis", {"key": "H2", "text": "two"}),
            ("hypothesis", {"key": "<b>", "text": "x"}),
            ("evidence", {"key": "E1", "text": "seen"}),
            ("evidence", [1, 2]),
            ("rating", {"hypothesis": "H1", "evidence": "E7", "value": "CC"}),
            ("rating", {"hypothesis": "H1", "evidence": "E1", "value": 1e9}),
            ("rating", {"hypothesis": "H1", "evidence": "E1", "value": "C"}),
            ("prior", {"shares": {"H1": 2}}),
            ("evidence-dropped", {"evidence": "E5"}),
            ("ratios", {"ratios": {"CC": 0.1}}),
        ):
            kept.assess(kind, body, by="bo", about=root.id)
        matrix = read_matrix(root, kept.assessments(about=root.id))
    assert (len(matrix.hypotheses), len(matrix.evidence), len(matrix.ratings), len(matrix.problems)) == (2, 1, 1, 7)
    assert math.isclose(sum(shares(weigh_plainly(matrix)).values()), 1.0)


def test_ten_thousand_pieces_of_evidence_are_weighed_in_a_breath():
    keys = [f"H{n}" for n in range(1, 7)]
    letters = ("CC", "C", "N", "I", "II")
    matrix = Matrix(
        id="m",
        question="?",
        hypotheses=tuple(Hypothesis(key=key, text=key) for key in keys),
        evidence=tuple(Evidence(key=f"E{n}", text=f"piece {n}") for n in range(10_000)),
        ratings=tuple(
            Rating(hypothesis=key, evidence=f"E{n}", value=letters[(n * 7 + k * (n % 11)) % 5], by="ana")
            for n in range(10_000)
            for k, key in enumerate(keys)
        ),
        ratios=dict(load_weights()["ratios"]),
    )
    began = time.process_time()
    weighed = weigh_plainly(matrix)
    assert time.process_time() - began < 10.0
    assert math.isclose(sum(shares(weighed).values()), 1.0)
    assert len(weighed.tested) == 10_000


def test_plain_weights_are_heuers():
    weights = {"E1": Weight(value=1.8), "E2": Weight(value=0.0, status="dropped")}
    assert {key: w.value for key, w in make_plain(weights).items()} == {"E1": 1.0, "E2": 0.0}


def test_the_table_of_weights_is_whole_and_neutral_where_nothing_is_known():
    table = load_weights()
    assert set(table["credibility"]) == set("123456") and set(table["reliability"]) == set("ABCDEF")
    assert table["credibility"]["6"] * table["reliability"]["F"] * table["origins"]["1"] == 1.0
    assert [table["ratios"][letter] for letter in ("CC", "C", "N", "I", "II")] == [4.0, 2.0, 1.0, 0.5, 0.25]
