"""All that is kept of a claim, a report or a story, as a package to keep: for analysts."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import IO

from fastapi import APIRouter, HTTPException
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response, StreamingResponse

from sayso.serve.desk import Desk
from sayso.serve.guards.users import Analyst
from sayso.serve.pages.showing import AtDesk
from sayso.serve.pages.stories import name_file
from sayso.share.evidence.contents import pack_evidence
from sayso.share.evidence.writings import write_zipped
from sayso.weigh.stories import UnknownStoryError

router = APIRouter()
IN_MEMORY, CHUNK_BYTES = 8 << 20, 1 << 18
"""Bytes of a package before it goes to the disk, and sent at once."""


@router.get("/evidence/{what}.wacz")
async def send_evidence(what: str, desk: AtDesk, user: Analyst) -> Response:
    """The package of what an id means, as a web archive, with the root hash in a header."""
    file, name, root = await run_in_threadpool(pack, desk, what, user.name)
    headers = {"content-disposition": f'attachment; filename="{name}.wacz"', "x-root-hash": root}
    return StreamingResponse(send_chunks(file), media_type="application/wacz", headers=headers)


def pack(desk: Desk, what: str, by: str) -> tuple[IO[bytes], str, str]:
    """A package in a file that is gone once it is closed, the name to keep it under, and its root hash."""
    try:
        contents = pack_evidence(desk.ledger, what, made=datetime.now(UTC), by=by, cache=desk.cache)
    except UnknownStoryError as error:
        raise HTTPException(404, str(error)) from None
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (closed when it has been sent)
    try:
        write_zipped(file, "wacz", contents)
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return file, name_file(f"evidence {contents.head.subject.kind} {contents.head.subject.id}"), contents.root


def send_chunks(file: IO[bytes]) -> Iterator[bytes]:
    """A file in chunks, closed at its end."""
    with file:
        while chunk := file.read(CHUNK_BYTES):
            yield chunk
