"""What sayso needs is bounded, and the lock of development holds it, to the hash."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
LOCK = (ROOT / "requirements.lock").read_text("utf8")
BLOCKS = re.findall(r"(?m)^([a-z0-9][^\n]*?)((?: \\\n    --hash=sha256:[0-9a-f]{64})+)$", LOCK)
LOCKED = [Requirement(words) for words, _ in BLOCKS]


def list_wanted(words: list[str]) -> Iterator[Requirement]:
    """The requirements of a list, with those of the extras of sayso that it names."""
    for wanted in map(Requirement, words):
        if wanted.name == "sayso":
            for extra in sorted(wanted.extras):
                yield from list_wanted(EXTRAS[extra])
        else:
            yield wanted


WANTED = list(list_wanted([*PROJECT["dependencies"], "sayso[dev]"]))


@pytest.mark.parametrize("wanted", WANTED, ids=str)
def test_the_lock_holds_what_development_needs(wanted: Requirement) -> None:
    held = [one for one in LOCKED if one.name == canonicalize_name(wanted.name)]
    here = [one for one in held if one.marker is None or one.marker.evaluate()]
    assert here, f"{wanted} is not in requirements.lock: run make lock"
    (version,) = (Version(spec.version) for spec in here[0].specifier)
    assert wanted.specifier.contains(version), f"{wanted} has fallen apart from requirements.lock: run make lock"


def test_every_line_of_the_lock_is_a_version_with_hashes() -> None:
    rest = [line for line in LOCK.splitlines() if not line.startswith((" ", "#"))]
    assert len(rest) == len(BLOCKS) > 100
    assert all([spec.operator for spec in one.specifier] == ["=="] for one in LOCKED)
    assert "://" not in LOCK and not {"torch", "sayso"} & {one.name for one in LOCKED}


@pytest.mark.parametrize(
    "words", [*PROJECT["dependencies"], *(word for extra in EXTRAS.values() for word in extra)], ids=str
)
def test_every_dependency_is_bounded_from_below_and_above(words: str) -> None:
    wanted = Requirement(words)
    operators = {spec.operator for spec in wanted.specifier}
    assert (
        wanted.name == "sayso" or "==" in operators or (operators & {">=", ">", "~="} and operators & {"<", "<=", "~="})
    )
