"""Pictures of the pages of two stories, for `docs/screens`: `make screens`.

Each page (brief, check, poll) is shown wide, on a phone, in the dark and on paper, as Debian's Chromium shows it. A
picture has few colours and stays under `MOST_BYTES`, so that a repository can hold it.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sayso.api.examples import list_examples
from sayso.foresee.questions.forecasts import draw_line
from sayso.foresee.questions.questions import check_question
from sayso.journey import know, read_all, tell
from sayso.record import Forecast, Question, Reading
from sayso.tell.checked_page import render_page
from sayso.tell.html import render_html
from sayso.tell.poll_page import parse_address, render_poll
from sayso.weigh.checks import ALARMS, check_article

if TYPE_CHECKING:
    from PIL.Image import Image

ROOT = Path(__file__).parents[1]
SCREENS = ROOT / "docs" / "screens"
SECOND = ROOT / "training" / "stories" / "ferry" / "reports"
"""The second story while `examples` has one only."""

MOST_BYTES = 150_000
COLOURS = (256, 128, 64, 32, 16)
"""Sizes of palettes, tried in turn until a picture is small enough."""

LOOKS: dict[str, dict[str, Any]] = {
    "wide": {"viewport": {"width": 1180, "height": 1300}},
    "phone": {"viewport": {"width": 360, "height": 780}, "device_scale_factor": 2},
    "dark": {"viewport": {"width": 1180, "height": 1300}, "color_scheme": "dark"},
}
PRINTED = 2
"""Printed pages shown side by side."""

SHARES = (0.35, 0.4, 0.3, 0.55, 0.6, 0.5, 0.7, 0.75)
"""What the invented readers of a poll answer, a day each."""


def main(arguments: Sequence[str]) -> int:
    """Make the pictures, all or those of the pages named; says which is missing and why."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("pages", nargs="*", metavar="PAGE", help="only these: brief, check, poll")
    parser.add_argument("--to", type=Path, default=SCREENS, help="the folder to put them in")
    given = parser.parse_args(arguments)
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.stderr.write("no chromium: apt-get install chromium\n")
        return 1
    given.to.mkdir(parents=True, exist_ok=True)
    wanted = set(given.pages or ("brief", "check", "poll"))
    for name, source in list_pages(list_stories(), wanted):
        for look, picture in take_pictures(chromium, source):
            content = shrink(picture)
            path = given.to / f"{name}-{look}.png"
            path.write_bytes(content)
            sys.stdout.write(f"{path.relative_to(ROOT) if path.is_relative_to(ROOT) else path}  {len(content):,}\n")
    return 0


def list_stories() -> dict[str, Path]:
    """Two stories, by name: those of `examples`, and one of our own where there is one only."""
    found = {name: ROOT / "examples" / name for name in list_examples()}
    return dict([*found.items(), (SECOND.parent.name, SECOND)][:2])


def list_pages(stories: dict[str, Path], wanted: set[str]) -> Iterator[tuple[str, str]]:
    """The wanted pages by the names of their pictures, and their HTML."""
    for name, folder in stories.items():
        readings = [item for item in read_all([str(folder)]) if isinstance(item, Reading)]
        if "brief" in wanted:
            yield f"brief-{name}", render_html(tell(know(readings)))
        if "check" in wanted:
            checked = [check_article(one, [r for r in readings if r is not one]) for one in readings]
            # The report that has most against it shows most.
            alarming = max(checked, key=lambda one: sum(flag.kind in ALARMS for flag in one.flags))
            yield f"check-{name}", render_page(alarming)
    if "poll" in wanted:
        yield "poll", make_poll()


def make_poll() -> str:
    """The page of an invented question, with a crowd that changes its mind."""
    start = datetime(2031, 5, 1, tzinfo=UTC)
    question = check_question(
        Question(
            id="0f3c",
            version="0f3c",
            text="Will the Santa Elvira mine be open again by 31 May 2031?",
            criteria="Yes if the mining ministry says on the record that work underground has been resumed.",
            source="the mining ministry",
            opens=start,
            closes=start + timedelta(days=20),
            resolves=start + timedelta(days=30),
        )
    )
    said = [
        Forecast(
            question="0f3c",
            version="0f3c",
            forecaster=f"reader {n}",
            kind="reader",
            at=start + timedelta(days=n),
            probability=p,
        )
        for n, p in enumerate(SHARES)
    ]
    line = draw_line(question, said)
    address = parse_address("mailto:polls@example.org", question)
    return render_poll(question, line[-1:], "open", line, address)


def take_pictures(chromium: str, source: str) -> Iterator[tuple[str, Image]]:
    """The pictures of a page, by their looks."""
    from PIL import Image
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "page.html"
        file.write_text(source, encoding="utf8")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for look, options in LOOKS.items():
            page = browser.new_page(**options)
            page.goto(file.as_uri())
            # As somebody leaves it who asked what is behind a sentence, or what others expect.
            page.evaluate("document.querySelectorAll('main li a.cite')[1]?.click()")
            for fold in ("details.flag.alarm", "#crowd"):
                page.evaluate("fold => { if (fold = document.querySelector(fold)) fold.open = true; }", fold)
            yield look, Image.open(BytesIO(page.screenshot()))
            page.close()
        page = browser.new_page()
        page.goto(file.as_uri())
        yield "print", join_pages(page.pdf(format="A4", prefer_css_page_size=True))
        browser.close()


def join_pages(pdf: bytes) -> Image:
    """The first pages of a PDF side by side."""
    import pypdfium2
    from PIL import Image

    document = pypdfium2.PdfDocument(pdf)
    pages = [document[at].render(scale=1.25).to_pil() for at in range(min(PRINTED, len(document)))]
    gap = 12
    joined = Image.new("RGB", (sum(page.width + gap for page in pages) - gap, pages[0].height), "#9a9a9a")
    at = 0
    for page in pages:
        joined.paste(page, (at, 0))
        at += page.width + gap
    return joined


def shrink(picture: Image) -> bytes:
    """A picture as a PNG of few colours, no larger than `MOST_BYTES` if sixteen of them allow it."""
    from PIL import Image

    content = b""
    for colours in COLOURS:
        file = BytesIO()
        picture.convert("RGB").quantize(colours, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
        content = file.getvalue()
        if len(content) <= MOST_BYTES:
            break
    return content


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
