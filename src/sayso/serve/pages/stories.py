"""A story: the front page of its brief, with what it rests on behind each number, and the brief as a file."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from sayso.api.briefs import Told
from sayso.record import Brief
from sayso.serve.desk import Desk, Viewpoint
from sayso.serve.guards.users import Reader
from sayso.serve.pages.notes import name_place
from sayso.serve.pages.showing import At, AtDesk, show
from sayso.share.exports import list_formats
from sayso.tell.faces import FORMATS, name_lacking
from sayso.tell.html import view_brief
from sayso.tell.tongues import mark

router = APIRouter()

KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "eml": "message/rfc822",
    "json": "application/json",
}
"""The media type of each face of a brief, in the order in which they are offered."""
NAMES = {
    "pdf": "PDF",
    "docx": "Word",
    "html": mark("web page"),
    "md": "Markdown",
    "txt": mark("plain text"),
    "eml": mark("mail"),
    "json": "JSON",
}


@router.get("/stories/{story}")
async def show_story(request: Request, story: str, desk: AtDesk, at: At, _: Reader) -> Response:
    """The brief of a story."""
    shown = await run_in_threadpool(view_story, desk, story, at)
    return show(request, "story.html.j2", at=at, **shown)


@router.get("/stories/{story}/brief.{format}")
async def send_brief(story: str, format: str, desk: AtDesk, at: At, _: Reader) -> Response:
    """The brief as a file to keep. It is never shown here: its own style and script are not the desk's."""
    if format not in FORMATS:
        raise HTTPException(404, f"a brief is no {format}: there are {', '.join(FORMATS)}")
    brief = await run_in_threadpool(desk.brief, story, at.as_of, at.since)
    content = await run_in_threadpool(Told(brief).render, format)
    name = f"{name_file(brief.title)}.{format}"
    return Response(
        content, media_type=KINDS[format], headers={"content-disposition": f'attachment; filename="{name}"'}
    )


def view_story(desk: Desk, story: str, at: Viewpoint) -> dict[str, Any]:
    """What the page shows of a story."""
    found = desk.story(story, at.as_of)

    def make() -> dict[str, Any]:
        shown = view_brief(lead_with_changes(desk.brief(found.id, at.as_of, at.since)))
        for note in shown["citations"]:
            note["inside"] = name_place(note["digest"], note["claim"], at)
        return shown

    faces = [(format, NAMES[format]) for format in KINDS if not name_lacking(format)]
    exports = [one for one in list_formats().values() if not one.lacking]
    return {"story": found, "faces": faces, "exports": exports, **desk.hold(("story page", found.id, at), make)}


def lead_with_changes(brief: Brief) -> Brief:
    """The brief with what changed before all else, where somebody asked for that."""
    if brief.since is None:
        return brief
    first = tuple(section for section in brief.sections if section.id == "changed")
    return replace(brief, sections=(*first, *(section for section in brief.sections if section.id != "changed")))


def name_file(title: str) -> str:
    """A title as the name of a file: letters and figures of ASCII with hyphens between, "brief" where it has none."""
    return "-".join(re.findall(r"[a-z0-9]+", title.lower()))[:60].strip("-") or "brief"
