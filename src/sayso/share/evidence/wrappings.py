"""What is put around the files of a package so that other programs know it: a bag (BagIt 1.0, RFC 8493), a WACZ 1.1.1.

A wrapping is made from the head and the sizes and hashes of the files alone, so that whoever checks a package makes it
once more and compares it byte by byte.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Literal

import msgspec

from sayso.harms import one_line
from sayso.share.evidence.heads import Head
from sayso.share.evidence.parts import Measure, measure

Form = Literal["bagit", "wacz"]
PAYLOAD = "data/"
"""Where the files lie in a bag."""
BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
DATAPACKAGE, DATAPACKAGE_DIGEST = "datapackage.json", "datapackage-digest.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrapping:
    """The files around those of a package, by their paths, and the folder that its own lie in ("" for none)."""

    files: dict[str, bytes]
    folder: str


def wrap(form: Form, head: Head, measures: Iterable[Measure]) -> Wrapping:
    """What a package is wrapped into; `measures` are those of all its files, head and time stamp included."""
    ordered = sorted(measures, key=lambda m: m.path)
    return wrap_bag(head, ordered) if form == "bagit" else wrap_wacz(head, ordered)


def wrap_bag(head: Head, measures: Sequence[Measure]) -> Wrapping:
    """The tag files of a bag: declaration, description, and manifests of payload and tags by SHA-256 and SHA-512."""
    files = {"bagit.txt": BAGIT, "bag-info.txt": describe_bag(head, measures)}
    for algorithm in ("sha256", "sha512"):
        lines = (f"{getattr(m, algorithm)}  {PAYLOAD}{m.path}\n" for m in measures)
        files[f"manifest-{algorithm}.txt"] = "".join(lines).encode()
    tags = sorted(files.items())
    for algorithm in ("sha256", "sha512"):
        lines = (f"{hashlib.new(algorithm, content).hexdigest()}  {path}\n" for path, content in tags)
        files[f"tagmanifest-{algorithm}.txt"] = "".join(lines).encode()
    return Wrapping(files=files, folder=PAYLOAD)


def describe_bag(head: Head, measures: Sequence[Measure]) -> bytes:
    """The description of a bag (bag-info.txt), a line each."""
    said = {
        "Bagging-Date": f"{head.made.astimezone(UTC):%Y-%m-%d}",
        "Bag-Software-Agent": head.tool,
        "Contact-Name": head.by,
        "External-Identifier": head.subject.id,
        "External-Description": f"Evidence of the {head.subject.kind} {head.subject.name}",
        "Payload-Oxum": f"{sum(m.bytes for m in measures)}.{len(measures)}",
    }
    return "".join(f"{name}: {one_line(value)}\n" for name, value in said.items() if value).encode()


def wrap_wacz(head: Head, measures: Sequence[Measure]) -> Wrapping:
    """The description of a WACZ (datapackage.json) with the hash of every file, and the hash of the description."""
    described = {
        "profile": "data-package",
        "wacz_version": "1.1.1",
        "title": one_line(head.subject.name),
        "description": f"Evidence of the {head.subject.kind} {one_line(head.subject.id)}",
        "created": f"{head.made.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "software": head.tool,
        "resources": [
            {"name": name_resource(m.path), "path": m.path, "hash": f"sha256:{m.sha256}", "bytes": m.bytes}
            for m in measures
        ],
    }
    content = msgspec.json.format(msgspec.json.encode(described), indent=2) + b"\n"
    digest = {"path": DATAPACKAGE, "hash": f"sha256:{measure(DATAPACKAGE, content).sha256}"}
    return Wrapping(files={DATAPACKAGE: content, DATAPACKAGE_DIGEST: msgspec.json.encode(digest) + b"\n"}, folder="")


def name_resource(path: str) -> str:
    """The name of a file in a data package: lower case letters, digits, points, hyphens and underscores."""
    return path.lower().replace("/", "-")


def name_top(head: bytes) -> str:
    """The folder that a bag lies in inside a zip, from the bytes of its head."""
    return f"evidence-{hashlib.sha256(head).hexdigest()[:16]}/"
