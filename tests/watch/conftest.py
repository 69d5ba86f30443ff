"""A watch in a world of our own."""

from pathlib import Path

import pytest
from webs import FEED, Web, World, article, feed, item


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A feed with two articles."""
    pages = {FEED: feed(item(1), item(2)), **{f"https://post.example/{n}": article(n) for n in (1, 2)}}
    return World(tmp_path, Web(dict(pages)))
