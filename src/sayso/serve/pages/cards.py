"""The picture of a published page that other sites show beside a link to it (Open Graph): a title and a few lines."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont, ImageFont

SIZE = (1200, 630)
MARGIN = 72
PAPER, INK, MUTED, ACCENT, RULE = "#fcfbf8", "#1d1f22", "#5c6067", "#0a5873", "#e3dfd6"
MOST_TITLE, MOST_LINE, MOST_LINES = 3, 2, 3
"""Rows of the title and of each line, and lines."""
FONTS = ("DejaVuSerif.ttf", "NotoSerif-Regular.ttf", "Georgia.ttf", "times.ttf")
"""Fonts of many scripts that most systems have; where none is, Pillow's own, which has Latin letters."""


def draw_card(title: str, lines: Sequence[str], foot: str) -> bytes:
    """A PNG of 1200 by 630 pixels. Words that do not fit end in an ellipsis."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, 12, SIZE[1]), fill=ACCENT)
    pen.text((MARGIN, 52), "sayso", fill=ACCENT, font=load_font(30))
    y, width = 108, SIZE[0] - 2 * MARGIN
    size = 52 if len(title) <= 90 else 42
    big = load_font(size)
    for row in wrap(title, big, width, MOST_TITLE):
        pen.text((MARGIN, y), row, fill=INK, font=big)
        y += round(size * 1.22)
    y += 22
    pen.line((MARGIN, y, SIZE[0] - MARGIN, y), fill=RULE, width=2)
    y += 26
    small = load_font(28)
    for line in lines[:MOST_LINES]:
        rows = wrap(line, small, width - 26, MOST_LINE)
        if y + len(rows) * 37 > SIZE[1] - 76:
            break
        pen.ellipse((MARGIN, y + 13, MARGIN + 9, y + 22), fill=ACCENT)
        for row in rows:
            pen.text((MARGIN + 26, y), row, fill=INK, font=small)
            y += 37
        y += 12
    pen.text((MARGIN, SIZE[1] - 58), foot, fill=MUTED, font=load_font(24))
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


@cache
def load_font(size: int) -> FreeTypeFont | ImageFont:
    """A font of some pixels."""
    from PIL import ImageFont

    for name in FONTS:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return ImageFont.load_default(size)


def wrap(words: str, font: Any, width: int, most: int) -> list[str]:
    """Words in rows that fit into a width, at most so many; a word that is too long is cut."""
    rows: list[str] = []
    row = ""
    for word in words.split():
        longer = f"{row} {word}".strip()
        if font.getlength(longer) <= width:
            row = longer
            continue
        if row:
            rows.append(row)
        row = word
        while font.getlength(row) > width:
            row = row[:-1]
        if len(rows) >= most:
            break
    if row and len(rows) < most:
        rows.append(row)
    if " ".join(rows) != " ".join(words.split()) and rows:
        last = rows[-1]
        while last and font.getlength(f"{last}…") > width:
            last = last[:-1]
        rows[-1] = f"{last.rstrip()}…"
    return rows
