"""What changed in a story since a moment."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from sayso.record import Change
from sayso.serve.desk.changes import find_changes
from sayso.serve.guards.users import Reader
from sayso.serve.pages.notes import Notes
from sayso.serve.pages.showing import At, AtDesk, show
from sayso.tell.tongues import mark

router = APIRouter()

TITLES = {
    "corrected": mark("Corrected by the outlet"),
    "gone": mark("No longer counted"),
    "judged": mark("Judged"),
    "contradiction": mark("New contradictions"),
    "settled": mark("No longer a contradiction"),
    "revision": mark("Revised"),
    "origins": mark("More or fewer independent origins"),
    "question": mark("New questions"),
    "value": mark("New answers"),
}
"""What changes of each kind stand under."""


@router.get("/stories/{story}/changes")
async def show_changes(request: Request, story: str, desk: AtDesk, at: At, _: Reader) -> Response:
    """The new reports, then each change, what changed the picture most first."""
    found = await run_in_threadpool(desk.story, story, at.as_of)
    changed = await run_in_threadpool(find_changes, desk, found.id, at)
    picture = await run_in_threadpool(desk.picture, found.id, at.as_of)
    notes = Notes(at, picture, changed.before)
    groups = [
        (kind, TITLES.get(kind, kind), group_changes(list(some), notes))
        for kind, some in groupby(changed.changes, key=lambda one: one[0].kind)
    ]
    return show(request, "changes.html.j2", at=at, story=found, changed=changed, groups=groups, notes=notes.list_all())


def group_changes(some: list[tuple[Change, str]], notes: Notes) -> list[dict[str, Any]]:
    """Changes of one kind under what they are about, in order of the first of each."""
    about: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for change, point in some:
        about.setdefault((change.about, point), []).append({"change": change, "notes": notes.cite(change.claims)})
    return [{"about": words, "point": point, "changes": changes} for (words, point), changes in about.items()]
