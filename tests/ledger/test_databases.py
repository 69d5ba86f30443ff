"""SQLite and PostgreSQL tell the same of the examples, and so does a ledger that was halved and merged again."""

from pathlib import Path

from sayso.journey import add_all
from sayso.ledger import open_ledger

EXAMPLE = Path(__file__).parents[2] / "examples" / "baltimore"


def test_every_view_of_an_example_is_the_same_wherever_it_is_kept(tmp_path, server):
    from databases import compare

    where = str(tmp_path / "story.db")
    with open_ledger(where) as ledger:
        assert add_all(ledger, [str(EXAMPLE)]).problems == []
        first, second, *_ = ledger.readings()
        claim, other = first.claims[0], second.claims[0]
        ledger.judge("relate", claim.seat, other=other.seat, value="unrelated", by="ana", reason="of other matters")
        ledger.judge("undo", ledger.retract(second.report.id, by="ana", reason="a hoax").id, by="bo", reason="it holds")
        asked = ledger.assess("question", {"text": "Will the channel open by June?"}, by="ana")
        ledger.assess("forecast", {"probability": 0.25}, by="bo", about=asked.id)
    compared, different = compare(where, server, thorough=False)
    assert different == []
    assert compared > 90
