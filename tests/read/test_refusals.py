import pytest

from sayso.read.formats import SUFFIXES
from sayso.read.refusals import explain_refusal, is_paper, is_refused, load_refused, name_kind
from sayso.tables import load_rows


def test_each_end_of_a_name_is_refused_once_and_none_that_is_read() -> None:
    ends = [end for row in load_rows("refused.tsv") for end in row["suffixes"].split()]
    assert len(ends) == len(set(ends)) == len(load_refused())
    assert not {f".{end}" for end in ends if end != "bib"} & SUFFIXES.keys()


def test_every_row_says_what_and_what_to_do() -> None:
    for row in load_rows("refused.tsv"):
        assert row["what"] and row["many"] and row["instead"] and not row["instead"].endswith(".")


def test_words_of_a_refusal() -> None:
    assert is_refused(".py") and not is_refused(".txt") and not is_refused("")
    assert explain_refusal(".py") == "a program (.py), no report; give the reports that it is about"
    assert '".xyz"' in explain_refusal(".xyz") and ".txt" in explain_refusal(".xyz")
    assert (name_kind(".jpg"), name_kind(".xyz")) == ("pictures", ".xyz files")


@pytest.mark.parametrize(
    "name", ["README", "a/README.md", "readme.de.md", "LICENSE-2.0.txt", "CHANGELOG.md", "notes.txt"]
)
def test_papers_beside_reports(name: str) -> None:
    assert is_paper(name)


@pytest.mark.parametrize("name", ["notes-of-the-mayor.txt", "dam.md", "readmen.txt", "changes-at-the-dam.md"])
def test_what_is_no_such_paper(name: str) -> None:
    assert not is_paper(name)
