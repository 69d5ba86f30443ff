"""Settings of the whole suite, and two short reports that disagree."""

import gc
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# What CI says of one commit must not depend on luck; at a desk every run tries other texts. Neither is to depend on how
# busy the machine is.
settings.register_profile("desk", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("desk"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")

# What runs keep between them is kept away from the user's own, and the user's settings from the tests.
os.environ["XDG_CACHE_HOME"] = os.environ["XDG_CONFIG_HOME"] = tempfile.mkdtemp(prefix="sayso-tests-")

ONE = """---
id: r1
outlet: "The Wire"
title: "Forty miners missing"
published: "2031-05-01T09:00:00+00:00"
---

Some 40 Peruvian miners are missing, the mayor, Rosa Quispe, said. The company declined to comment.
"""
TWO = """---
id: r2
outlet: "The Echo"
title: "Sixty miners missing"
published: "2031-05-03"
---

At least 60 Peruvian miners are missing, the police said on Friday. It is not known when the shaft fell in.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the two reports."""
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "one.md").write_text(ONE, encoding="utf8")
    (reports / "two.md").write_text(TWO, encoding="utf8")
    return reports


@pytest.fixture
def spend() -> Callable[..., float]:
    """The seconds of CPU that a call takes; that of a rubbish heap which other tests left is not its own."""

    def spend(call: Callable[[], object]) -> float:
        gc.collect()
        gc.disable()
        try:
            began = time.process_time()
            call()
            return time.process_time() - began
        finally:
            gc.enable()

    return spend


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium; without one, tests of pages are skipped."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no chromium: apt-get install chromium")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def expect() -> Any:
    """Playwright's assertion that waits until what a page is expected to show is shown, on a busy machine too."""
    waiting = pytest.importorskip("playwright.sync_api").expect
    waiting.set_options(timeout=20_000)
    return waiting
