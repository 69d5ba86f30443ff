"""A brief in the hand: its forms, and the files it is saved as."""

import json
from pathlib import Path

import pytest

import sayso
from sayso.tell import faces


def test_a_brief_has_all_its_forms(story: sayso.OpenLedger) -> None:
    told = story.brief(title="The <mine>")
    assert told.markdown.startswith("# ")
    assert told.html.startswith("<!doctype html>")
    assert "missing" in told.text
    assert told.row["title"].startswith("The <mine>")
    assert repr(told).startswith("<brief “The <mine>")


def test_a_notebook_shows_the_page_in_a_frame(story: sayso.OpenLedger) -> None:
    frame = story.brief()._repr_html_()
    assert frame.startswith('<iframe srcdoc="&lt;!doctype')
    assert 'sandbox="allow-popups"' in frame
    assert frame.count("<") == 2
    assert story.brief()._repr_markdown_() == story.brief().markdown


@pytest.mark.parametrize("name", ["brief.md", "brief.html", "brief.json", "brief.TXT", "brief.eml", "brief"])
def test_the_ending_of_a_name_says_the_format(story: sayso.OpenLedger, tmp_path: Path, name: str) -> None:
    story.brief().save(tmp_path / name)
    content = (tmp_path / name).read_bytes()
    assert content.startswith(
        {".html": b"<!doctype", ".json": b"{", "": b"# ", ".md": b"# "}.get(Path(name).suffix, b"")
    )
    assert b"missing" in content or name == "brief.eml"
    if name.endswith("json"):
        assert json.loads(content)["claims"]


def test_what_cannot_be_written_is_told(story: sayso.OpenLedger, tmp_path: Path) -> None:
    told = story.brief()
    with pytest.raises(sayso.Error, match="No such file"):
        told.save(tmp_path / "none" / "brief.md")
    with pytest.raises(sayso.Error, match="'xlsx' is none of"):
        told.save(tmp_path / "brief.xlsx")
    assert list(tmp_path.glob("*.xlsx")) == []


def test_a_format_that_needs_a_package_says_which(story: sayso.OpenLedger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(faces.EXTRAS, "pdf", "no_such_module")
    with pytest.raises(sayso.Error, match=r'pip install "sayso\[pdf\]"'):
        story.brief().render("pdf")
