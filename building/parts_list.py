"""The list of parts of a release (a software bill of materials, CycloneDX 1.6): every package that sayso needs or, with
an extra, may need, in the version of the lock and with the hashes that it allows, and the models and tables in the
wheel.

What development alone needs is no part of it. Which package needs which is asked of those installed here, by which the
list is made; the versions and hashes are those of ``requirements.lock``.
"""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.license import DisjunctiveLicense, License, LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from sayso.originals import load_originals

LOCK = Path(__file__).resolve().parents[1] / "requirements.lock"
NAME = "sayso"
LONGEST_LICENCE = 60
"""Characters of a licence's name; some packages give its whole text."""
_BLOCK = re.compile(r"(?m)^([a-z0-9][^\s;]*)==([^\s;]+)(?: ; ([^\\\n]+?))?((?: \\\n    --hash=sha256:[0-9a-f]{64})+)$")
_HASH = re.compile(r"sha256:([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Locked:
    """A package of the lock: its version and the SHA-256 of each file that may be installed."""

    version: str
    hashes: tuple[str, ...]


def write_parts(path: Path, wheel: Path, moment: int) -> None:
    """Write the list of parts of a wheel, dated by a moment in seconds, and hold it to the schema. Raises ValueError
    where the lock lacks a part."""
    words = form_parts(read_lock(LOCK.read_text("utf8")), wheel, moment)
    if fault := JsonStrictValidator(SchemaVersion.V1_6).validate_str(words):
        raise ValueError(f"the list of parts is no CycloneDX: {fault}")
    path.write_text(words, "utf8")


def form_parts(locked: Mapping[str, Locked], wheel: Path, moment: int) -> str:
    """The list as JSON, the same for the same wheel, lock and moment."""
    version, digest = distribution(NAME).version, hashlib.sha256(wheel.read_bytes()).hexdigest()
    whole = Component(
        name=NAME,
        version=version,
        type=ComponentType.APPLICATION,
        bom_ref=f"pkg:pypi/{NAME}@{version}",
        purl=PackageURL("pypi", version=version, name=NAME),
        licenses=[LicenseExpression("Apache-2.0")],
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest)],
        components=list_files(),
    )
    bom = Bom(serial_number=uuid.uuid5(uuid.NAMESPACE_OID, digest))
    bom.metadata.timestamp = datetime.fromtimestamp(moment, UTC)
    bom.metadata.component = whole
    base, needs = walk_needs(NAME, ()), walk_needs(NAME, ("all",))
    made = {name: describe(name, locked, name in base) for name in sorted(needs) if name != NAME}
    bom.components.update(made.values())
    for name, wanted in needs.items():
        bom.register_dependency(made.get(name, whole), [made[one] for one in sorted(wanted)])
    return JsonV1Dot6(bom).output_as_string(indent=1) + "\n"


def list_files() -> Iterator[Component]:
    """The models and tables in the wheel."""
    for name, original in load_originals().items():
        hashed = HashType(alg=HashAlgorithm.SHA_256, content=original.sha256)
        yield Component(name=name, type=ComponentType.FILE, bom_ref=f"file:{name}", hashes=[hashed])


def describe(name: str, locked: Mapping[str, Locked], needed: bool) -> Component:
    """A package of the lock. Raises ValueError where it is not in there."""
    if name not in locked:
        raise ValueError(f"{name} is not in the lock: run make lock")
    held = locked[name]
    url = PackageURL("pypi", name=name, version=held.version)
    return Component(
        name=name,
        version=held.version,
        type=ComponentType.LIBRARY,
        scope=ComponentScope.REQUIRED if needed else ComponentScope.OPTIONAL,
        bom_ref=str(url),
        purl=url,
        licenses=list_licences(name),
        external_references=[
            ExternalReference(
                type=ExternalReferenceType.DISTRIBUTION,
                url=XsUri(LOCK.name),
                comment="any file with one of these hashes",
                hashes=[HashType(alg=HashAlgorithm.SHA_256, content=one) for one in held.hashes],
            )
        ],
    )


def list_licences(name: str) -> Iterator[License]:
    """Under which licence a package says it is: an expression of SPDX, else its own word for one."""
    metadata = distribution(name).metadata
    if told := metadata.get_all("License-Expression"):
        yield LicenseExpression(told[0])
    elif (own := " ".join((metadata.get_all("License") or [""])[0].split())) and len(own) <= LONGEST_LICENCE:
        yield DisjunctiveLicense(name=own)


def walk_needs(name: str, extras: tuple[str, ...]) -> dict[str, set[str]]:
    """What a package with some extras needs, and what that needs, here: names to names. Packages that are not
    installed, since they are for other machines, are left out."""
    found: dict[str, set[str]] = {}
    left = [(name, frozenset(extras))]
    seen = set()
    while left:
        package, asked = left.pop()
        if (package, asked) in seen:
            continue
        seen.add((package, asked))
        needs = list(list_needs(package, asked))
        found.setdefault(package, set()).update(wanted for wanted, _ in needs if wanted != package)
        left += needs
    return found


def list_needs(package: str, extras: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    """What one package needs, and with which extras."""
    for wanted in map(Requirement, distribution(package).requires or ()):
        if wanted.marker and not any(wanted.marker.evaluate({"extra": extra}) for extra in (*extras, "")):
            continue
        name = canonicalize_name(wanted.name)
        try:
            distribution(name)
        except PackageNotFoundError:
            continue
        yield name, frozenset(wanted.extras)


def read_lock(words: str) -> dict[str, Locked]:
    """The packages of a lock by their names; of one that has several versions, that for here."""
    from packaging.markers import Marker

    return {
        name: Locked(version, tuple(_HASH.findall(hashes)))
        for name, version, marker, hashes in _BLOCK.findall(words)
        if not marker or Marker(marker).evaluate()
    }
