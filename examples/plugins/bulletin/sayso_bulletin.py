"""Bulletins: a format that is made up, read and written by a plugin of sayso.

    ---- bulletin
    from: Harbour Office of Tolna
    at: 2031-04-02T09:00:00+00:00
    re: The lock is shut

    About 40 barges are stuck at Tolna, the lock keeper, Ines Varga, said.

Each begins with a line of its own, has a head of three lines that may be missing, an empty line and its text.
"""

from __future__ import annotations

from collections.abc import Iterator

from sayso.read.reports import Content, Facts, make_report
from sayso.record import Problem, Report
from sayso.share.exports import Format, Shared

BEGIN = "---- bulletin"
HEAD = {"from": "outlet", "at": "published", "re": "title"}


def read_bulletins(content: Content) -> Iterator[Report | Problem]:
    """The report of each bulletin, and a problem for each that has no text. Bytes that are no UTF-8 are replaced."""
    words = content.content.decode("utf-8", "replace").replace("\r\n", "\n")
    for number, bulletin in enumerate(words.split(f"{BEGIN}\n")[1:], start=1):
        head, _, text = bulletin.partition("\n\n")
        if not text.strip():
            message = "a bulletin without a text; write it after an empty line"
            yield Problem(step="read_bulletins", input=f"{content.name}:{number}", message=message)
            continue
        facts = {HEAD[name]: value.strip() for name, _, value in split_head(head) if name in HEAD}
        yield make_report(text.strip(), Facts(**facts), raw=content.sha256, retrieved=content.retrieved)


def split_head(head: str) -> list[tuple[str, str, str]]:
    """The lines of a head, each cut at its colon."""
    return [line.partition(":") for line in head.split("\n")]


def write_bulletins(shared: Shared) -> bytes:
    """A picture's reports as bulletins."""
    parts = []
    for report in (reading.report for reading in shared.picture.readings):
        at = report.published.isoformat() if report.published else ""
        head = {"from": report.outlet, "at": at, "re": report.title}
        lines = [f"{name}: {' '.join(value.split())}" for name, value in head.items() if value]
        parts.append("\n".join([BEGIN, *lines, "", report.text, ""]))
    return "\n".join(parts).encode("utf-8", "replace")


FORMAT = Format(
    name="bulletin",
    title="Bulletins",
    suffix="bulletin",
    media_type="text/x-bulletin",
    becomes={"report": "a bulletin", "outlet": "its line `from`", "claim": "", "point": "", "origin": ""},
    writer=write_bulletins,
)
