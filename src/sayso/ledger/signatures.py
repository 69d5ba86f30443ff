"""Signatures over judgements and assessments: whose key stands behind them, and whether it does.

A signature is Ed25519 (RFC 8032) over the canonical JSON of all that was said and the public key. The first key that a
ledger gets for a name is that name's ("trust on first use"): to be compared with what its owner shows. What nobody's
key stands behind is *named*, not signed: anybody can write a name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal, Protocol, get_args

from sqlalchemy import Connection, Select, Table, and_, select

from sayso.errors import Error
from sayso.ids import make_id
from sayso.ledger.chains import encoder, list_values, settle_row
from sayso.ledger.tables import assessments, chain, judgements, signatures, signers
from sayso.ledger.transactions import Transaction

STATEMENT = "sayso statement 1"
"""What every signed statement begins with: a signature by the same key over something else is none of ours."""
UNSAID = ("id", "entered")
"""Columns that are no part of what was said: the one is made from it, the other is the ledger's."""
INSTALL = "signatures need one more package: pip install 'sayso[keys]'"

State = Literal["signed", "foreign", "named", "unsigned", "forged"]
"""What stands behind a judgement: its name's key (signed); another key than its name's (foreign); nothing, and the name
has no key, or had none yet (named); nothing, though its name has a key (unsigned); a signature that does not fit what
is said (forged)."""
STATES: tuple[State, ...] = get_args(State)


class Signer(Protocol):
    """A private key and the name that it signs for."""

    @property
    def name(self) -> str:
        """Whose it is."""
        ...

    @property
    def public(self) -> str:
        """The public key, as 64 hex digits. Raises `Error`."""
        ...

    def sign(self, statement: bytes) -> str:
        """The signature, as hex digits. Raises `Error`."""
        ...


FindSigner = Callable[[str], Signer | None]
"""From a name to the key that signs for it, if there is one here."""


def find_nobody(name: str) -> Signer | None:
    """No key at all."""
    return None


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands behind a judgement or an assessment: its table, id and name, how, and by which public key."""

    table: str
    id: str
    by: str
    state: State
    public: str = ""


def state_row(table: Table, row: Mapping[Any, Any], public: str) -> bytes:
    """What is signed of a row, by the owner of a public key."""
    said = {name: value for name, value in list_values(settle_row(table, row)).items() if name not in UNSAID}
    return encoder.encode((STATEMENT, str(table.name), public, said))


def row_of_signer(name: str, public: str, entered: Any) -> dict[str, Any]:
    """The row of `signers`."""
    return {"id": identify_signer(name, public), "name": name, "public": public, "entered": entered}


def identify_signer(name: str, public: str) -> str:
    """The content id of a name's key."""
    return make_id("signer", name, public)


def identify_signature(target: str, signer: str, signature: str) -> str:
    """The content id of a signature."""
    return make_id("signature", target, signer, signature)


def sign_all(writing: Transaction, table: Table, rows: Iterable[Mapping[str, Any]], find_signer: FindSigner) -> None:
    """Add rows of judgements or assessments, each with its signature where its name has a key here. Raises `Error`."""
    rows = list(rows)
    writing.add_all(table, rows)
    found = {name: find_signer(name) for name in {row["by"] for row in rows}}
    signed = [(row, signer) for row in rows if (signer := found[row["by"]])]
    if not signed:
        return
    for signer in {id(signer): signer for _, signer in signed}.values():
        writing.add(signers, row_of_signer(signer.name, signer.public, writing.now))
    made = []
    for row, signer in signed:
        who, signature = identify_signer(signer.name, signer.public), signer.sign(state_row(table, row, signer.public))
        made.append(
            {
                "id": identify_signature(row["id"], who, signature),
                "target": row["id"],
                "signer": who,
                "signature": signature,
                "entered": writing.now,
            }
        )
    writing.add_all(signatures, made)


def holds_signature(public: str, signature: str, statement: bytes) -> bool:
    """Whether a signature over a statement is that of a public key, both as hex digits. Raises `Error` where that
    cannot be told."""
    try:
        from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError:
        raise Error(INSTALL) from None
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(bytes.fromhex(signature), statement)
    except (InvalidSignature, UnsupportedAlgorithm, ValueError):
        return False
    return True


@dataclass(frozen=True, slots=True)
class Owned:
    """A name's key, and where in the chain it came."""

    id: str
    public: str
    position: int


def list_owned(connection: Connection) -> tuple[dict[str, Owned], dict[str, tuple[str, str]]]:
    """The key of each name, the first that came; and the name and the public key of each row of `signers`."""
    asked = (
        select(signers, chain.c.position)
        .join(chain, and_(chain.c.in_table == signers.name, chain.c.key == signers.c.id))
        .order_by(chain.c.position)
    )
    owned, known = dict[str, Owned](), dict[str, tuple[str, str]]()
    for row in connection.execute(asked):
        owned.setdefault(row.name, Owned(row.id, row.public, row.position))
        known[row.id] = (row.name, row.public)
    return owned, known


def list_standings(connection: Connection, ids: Iterable[str] | None = None) -> Iterator[Standing]:
    """What stands behind each judgement and each assessment, or those of some ids. Raises `Error` where there are
    signatures and they cannot be checked here."""
    owned, known = list_owned(connection)
    for table in (judgements, assessments):
        rows = connection.execute(select_signed(table, ids)).mappings()
        for _, several in groupby(rows, key=lambda row: row["id"]):
            found = sorted((find_standing(table, row, owned, known) for row in several), key=rank_standing)
            yield found[0]
            yield from (one for one in found[1:] if one.state == "forged")


def rank_standing(standing: Standing) -> tuple[int, str]:
    """Sort key: what speaks most for a row first."""
    return (STATES.index(standing.state), standing.public)


def select_signed(table: Table, ids: Iterable[str] | None) -> Select[Any]:
    """What asks for the rows of a table, with their places in the chain, once for each signature."""
    asked = (
        select(table, chain.c.position, signatures.c.signer, signatures.c.signature)
        .join(chain, and_(chain.c.in_table == table.name, chain.c.key == table.c.id), isouter=True)
        .join(signatures, signatures.c.target == table.c.id, isouter=True)
    )
    asked = asked.order_by(table.c.id)
    return asked if ids is None else asked.where(table.c.id.in_(list(ids)))


def find_standing(
    table: Table, row: Mapping[Any, Any], owned: Mapping[str, Owned], known: Mapping[str, tuple[str, str]]
) -> Standing:
    """What stands behind a row, by the signature that it was found with."""
    own, id, by = owned.get(row["by"]), str(row["id"]), str(row["by"])
    if row["signature"] is None:
        late = own is not None and (row["position"] is None or row["position"] > own.position)
        return Standing(str(table.name), id, by, "unsigned" if late else "named")
    name, public = known.get(row["signer"], ("", ""))
    if not holds_signature(public, row["signature"], state_row(table, row, public)):
        return Standing(str(table.name), id, by, "forged", public)
    fits = own is not None and own.public == public and name == by
    return Standing(str(table.name), id, by, "signed" if fits else "foreign", public)


def count_standings(standings: Iterable[Standing]) -> Counter[tuple[State, str, str]]:
    """How many there are of each state, name and key."""
    return Counter((one.state, one.by, one.public) for one in standings)
