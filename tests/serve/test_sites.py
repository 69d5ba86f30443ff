"""The desk as a folder of files: it opens from a disk, every link leads somewhere, and nothing asks a server."""

import re
from pathlib import Path
from typing import Any

import pytest
from foreseen import Foreseen, fill_desk
from typer.testing import CliRunner

from sayso.cli import app
from sayso.errors import Error
from sayso.serve.desk import Desk
from sayso.serve.site_pages import Rewriter, Site
from sayso.serve.sites import write_files, write_site


@pytest.fixture
def filled(desk: Desk) -> Foreseen:
    """What was put on the desk."""
    return fill_desk(desk)


def test_a_site_is_followed_from_a_disk(page: Any, desk: Desk, filled: Foreseen, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    count = write_site(desk, folder)
    files = [path for path in sorted(folder.rglob("*.html")) if path.name != "brief.html"]  # A brief to keep.
    assert len(files) == count >= 9
    page.on("requestfailed", lambda request: pytest.fail(f"{request.url} is not there"))
    seen, waiting = set(), [(folder / "index.html").as_uri()]
    while waiting:
        where = waiting.pop()
        seen.add(where)
        page.goto(where)
        assert page.locator("h1").count() == 1
        assert page.locator("form, input:not([type=checkbox]), [hx-get], script[src*=htmx]").count() == 0
        name = "all => all.map(one => (one.href.baseVal ?? one.href).split('#')[0])"
        links = page.eval_on_selector_all("a[href]", name)
        for link in links:
            kept = re.search(r"/brief\.\w+$", link) or not link.endswith(".html")  # To be saved, not to be shown.
            if link.startswith("file:") and not kept and link not in seen and link not in waiting:
                waiting.append(link)
    assert seen == {file.as_uri() for file in files}
    for file in files:
        text = file.read_text("utf8")
        assert not re.search(r'(href|src|action)="/', text), file
        assert desk.ledger.name not in text and str(tmp_path) not in text


def test_one_story_is_a_site_of_its_own(desk: Desk, filled: Foreseen, tmp_path: Path) -> None:
    write_site(desk, tmp_path / "site", desk.stories()[0].id)
    names = {str(file.relative_to(tmp_path / "site")) for file in (tmp_path / "site").rglob("*.html")}
    assert "index.html" in names and not any(name.startswith(("questions", "hypotheses")) for name in names)


def test_a_folder_with_anything_else_is_left_alone(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    write_site(desk, folder, desk.stories()[0].id)
    (folder / "stale.html").write_text("old")
    write_site(desk, folder, desk.stories()[0].id)
    assert not (folder / "stale.html").exists() and (folder / "index.html").exists()
    other = tmp_path / "mine"
    other.mkdir()
    (other / "letter.txt").write_text("dear")
    with pytest.raises(Error, match="holds something else"):
        write_site(desk, other)
    assert [path.name for path in other.iterdir()] == ["letter.txt"]
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []
    with pytest.raises(Error):
        write_site(desk, tmp_path / "none", "no such story")


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ('<p><a href="/reports/ab#c1">one</a></p>', '<p><a href="../reports/ab.html#c1">one</a></p>'),
        ('<p><a class="x" href="/review">two</a> end</p>', '<p><span class="x">two</span> end</p>'),
        ('<nav><li><a href="/review">two</a></li></nav>', "<nav><li></li></nav>"),
        ("<p>a<form><p>b<form></form></p></form>c &amp; d</p>", "<p>ac &amp; d</p>"),
        ('<a href="https://example.org/?a=1&amp;b">x</a>', '<a href="https://example.org/?a=1&amp;b">x</a>'),
        ('<link href="/assets/desk.css?v=12">', '<link href="../assets/desk.css">'),
        ('<div data-live><a href="/">x</a><div>y</div></div>z', "z"),
        ('<body hx-headers=\'{"x-csrf": "s"}\' class="b">', '<body class="b">'),
        ('<svg viewBox="0 0 1 1"><path d="M0"/></svg>', '<svg viewBox="0 0 1 1"><path d="M0"/></svg>'),
        ('<a href="javascript:alert(1)">x</a>', "<span>x</span>"),
        ('<a href="/reports/ab/archived">raw</a>', "<span>raw</span>"),
    ],
)
def test_pages_are_rewritten_and_no_more(given: str, written: str) -> None:
    rewriter = Rewriter(Site(pages={"/reports/ab": ""}), "stories/s.html")
    rewriter.feed(given)
    rewriter.close()
    assert "".join(rewriter.out) == written


def test_what_scripts_draw_from_lies_beside_them(page: Any, tmp_path: Path) -> None:
    words = '{"places": ["</script><b>Tarn</b>"]}'
    script = (
        "fetch(document.querySelector('div').dataset.from).then((answer) => answer.json())"
        ".then((all) => { document.title = all.places[0]; });"
    )
    shown = (
        '<!doctype html><html lang="en"><head><title>x</title><script src="/assets/draw.js?v=1" defer></script></head>'
        '<body><div data-from="/stories/s/places.json?rest=1"></div>'
        '<a id="led" href="/stories/s#c1">led</a></body></html>'
    )
    site = Site(
        pages={"/": shown, "/stories/s": "<!doctype html><h1>there</h1>"},
        assets={"/assets/draw.js": script.encode()},
        files={"/stories/s/brief.md": b"# brief"},
        drawn={"/stories/s/places.json": words},
    )
    write_files(site, tmp_path)
    page.goto((tmp_path / "index.html").as_uri())
    page.wait_for_function("document.title !== 'x'")
    assert page.title() == "</script><b>Tarn</b>"
    page.eval_on_selector("#led", "one => one.setAttribute('href', '/stories/s#c1')")
    page.click("#led")
    page.wait_for_url((tmp_path / "stories" / "s.html").as_uri() + "#c1")
    assert (tmp_path / "stories" / "s" / "brief.md").read_bytes() == b"# brief"


def test_the_command_writes_it(kept: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["publish", str(tmp_path / "site"), "--ledger", str(kept)])
    assert done.exit_code == 0 and (tmp_path / "site" / "index.html").is_file()
    again = CliRunner().invoke(app, ["publish", str(kept.parent), "--ledger", str(kept)])
    assert again.exit_code != 0
