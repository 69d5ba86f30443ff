"""Writes into the page of exports what each noun becomes in each format, from the table ``exports.toml``.

make manual         # does this too; a test says when the page has fallen behind
"""

from __future__ import annotations

from pathlib import Path

from sayso.share.exports import list_formats
from sayso.share.exports.losses import say_losses

PAGE = Path(__file__).resolve().parents[1] / "docs" / "exports.md"
MARK = "<!-- made of exports.toml by building/export_page.py -->\n"
"""From here on the page is made."""


def make_page(page: str) -> str:
    """The page with its made part made anew. Raises ValueError where it has none."""
    told, mark, _ = page.partition(MARK)
    if not mark:
        raise ValueError(f"no line {MARK.strip()} is in the page")
    return f"{told}{mark}\n{say_losses(list_formats().values())}\n"


if __name__ == "__main__":
    PAGE.write_text(make_page(PAGE.read_text("utf8")), encoding="utf8")
