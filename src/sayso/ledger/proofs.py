"""Holding the record against its chain: every link is made anew from the row that it stands for.

Where a head is given that was noted down, the chain that the rows make must have come by it: then nothing up to it was
changed, removed, put in or reordered, whatever was done to the file since, triggers dropped or not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, select

from sayso.ledger.chains import START, Head, digest_link, digest_row, key_of
from sayso.ledger.tables import KEYS, RECORD, chain, earlier, metadata

AT_ONCE = 200
"""Links that are looked at in one go."""
FEW = 20
"""Rows that are fetched in one go: those of inputs may be large."""
HEX = 16
"""Digits of a digest that are shown."""

UNLINKED = (
    "no link of the chain stands for it: it was put in past sayso, or by an older one that was still running: if it is "
    "yours, `sayso copy` into a new ledger gives it one"
)

Finding = tuple[str, str]


def check_chain(connection: Connection, noted: Head | None = None) -> Iterator[Finding]:
    """Every link fits its row and the link before it; every row has a link; the chain comes by the head noted down."""
    made, kept, broken = Head(0, START), START, False
    if noted and not noted.position:
        yield from compare_head(noted, made)
    for links in list_links(connection):
        contents = digest_rows(connection, links)
        for link in links:
            name = f"link {link.position}"
            if link.position != made.position + 1:
                yield name, f"it follows link {made.position}: one was taken out or put in"
            content = contents.get((link.in_table, link.key))
            if content is None:
                yield name, f"the row that it stands for is gone: {link.in_table} {link.key}"
            elif content != link.content:
                yield f"{name}, {link.in_table} {link.key}", "the row was changed: its content has another digest"
            fits = digest_link(kept, link.position, link.in_table, link.key, link.content, link.entered)
            if fits != link.head and not broken:
                broken = True
                yield name, "it does not follow from the one before it: one of the two was changed"
            kept = link.head
            position = made.position + 1
            made = Head(
                position, digest_link(made.digest, position, link.in_table, link.key, content or "", link.entered)
            )
            if noted and noted.position == position:
                yield from compare_head(noted, made)
    if noted and noted.position > made.position:
        yield "chain", f"it ends at {made.position}, before the head noted down, {noted.position}: rows were removed"
    yield from find_unlinked(connection)


def compare_head(noted: Head, made: Head) -> Iterator[Finding]:
    """What is wrong where the rows up to a head make another."""
    if not made.digest.startswith(noted.digest):
        yield (
            "chain",
            f"up to {noted.position} the rows make the head {made.digest[:HEX]}..., not the one noted down, "
            f"{noted.digest[:HEX]}...: one was changed, removed, put in or moved, or it is another ledger's head",
        )


def list_links(connection: Connection) -> Iterator[list[Row[Any]]]:
    """The links in their order, some at a time."""
    last: int | None = None
    while True:
        asked = select(chain).order_by(chain.c.position).limit(AT_ONCE)
        page = list(connection.execute(asked if last is None else asked.where(chain.c.position > last)))
        if not page:
            return
        last = page[-1].position
        yield page


def digest_rows(connection: Connection, links: list[Row[Any]]) -> Mapping[tuple[str, str], str]:
    """The digests of the rows that some links stand for, by table and key; of a table that is none of the record's,
    nothing."""
    found = dict[tuple[str, str], str]()
    names = {table.name for table in RECORD}
    for name, several in groupby(
        sorted(links, key=lambda link: str(link.in_table)), key=lambda link: str(link.in_table)
    ):
        if name not in names:
            continue
        table, keys = metadata.tables[name], [str(link.key) for link in several]
        column = KEYS.get(name, earlier.c.key)
        first = [key.partition(" ")[0] for key in keys] if table is earlier else keys
        asked = select(table).where(column.in_(first)).execution_options(yield_per=FEW)
        for row in connection.execute(asked).mappings():
            found[name, key_of(name, row)] = digest_row(row)
    return found


def find_unlinked(connection: Connection) -> Iterator[Finding]:
    """The rows of the record for which no link stands."""
    for table in RECORD:
        if table is earlier:
            rows = connection.execute(select(table)).mappings().all()  # First, since others may add some meanwhile.
            linked = set(connection.execute(select(chain.c.key).where(chain.c.in_table == table.name)).scalars())
            keys = [key for row in rows if (key := key_of(table.name, row)) not in linked]
        else:
            column = KEYS[table.name]
            link = select(chain.c.key).where(chain.c.in_table == table.name, chain.c.key == column)
            keys = list(connection.execute(select(column).where(~link.exists()).order_by(column)).scalars())
        for one in keys:
            yield f"{table.name} {one}", UNLINKED
