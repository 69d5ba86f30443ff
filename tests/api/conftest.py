"""A ledger of two short reports that disagree, open."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import sayso

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
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "one.md").write_text(ONE, encoding="utf8")
    (reports / "two.md").write_text(TWO, encoding="utf8")
    return reports


@pytest.fixture
def story(folder: Path, tmp_path: Path) -> Iterator[sayso.OpenLedger]:
    with sayso.open(tmp_path / "story.db") as opened:
        opened.add(folder)
        yield opened
