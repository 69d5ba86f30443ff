"""Comments: what analysts say to each other of a claim, a point, a report or a story.

A comment is an assessment of the kind `comment`. Its body says `on` what it is (claim, point, report, story), the
`target`'s id (of a claim the seat, of a report the digest) and the `words`. One that is taken back stays in the ledger,
with another after it that says by whom and why. A point has another id when it grows at its beginning, so that its
comments also name the seat of its first claim.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from sayso.errors import Error
from sayso.record import Assessment
from sayso.serve.desk.desks import Desk, MissingError

KIND = "comment"
ABOUT = ("claim", "point", "report", "story")
LONGEST_COMMENT = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """What somebody said. `undone` is who took it back, "" while it stands, and `why` their reason."""

    id: str
    on: str
    target: str
    words: str
    by: str
    at: datetime
    seat: str = ""
    item: str = ""
    undone: str = ""
    why: str = ""


def add_comment(desk: Desk, on: str, target: str, words: str, *, by: str, seat: str = "", item: str = "") -> Assessment:
    """Keep a comment; `item` is what it answers in the review. Raises `Error` where it says nothing or is too long."""
    if on not in ABOUT or not target:
        raise Error(f"a comment is on a {', '.join(ABOUT[:-1])} or {ABOUT[-1]}")
    words = words.strip()
    if not words:
        raise Error("write a comment")
    if len(words) > LONGEST_COMMENT:
        raise Error(f"a comment has {LONGEST_COMMENT:,} characters at most")
    given = {"on": on, "target": target, "words": words, "seat": seat, "item": item}
    return desk.ledger.assess(KIND, {name: value for name, value in given.items() if value}, by=by)


def undo_comment(desk: Desk, id: str, *, by: str, reason: str) -> Assessment:
    """Take a comment back. Raises `MissingError` where there is none, `Error` without a reason or where it is done."""
    found = next((comment for comment in list_comments(desk) if comment.id == id), None)
    if found is None:
        raise MissingError(f"there is no comment {id}")
    if found.undone:
        raise Error(f"{found.undone} took it back already")
    if not reason.strip():
        raise Error("say why: what is taken back stays in the ledger with the reason")
    return desk.ledger.assess(KIND, {"undo": reason.strip()[:LONGEST_COMMENT]}, by=by, about=id)


def list_comments(desk: Desk, targets: Collection[str] | None = None) -> list[Comment]:
    """The comments, the latest first; with `targets`, those on these ids or seats alone."""
    made = desk.ledger.assessments(KIND)
    bodies = [(one, read_body(one)) for one in made]
    undone = {one.about: (one.by, str(body["undo"])) for one, body in bodies if one.about and "undo" in body}
    comments = [
        Comment(
            id=one.id,
            on=str(body["on"]),
            target=str(body["target"]),
            words=str(body["words"]),
            by=one.by,
            at=one.at,
            seat=str(body.get("seat", "")),
            item=str(body.get("item", "")),
            undone=undone.get(one.id, ("", ""))[0],
            why=undone.get(one.id, ("", ""))[1],
        )
        for one, body in reversed(bodies)
        if not one.about and {"on", "target", "words"} <= body.keys()
    ]
    return [c for c in comments if targets is None or c.target in targets or c.seat in targets]


def read_body(one: Assessment) -> dict[str, Any]:
    """What a row says; {} where its body is no object, which another program may have written."""
    try:
        body = msgspec.json.decode(one.body)
    except msgspec.MsgspecError:
        return {}
    return body if isinstance(body, dict) else {}
