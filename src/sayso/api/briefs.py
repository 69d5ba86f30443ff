"""A brief in the hand of somebody who writes Python or a notebook."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

from sayso.errors import Error
from sayso.record import Brief

Retell = Callable[[Callable[[Brief], bytes]], bytes]
HEIGHT = "42em"
"""How high a notebook shows a brief; it scrolls within."""


class Told:
    """A brief that was told, in any of its forms: `markdown`, `html`, `text`, and others by `render` and `save`.

    `brief` is the value itself: its sections, sentences and the ids of their claims. A notebook shows the page.
    """

    def __init__(self, brief: Brief, language: str = "en", retell: Retell | None = None) -> None:
        """Hold a brief and the language that it is told in. `retell` does something with the brief, told anew without
        those reports that crash it."""
        self.brief = brief
        self.language = language
        self._retell = retell

    @property
    def markdown(self) -> str:
        """The brief in Markdown, its citations as footnotes."""
        return self.render("md").decode("utf8")

    @property
    def html(self) -> str:
        """The brief as one page that needs no other file."""
        return self.render("html").decode("utf8")

    @property
    def text(self) -> str:
        """The brief in plain text, as it can be mailed."""
        return self.render("txt").decode("utf8")

    @property
    def row(self) -> dict[str, Any]:
        """The brief as plain dicts, lists and strings: what `sayso brief --format json` prints."""
        row: dict[str, Any] = json.loads(self.render("json"))
        return row

    def render(self, format: str = "md") -> bytes:
        """The bytes of a file: md, html, json, pdf, docx, txt or eml. Raises `Error` where the format is none of these
        or needs a package that is not installed."""
        from sayso.tell.faces import FORMATS, name_lacking, render_face
        from sayso.tell.tongues import speak

        if format not in FORMATS:
            raise Error(f"{format!r} is none of {', '.join(FORMATS)}")
        if lacking := name_lacking(format):
            raise Error(lacking)
        with speak(self.language):
            try:
                return render_face(self.brief, format)
            except (Error, ImportError):
                raise
            except Exception:
                if self._retell is None:
                    raise
                return self._retell(lambda brief: render_face(brief, format))

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write a file, whole or not at all; the ending of its name says the format. Raises `Error`."""
        from sayso.files import replace_file

        path = Path(path)
        content = self.render(path.suffix.lower().lstrip(".") or "md")
        try:
            replace_file(path, content)
        except OSError as error:
            raise Error(f"{path}: {error.strerror or error}") from None

    def __str__(self) -> str:
        """The plain text."""
        return self.text

    def __repr__(self) -> str:
        """The title and how much there is."""
        sentences = sum(len(section.sentences) for section in self.brief.sections)
        return f"<brief “{self.brief.title}”: {sentences} sentences of {len(self.brief.picture.readings)} reports>"

    def _repr_html_(self) -> str:
        """The page in a frame of its own, so that its style and the notebook's do not mix and no script of it runs."""
        style = f"width:100%;height:{HEIGHT};border:1px solid #8884"
        return f'<iframe srcdoc="{escape(self.html)}" sandbox="allow-popups" style="{style}"></iframe>'

    def _repr_markdown_(self) -> str:
        """The Markdown, for what shows no pages."""
        return self.markdown
