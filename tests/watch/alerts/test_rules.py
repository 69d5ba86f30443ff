"""Rules: what they are, what they refuse, and what words they hold."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.ledger import Ledger, LedgerError, parse_search
from sayso.record import Assessment
from sayso.watch.alerts.rules import (
    ROW,
    Rule,
    draft_rule,
    drop_rule,
    find_rule,
    holds_words,
    load_rules,
    read_rule,
)

TEXT = "The striking miners' union said that 3,000 would march on La Paz."


@pytest.mark.parametrize(
    ("words", "held"),
    [
        ("strike miner", True),
        ('"march on La Paz"', True),
        ('"La Paz march"', False),
        ("miners -Potosi", True),
        ("miners -unions", False),
        ("3,000", True),
    ],
)
def test_words_agree_by_their_stems(words: str, held: bool) -> None:
    assert holds_words(parse_search(words), TEXT) is held


@given(st.text(max_size=60), st.text(max_size=200))
def test_any_words_are_looked_for_in_any_text_or_refused(words: str, text: str) -> None:
    try:
        search = parse_search(words)
    except ValueError:
        return
    assert holds_words(search, text) in (True, False)
    if search.required and not search.excluded:
        assert holds_words(search, " ".join(search.required))


@pytest.mark.parametrize(
    ("kind", "given", "said"),
    [
        ("rumour", {}, "is no kind of rule"),
        ("search", {}, "words to look for"),
        ("search", {"words": "--- !!"}, "no word to look for"),
        ("search", {"words": "a" * 401}, "400 characters"),
        ("origins", {}, "at least 3"),
        ("origins", {"at_least": -2}, "at least 3"),
        ("movement", {"more_than": "a lot"}, "more than 20%"),
        ("movement", {"more_than": "nan"}, "more than 20%"),
        ("denial", {"grade": "F"}, "from A to E"),
        ("denial", {"grade": "B", "at_least": 3}, "says nothing to a rule"),
        ("closing", {"within": 1e9}, "within 3"),
        ("closing", {"within": float("nan")}, "within 3"),
    ],
)
def test_a_rule_that_cannot_be_followed_is_refused(kind: str, given: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        draft_rule(kind, **given)


@pytest.mark.parametrize(
    ("more_than", "was", "now", "moved"),
    [
        ("10", 100, 110, False),
        ("10", 100, 111, True),
        ("20%", 50, 61, True),
        ("20%", -50, -58, False),
        ("5%", 0, 1, True),
    ],
)
def test_a_line_moves_by_an_amount_or_a_share(more_than: str, was: float, now: float, moved: bool) -> None:
    assert Rule(kind="movement", more_than=more_than).moved(was, now) is moved


@given(st.text(max_size=100))
def test_a_row_that_holds_anything_else_is_no_rule(body: str) -> None:
    row = Assessment(id="x", kind=ROW, about="", by="bo", at=datetime(2031, 1, 1, tzinfo=UTC), body=body)
    with pytest.raises(ValueError):
        read_rule(row)


def test_rules_are_signed_dropped_and_found_by_the_beginning_of_their_id(ledger: Ledger) -> None:
    one = ledger.assess(ROW, draft_rule("contradiction"), by="ana")
    broken = ledger.assess(ROW, {"kind": "origins", "at_least": "many"}, by="bo")
    rules, problems = load_rules(ledger)
    assert [(rule.id, rule.by) for rule in rules] == [(one.id, "ana")]
    assert [problem.input for problem in problems] == [f"rule {broken.id[:8]}"]
    assert find_rule(rules, one.id[:6]) == rules[0]
    with pytest.raises(ValueError, match="no rule"):
        find_rule(rules, "ffffff")
    drop_rule(ledger, one.id, by="bo", reason="over")
    drop_rule(ledger, broken.id, by="bo")
    assert load_rules(ledger) == ([], [])
    question = ledger.assess("question", {}, by="ana")
    with pytest.raises(LedgerError, match="no rule"):
        drop_rule(ledger, question.id, by="bo")
