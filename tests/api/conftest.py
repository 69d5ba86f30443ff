"""A ledger of two short reports that disagree, open."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import sayso


@pytest.fixture
def story(folder: Path, tmp_path: Path) -> Iterator[sayso.OpenLedger]:
    with sayso.open(tmp_path / "story.db") as opened:
        opened.add(folder)
        yield opened
