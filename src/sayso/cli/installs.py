"""What sayso needs and does not find where it is installed."""

from __future__ import annotations

import re
import sys

NAME = re.compile(r"[\w.-]+")


def name_missing(error: ImportError) -> str:
    """An import that failed, in one line: which packages are missing and how to install them."""
    packages = list_missing() or [(error.name or "").partition(".")[0] or "sayso"]
    reason = " ".join(str(error).split())
    return (
        f"not installed: {', '.join(packages)} ({reason}); this is no fault of your input. "
        f"Run: {sys.executable} -m pip install {' '.join(packages)}"
    )


def list_missing() -> list[str]:
    """The packages that sayso requires and that are not installed, by the names that pip knows them by."""
    from importlib import metadata

    try:
        wanted = metadata.requires("sayso") or []
    except metadata.PackageNotFoundError:  # Run from its source, without an installation.
        return []
    plain = (NAME.match(requirement) for requirement in wanted if "extra ==" not in requirement)
    return [found[0] for found in plain if found and not is_installed(found[0])]


def is_installed(package: str) -> bool:
    """Whether a package is installed, whatever its version."""
    from importlib import metadata

    try:
        return bool(metadata.version(package))
    except metadata.PackageNotFoundError:
        return False
