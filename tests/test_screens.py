"""The pictures of the pages: of two stories, and small."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "eval"))
import screens


def test_two_stories_are_shown() -> None:
    stories = screens.list_stories()
    assert len(stories) == 2
    assert "baltimore" in stories
    assert all(list(folder.glob("*.md")) for folder in stories.values())


def test_the_poll_has_a_line_and_an_address() -> None:
    page = screens.make_poll()
    assert "<svg" in page
    assert 'action="mailto:polls@example.org' in page


def test_a_picture_is_made_small_enough() -> None:
    image = pytest.importorskip("PIL.Image")
    picture = image.effect_noise((500, 400), 90).convert("RGB")
    assert len(screens.shrink(picture)) <= screens.MOST_BYTES
