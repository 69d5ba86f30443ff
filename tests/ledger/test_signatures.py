"""Whose key stands behind a judgement, and whose name merely stands on it."""

import sys
from collections import Counter

import pytest
from floods import ONE, day, open_empty, read_story
from sqlalchemy import text

from sayso.errors import Error
from sayso.keyrings import Keyring
from sayso.ledger import open_ledger
from sayso.ledger.entries import list_entries
from sayso.ledger.lines import read_lines, write_lines
from sayso.ledger.merges import Copied, take_in
from sayso.ledger.tables import signatures, signers


@pytest.fixture
def rings(tmp_path):
    """Two people's keys: ana's, and those of one who calls herself so."""
    rings = {name: Keyring(tmp_path / name) for name in ("ana", "mallory")}
    for ring in rings.values():
        ring.make("ana")
    return rings


@pytest.fixture
def signed(where, clock, rings):
    """A ledger in which ana judges by her key."""
    with open_ledger(where, clock=clock, find_signer=rings["ana"].find) as ledger:
        ledger.add_reading(read_story(), extractor=ONE)
        yield ledger


def count(ledger):
    return Counter(f"{one.state} {one.by}" for one in ledger.standings())


def merge(target, source):
    return list(take_in(target, list_entries(source), Copied()))


def test_what_the_owner_of_a_key_says_is_signed_and_others_are_named(signed, rings):
    assert signed.standings() == []
    made = signed.retract("flood-1", by="ana", reason="a hoax")
    signed.judge("undo", made.id, by="bo", reason="no hoax")
    asked = signed.assess("question", {"text": "Will it hold?"}, by="ana")
    signed.assess_all([("forecast", {"p": n / 10}, by, asked.id, day(n + 1)) for n in range(3) for by in ("ana", "bo")])
    assert count(signed) == {"signed ana": 5, "named bo": 4}
    assert {one.public for one in signed.standings([made.id])} == {rings["ana"].find("ana").public}
    assert list(signed.verify(signed.head())) == []


def test_a_name_that_has_a_key_and_does_not_sign_is_told_but_not_what_was_there_before(where, clock, rings):
    with open_ledger(where, clock=clock) as ledger:
        ledger.add_reading(read_story(), extractor=ONE)
        early = ledger.retract("flood-1", by="ana", reason="a hoax")
    with open_ledger(where, clock=clock, find_signer=rings["ana"].find) as ledger:
        ledger.restore("flood-1", by="ana", reason="no hoax")
    with open_ledger(where, clock=clock) as ledger:
        late = ledger.retract("flood-1", by="ana", reason="forged")
        states = {one.id: one.state for one in ledger.standings()}
        assert (states[early.id], states[late.id]) == ("named", "unsigned")
    with open_ledger(where, clock=clock, find_signer=rings["mallory"].find) as ledger:
        made = ledger.retract("flood-1", by="ana", reason="forged too")
        assert [one.state for one in ledger.standings([made.id])] == ["foreign"]
        assert list(ledger.verify()) == []


@pytest.mark.parametrize("change", ["UPDATE signatures SET signature = :other", "UPDATE signers SET public = :public"])
def test_a_forged_signature_is_a_fault(signed, change):
    made = signed.retract("flood-1", by="ana", reason="a hoax")
    with signed._writer.begin() as connection:
        for table in ("signatures", "signers"):
            drop = (f"keep_{table}_update",) if connection.dialect.name == "sqlite" else (f"keep_{table} ON {table}",)
            connection.execute(text(f"DROP TRIGGER {drop[0]}"))
        values = {"other": "00" * 64} if ":other" in change else {"public": "11" * 32}
        connection.execute(text(change), values)
    assert any(p.input == f"judgement {made.id}" and "forged" in p.message for p in signed.verify())


def test_signatures_go_along_with_a_copy_and_through_lines(signed, tmp_path):
    signed.retract("flood-1", by="ana", reason="a hoax")
    with open_empty() as other, open_empty() as again:
        assert merge(other, signed) == merge(other, signed) == []
        assert count(other) == {"signed ana": 1}
        assert list(other.verify(other.head())) == []
        with (tmp_path / "copy.jsonl").open("wb") as out:
            write_lines(list_entries(other), out, Counter())
        assert list(take_in(again, read_lines(str(tmp_path / "copy.jsonl")), Copied())) == []
        assert count(again) == {"signed ana": 1}


def test_a_forged_signature_is_not_taken_in_and_what_it_is_on_is_merely_named(signed):
    signed.retract("flood-1", by="ana", reason="a hoax")
    entries = list(list_entries(signed))
    for entry in entries:
        if entry.table == signatures.name:
            entry.row["signature"] = "00" * 64
    with open_empty() as other:
        (problem,) = take_in(other, entries, Copied())
        assert "another id" in problem.message
        assert count(other) == {"unsigned ana": 1} or count(other) == {"named ana": 1}


def test_what_is_named_anew_by_a_merge_is_no_longer_signed_and_that_is_told(rings, clock):
    with open_empty(clock) as theirs, open_empty(clock) as ours:
        theirs._find_signer = rings["ana"].find
        theirs.add_reading(read_story(id="theirs"), extractor=ONE)
        ours.add_reading(read_story(id="ours"), extractor=ONE)
        theirs.retract(theirs.readings()[0].claims[0].seat, by="ana", reason="a hoax")
        (problem,) = merge(ours, theirs)
        assert "named anew here" in problem.message
        assert len(ours.judgements()) == 1
        assert list(ours.verify()) == []


def test_of_two_keys_for_one_name_the_one_that_came_first_is_hers(rings, clock):
    with open_empty(clock) as one, open_empty(clock) as other:
        for ledger, name in ((one, "ana"), (other, "mallory")):
            ledger._find_signer = rings[name].find
            ledger.add_reading(read_story(), extractor=ONE)
            ledger.retract("flood-1", by="ana", reason=f"so says {name}")
        assert merge(one, other) == []
        assert count(one) == {"signed ana": 1, "foreign ana": 1}


def test_without_the_package_one_line_says_what_to_install(signed, monkeypatch):
    signed.retract("flood-1", by="ana", reason="a hoax")
    monkeypatch.setitem(sys.modules, "cryptography.exceptions", None)
    with pytest.raises(Error, match=r"pip install 'sayso\[keys\]'"):
        signed.standings()
    assert any("sayso[keys]" in p.message for p in signed.verify())
    assert len(signed.judgements()) == 1


def test_a_key_that_cannot_be_read_stops_the_judgement_and_nothing_is_kept(signed, rings):
    signed.retract("flood-1", by="ana", reason="a hoax")
    before = signed.head()
    rings["ana"].find("ana").path.write_bytes(b"junk")
    with pytest.raises(Error, match="it is no key"):
        signed.restore("flood-1", by="ana", reason="no hoax")
    assert signed.head() == before
    with signed._engine.connect() as connection:
        assert len(connection.execute(signers.select()).all()) == 1
