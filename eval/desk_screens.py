"""Pictures of the desk's pages, for `docs/screens`: `make screens`.

The desk stands on the example story, with a question, a matrix and a published page, and is looked at as Debian's
Chromium shows it: every page wide, those that are used on the way also on a phone and in the dark.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from screens import LOOKS, ROOT, SCREENS, shrink

from sayso.journey import add_all
from sayso.serve.app import create_app
from sayso.serve.desk import Desk
from sayso.serve.guards.users import User
from sayso.serve.running import listen, make_config
from sayso.serve.servers import make_server

if TYPE_CHECKING:
    from PIL.Image import Image

EXAMPLE = ROOT / "examples" / "baltimore"
DRAFT = (
    "The ship struck the bridge on 26 March 2023. Two men were rescued, officials said. Nine workers are still missing."
)
"""What is checked in the picture of the check page."""
PAGES = {
    "desk": "/",
    "desk-story": "/stories/{story}",
    "desk-points": "/stories/{story}/points",
    "desk-point": "/stories/{story}/points/{point}",
    "desk-origins": "/stories/{story}/origins",
    "desk-timeline": "/stories/{story}/timeline",
    "desk-map": "/stories/{story}/map",
    "desk-positions": "/stories/{story}/positions",
    "desk-reports": "/stories/{story}/reports",
    "desk-changes": "/stories/{story}/changes?since=2024-03-28",
    "desk-report": "/reports/{report}",
    "desk-source": "/sources?name=Wes%20Moore",
    "desk-outlet": "/outlets?name={outlet}",
    "desk-search": "/search?q=bridge",
    "desk-check": "/check",
    "desk-review": "/review",
    "desk-add": "/add",
    "desk-judgements": "/judgements",
    "desk-hypotheses": "/hypotheses",
    "desk-scenarios": "/scenarios",
    "desk-questions": "/questions",
    "desk-published": "/published",
    "desk-account": "/account",
}
"""The pages by the names of their pictures."""
SMALL = ("desk", "desk-story", "desk-point", "desk-report", "desk-review")
"""Those that are also shown on a phone and in the dark."""
SETTLE_MS = 1500
"""How long a page is given to draw what it draws late."""


def main(arguments: Sequence[str]) -> int:
    """Make the pictures, all or those named; says what is missing."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("pages", nargs="*", metavar="PAGE", help=f"only these: {', '.join(PAGES)}")
    parser.add_argument("--to", type=Path, default=SCREENS, help="the folder to put them in")
    given = parser.parse_args(arguments)
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.stderr.write("no chromium: apt-get install chromium\n")
        return 1
    given.to.mkdir(parents=True, exist_ok=True)
    with serve_example() as (where, names):
        for name, picture in take_pictures(chromium, where, names, given.pages or PAGES):
            content = shrink(picture)
            (given.to / f"{name}.png").write_bytes(content)
            sys.stdout.write(f"{name}  {len(content):,}\n")
    return 0


@contextmanager
def serve_example() -> Iterator[tuple[str, dict[str, str]]]:
    """A desk on the example: where it is, and what the addresses of its pages name."""
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk.open(str(Path(folder) / "example.db"))
        add_all(desk.ledger, [str(EXAMPLE)])
        story = desk.stories()[0]
        picture = desk.picture(story.id)
        point = max(picture.points, key=lambda one: (one.kind == "figure", len(one.values)))
        report = max(picture.readings, key=lambda one: len(one.claims)).report
        names = {"story": story.id, "point": point.id, "report": report.digest, "outlet": report.outlet}
        listening = listen("127.0.0.1", 0)
        where = f"127.0.0.1:{listening.getsockname()[1]}"
        server = make_server(make_config(create_app(desk, [where], User("ada", "admin"))))
        running = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        running.start()
        try:
            yield f"http://{where}", names
        finally:
            server.should_exit = True
            running.join(10)


def take_pictures(
    chromium: str, where: str, names: dict[str, str], pages: Sequence[str] | dict[str, str]
) -> Iterator[tuple[str, Image]]:
    """The pictures of pages, by name and look."""
    from PIL import Image
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for look, options in LOOKS.items():
            page = browser.new_page(**options)
            for name in pages:
                if look == "wide" or name in SMALL:
                    open_page(page, where + PAGES[name].format(**names), name)
                    yield f"{name}-{look}", Image.open(BytesIO(page.screenshot()))
            page.close()
        browser.close()


def open_page(page: Any, address: str, name: str) -> None:
    """Open a page, and do on it what its picture is to show."""
    page.goto(address)
    if name == "desk-check":
        page.locator("textarea").first.fill(DRAFT)
        page.locator("main button").first.click()
        page.wait_for_url(re.compile(r"/check/"))
    page.wait_for_timeout(SETTLE_MS)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
