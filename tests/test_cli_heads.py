"""The ledger's head, who signed what, and keys, by command."""

import json
import sqlite3

import pytest
from typer.testing import CliRunner

from sayso.cli import app

RUNNER = CliRunner()
ONE = "Some 40 Peruvian miners are missing, the mayor said."


@pytest.fixture
def run(tmp_path):
    def run(*words, **env):
        given = {"SAYSO_ANALYST": "", "COLUMNS": "200", "XDG_CONFIG_HOME": str(tmp_path / "settings"), **env}
        result = RUNNER.invoke(app, [str(word) for word in words], env=given)
        return result.exit_code, result.stdout, result.stderr

    return run


@pytest.fixture
def where(tmp_path, run):
    line = {"id": "one", "outlet": "The Wire", "published": "2031-05-01", "text": ONE}
    (tmp_path / "reports.jsonl").write_text(json.dumps(line), encoding="utf8")
    assert run("add", tmp_path / "reports.jsonl", "--ledger", tmp_path / "story.db")[0] == 0
    return tmp_path / "story.db"


def test_a_head_is_printed_and_holds_until_something_before_it_is_changed(run, where):
    status, head, _ = run("head", "--ledger", where)
    assert (status, head.partition(":")[0]) == (0, "4")
    assert run("judge", "retract", "one", "-r", "a hoax", "--by", "ana", "-l", where)[0] == 0
    status, _, said = run("verify", "--ledger", where, "--head", head.strip())
    assert (status, "the ledger is whole" in said, "1 named, not signed: ana" in said) == (0, True, True)
    with sqlite3.connect(where) as editor:
        editor.execute("DROP TRIGGER keep_reports_update")
        editor.execute('UPDATE reports SET body = replace(body, \'"author":""\', \'"author":"Rosa"\')')
    status, _, said = run("verify", "--ledger", where, "--head", head.strip())
    assert status == 1
    assert "up to 4 the rows make the head" in said
    assert "trigger keep_reports_update: it is missing" in said
    status, _, said = run("judge", "retract", "one", "-r", "a hoax", "--by", "ana", "-l", where)
    assert (status, "`sayso verify` says what else is wrong" in said, said.count("\n")) == (1, True, 1)


def test_who_has_a_key_signs_and_a_judgement_in_their_name_without_it_is_told(run, where, tmp_path):
    status, public, _ = run("key", "new", "--by", "ana")
    assert (status, len(public.strip())) == (0, 64)
    assert run("key", "show")[1] == f"{public.strip()}  ana\n"
    assert run("key", "new", "--by", "ana")[0] == 1
    assert run("judge", "retract", "one", "-r", "a hoax", "--by", "ana", "-l", where)[0] == 0
    elsewhere = {"XDG_CONFIG_HOME": str(tmp_path / "other")}
    status, forged, _ = run("judge", "restore", "one", "-r", "no hoax", "--by", "ana", "-l", where, **elsewhere)
    listed = json.loads(run("judgements", "-l", where, "--format", "json")[1])
    assert [(one["by"], one["signed"]) for one in listed] == [("ana", True), ("ana", False)]
    status, _, said = run("verify", "-l", where)
    assert status == 0
    assert f"1 signed by ana (key {public[:16]}...)" in said
    assert f"judgement {forged.strip()}: ana has a key, and it is not signed" in said


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        (("verify", "--head", "nonsense"), 1, "is no head"),
        (("verify", "--stamp", "x"), 2, "name the head"),
        (("verify", "package.zip", "--head", "1:" + "a" * 64), 2, "a package has a root hash"),
        (("head", "--timestamp", "http://stamps.example"), 2, "needs both"),
        (("head", "--stamp", "x"), 2, "needs both"),
        (("key", "show"), 1, "there is no key here"),
        (("key", "new"), 2, "say who"),
    ],
)
def test_what_cannot_be_is_one_line(run, where, words, status, says):
    found, out, said = run(*words, SAYSO_LEDGER=str(where))
    assert (found, out) == (status, "")
    assert says in " ".join(said.split())


def test_a_stamp_that_is_none_does_not_hold(run, where, tmp_path):
    (tmp_path / "head.tsr").write_bytes(b"junk")
    head = run("head", "-l", where)[1].strip()
    status, _, said = run("verify", "-l", where, "--head", head, "--stamp", tmp_path / "head.tsr")
    assert (status, "time stamp does not hold" in said) == (1, True)
    status, _, said = run("verify", "-l", where, "--head", head, "--stamp", tmp_path / "none.tsr")
    assert (status, "No such file" in said) == (1, True)
