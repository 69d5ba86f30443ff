"""The faces of a brief by the name of their format, and what each needs."""

from __future__ import annotations

from importlib.util import find_spec

from sayso.record import Brief

FORMATS = ("md", "html", "json", "pdf", "docx", "txt", "eml")
BINARY = frozenset(("pdf", "docx"))
"""Formats that no terminal can show."""
EXTRAS = {"pdf": "typst", "docx": "docx"}
"""The module that a format needs beyond what sayso needs; the extra that brings it bears the format's name."""


def name_lacking(format: str) -> str:
    """What a format needs and is not installed, in one line that says how to get it; "" where nothing is lacking."""
    module = EXTRAS.get(format)
    if module is None or find_spec(module) is not None:
        return ""
    return f'{format} needs a package that is not installed: pip install "sayso[{format}]"'


def render_face(brief: Brief, format: str) -> bytes:
    """The brief in one of `FORMATS`, as the bytes of a file."""
    if format == "pdf":
        from sayso.tell.pdf import render_pdf

        return render_pdf(brief)
    if format == "docx":
        from sayso.tell.docx import render_docx

        return render_docx(brief)
    if format == "eml":
        from sayso.tell.mail import render_mail

        return render_mail(brief)
    if format == "html":
        from sayso.tell.html import render_html

        return render_html(brief).encode("utf8")
    if format == "json":
        from sayso.tell.rows import render_json as render
    elif format == "txt":
        from sayso.tell.text import render_text as render
    else:
        from sayso.tell.markdown import render_markdown as render
    return render(brief).encode("utf8")
