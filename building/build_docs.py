"""Builds the site of the documentation: pages that need no network, fonts or scripts of others.

    make docs                                       # into build/docs; open build/docs/index.html
    python building/build_docs.py FOLDER            # into another folder

The pages are those of ``docs/`` and the root, the notebook run cell by cell, and two that are made of the code: the
commands and the Python interface (``reference.py``). A warning, a link that leads nowhere, a page that the table of
contents leaves out, or anything that a browser would fetch from elsewhere fails the build.
"""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import chdir
from html import escape
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
import reference

ROOT = Path(__file__).resolve().parents[1]
CONTENTS = {
    "Tutorial": ("docs/installing.md", "docs/first-brief.md", "docs/tutorial.ipynb"),
    "How to": (
        "docs/howto/check-a-draft.md",
        "docs/howto/follow-a-figure.md",
        "docs/howto/copies-and-sources.md",
        "docs/howto/forecast-and-score.md",
        "docs/howto/judge.md",
        "docs/howto/share-a-ledger.md",
        "docs/watching.md",
        "docs/desk.md",
        "docs/alerts.md",
        "docs/languages.md",
        "docs/adviser.md",
    ),
    "Reference": (
        "reference/commands.md",
        "docs/commands.md",
        "docs/python.md",
        "docs/api.md",
        "reference/python.md",
        "docs/formats.md",
        "docs/exports.md",
        "docs/json.md",
        "docs/glossary.md",
        "docs/plugins.md",
    ),
    "How it works": (
        "docs/architecture.md",
        "docs/reading.md",
        "docs/gazetteer.md",
        "docs/events.md",
        "docs/ledger.md",
        "docs/evidence.md",
        "docs/scaling.md",
        "docs/points.md",
        "docs/comparing.md",
        "docs/checking.md",
        "docs/grades.md",
        "docs/judging.md",
        "docs/hypotheses.md",
        "docs/scenarios.md",
        "docs/forecasting.md",
        "docs/scoring.md",
        "docs/telling.md",
        "docs/limits.md",
        "docs/security.md",
        "docs/accuracy.md",
    ),
    "Project": ("examples/README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"),
}
"""The table of contents. Files of the repository, but for those of ``reference/``, which are made."""
MADE = {"reference/commands.md": reference.write_commands, "reference/python.md": reference.write_interface}
LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)#\s]*)(#[^)\s]*)?\)")
PAGES = {page for pages in CONTENTS.values() for page in pages}
SETTINGS: dict[str, Any] = {
    "project": "sayso",
    "extensions": ["myst_parser"],
    "html_theme": "furo",
    "html_title": "sayso",
    "html_show_copyright": False,
    "html_show_sphinx": False,
    "html_copy_source": False,
    "html_use_index": False,
    "myst_heading_anchors": 6,
    "nitpicky": True,
}
"""Of Sphinx: what is not said here is as it comes."""
ELSEWHERE = re.compile(r"^(?:https?:)?//", re.I)
FETCHED = {"script": "src", "img": "src", "iframe": "src", "source": "src", "link": "href"}
"""What a browser fetches for a page, by the tags and their attributes."""
STYLE_ADDRESS = re.compile(r"""(?:url\(|@import)\s*["']?\s*((?:https?:)?//[^"')\s]+)""", re.I)


def build_site(folder: Path) -> list[str]:
    """Build the site into a folder, which is emptied where it holds a site, and say what is wrong with it."""
    from sphinx.application import Sphinx

    if folder.exists() and any(folder.iterdir()) and not (folder / "objects.inv").exists():
        return [f"{folder} holds something else: name a folder of its own"]
    shutil.rmtree(folder, ignore_errors=True)
    with tempfile.TemporaryDirectory() as made:
        source, trees = Path(made, "source"), Path(made, "trees")
        write_source(source)
        site = Sphinx(source, None, folder, trees, "html", SETTINGS, status=None, warningiserror=True)
        site.build()
    wrong = ["a page has warnings: they stand above"] if site.statuscode else []
    return [*wrong, *check_site(folder)]


def write_source(folder: Path) -> None:
    """Write all pages, with their links led to where the others are now, and the table of contents."""
    write_page(folder, "index.md", write_index(folder))
    for page in sorted(PAGES):
        if page in MADE:
            text = MADE[page]()
        elif page.endswith(".ipynb"):
            text = write_notebook(json.loads((ROOT / page).read_text("utf8")))
        else:
            text = (ROOT / page).read_text("utf8")
        write_page(folder, name_page(page), lead_links(text, page, folder))


def write_page(folder: Path, name: str, text: str) -> None:
    """Write a page into a folder that may not be there yet."""
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf8")


def write_index(folder: Path) -> str:
    """The first page: what the README says before its commands, and the table of contents."""
    intro, tells, *_ = (ROOT / "README.md").read_text("utf8").split("\n## ")
    trees = (
        f"```{{toctree}}\n:caption: {part}\n:maxdepth: 1\n\n"
        + "\n".join(name_page(page)[:-3] for page in pages)
        + "\n```\n"
        for part, pages in CONTENTS.items()
    )
    return "\n".join([lead_links(f"{intro}\n## {tells}", "README.md", folder), "## Contents\n", *trees])


def name_page(page: str) -> str:
    """Where a page of the repository lies in the site."""
    named = {"examples/README.md": "examples.md"}.get(page, page.removeprefix("docs/"))
    return str(Path(named).with_suffix(".md")).lower()


def lead_links(text: str, page: str, folder: Path) -> str:
    """The text with its links led on: to pages, to pictures, which are copied into the folder; what is only in the
    repository is named and not linked to."""

    def lead(found: re.Match[str]) -> str:
        picture, words, target, anchor = found[1], found[2], found[3], found[4] or ""
        if not target or ELSEWHERE.match(target) or target.startswith("mailto:"):
            return found[0]
        file = os.path.normpath(Path(page).parent / target)
        here = Path(name_page(page)).parent
        if file in PAGES:
            return f"[{words}]({os.path.relpath(name_page(file), here)}{anchor})"
        if not picture:
            return words
        kept = folder / Path(name_page(file)).with_suffix(Path(file).suffix)
        kept.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / file, kept)
        return f"![{words}]({os.path.relpath(kept, folder / here)})"

    return LINK.sub(lead, text)


def write_notebook(book: dict[str, Any]) -> str:
    """A notebook as a page, with what each cell shows when it is run here, in a folder that is thrown away."""
    names: dict[str, Any] = {}
    parts = []
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        for cell in book["cells"]:
            words = "".join(cell["source"])
            if cell["cell_type"] == "markdown":
                parts.append(words)
            else:
                parts += [f"```python\n{words}\n```", show_value(run_cell(words, names))]
    return "\n\n".join(part for part in parts if part) + "\n"


def run_cell(words: str, names: dict[str, Any]) -> Any:
    """Run a cell as a notebook does, and give what its last line comes to."""
    tree = ast.parse(words)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names) if isinstance(last, ast.Expr) else None


def show_value(value: Any) -> str:
    """A value as a notebook shows it, for a page."""
    if value is None:
        return ""
    page = value._repr_html_() if hasattr(value, "_repr_html_") else f"<pre>{escape(repr(value))}</pre>"
    return f'````{{raw}} html\n<div class="shown" style="overflow:auto">{page}</div>\n````'


def check_site(folder: Path) -> list[str]:
    """What is wrong with a site: pages of the repository that it leaves out, links that lead nowhere, and what would
    be fetched from elsewhere."""
    pages = {str(page.relative_to(ROOT)) for kind in ("md", "ipynb") for page in (ROOT / "docs").rglob(f"*.{kind}")}
    wrong = [f"{page} stands in no table of contents" for page in sorted(pages - PAGES)]
    for page in sorted(folder.rglob("*.html")):
        wrong += [f"{page.relative_to(folder)}: {words}" for words in check_page(page)]
    for style in sorted(folder.rglob("*.css")):
        wrong += [f"{style.relative_to(folder)} fetches {a}" for a in STYLE_ADDRESS.findall(style.read_text("utf8"))]
    return wrong


def check_page(page: Path) -> Iterator[str]:
    """What is wrong with one page."""
    from lxml import html

    tree = html.fromstring(page.read_bytes())
    for tag, attribute in FETCHED.items():
        for address in tree.xpath(f"//{tag}/@{attribute}"):
            if ELSEWHERE.match(address):
                yield f"it fetches {address}"
    for address in STYLE_ADDRESS.findall(" ".join(tree.xpath("//style/text()"))):
        yield f"it fetches {address}"
    for address in {*tree.xpath("//a/@href"), *tree.xpath("//img/@src"), *tree.xpath("//script/@src")}:
        if not ELSEWHERE.match(address) and ":" not in address.split("/")[0] and not leads_on(page, address):
            yield f"{address} leads nowhere"


def leads_on(page: Path, address: str) -> bool:
    """Whether an address on a page leads to a file of the site, and to a place in it."""
    from lxml import html

    path, _, anchor = address.partition("#")
    target = page.parent / path.partition("?")[0] if path else page
    if not target.is_file():
        return False
    return not anchor or bool(html.fromstring(target.read_bytes()).xpath("//*[@id=$anchor]", anchor=anchor))


if __name__ == "__main__":
    site = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "docs"
    faults = build_site(site.resolve())
    for fault in faults:
        sys.stderr.write(f"{fault}\n")
    sys.stdout.write("" if faults else f"{site}/index.html\n")
    sys.exit(1 if faults else 0)
