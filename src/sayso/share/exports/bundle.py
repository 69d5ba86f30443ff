"""A ZIP with a file of every other format, so that nobody has to choose: what one loses another keeps.

`manifest.json` lists the files with their SHA-256 and the formats that are left out and why, `SHA256SUMS` is for
`sha256sum -c`, and `README.md` says what each noun becomes in each format.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256

from sayso.errors import Error
from sayso.harms import clean_text
from sayso.share.exports import Format, Shared, find_format, list_formats
from sayso.share.exports.claims import name_time
from sayso.share.exports.losses import say_losses
from sayso.share.exports.zips import write_zip

NAME = "sayso"
"""What the files are called before their endings."""


def write_formats(shared: Shared, names: Sequence[str]) -> bytes:
    """The file of a format by its name, or a bundle of several. Raises `Error` where a name is none."""
    formats = [find_format(name) for name in dict.fromkeys(names)]
    return formats[0].write(shared) if len(formats) == 1 else bundle(shared, formats)


def write(shared: Shared) -> bytes:
    """The bundle of all formats but itself."""
    return bundle(shared, [one for one in list_formats().values() if one.name != "bundle"])


def bundle(shared: Shared, formats: Iterable[Format]) -> bytes:
    """The bundle of some formats. Raises `Error` where none of them can be written."""
    files: dict[str, bytes] = {}
    held: list[Format] = []
    left_out: dict[str, str] = {}
    for one in formats:
        try:
            files[one.name_file(NAME)] = one.write(shared)
        except Error as error:
            left_out[one.name] = str(error)
            continue
        held.append(one)
    if not held:
        raise Error("; ".join(left_out.values()) or "name a format to export to")
    manifest = {
        "title": clean_text(shared.title),
        "made": name_time(shared.made),
        "as_of": name_time(shared.picture.as_of) or None,
        "tool": shared.tool,
        "reports": sorted(clean_text(reading.report.id) for reading in shared.picture.readings),
        "files": [
            {
                "name": name,
                "format": one.name,
                "media_type": one.media_type,
                "bytes": len(content),
                "sha256": sha256(content).hexdigest(),
                "lost": one.lost,
            }
            for one, (name, content) in zip(held, files.items(), strict=True)
        ],
        "left_out": left_out,
    }
    files["README.md"] = say_contents(shared, held, left_out).encode()
    files["manifest.json"] = (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode()
    sums = "".join(f"{sha256(content).hexdigest()}  {name}\n" for name, content in files.items())
    return write_zip({**files, "SHA256SUMS": sums.encode()}, shared.made)


def say_contents(shared: Shared, held: list[Format], left_out: dict[str, str]) -> str:
    """What the bundle holds, for people."""
    as_of = f", as known at {name_time(shared.picture.as_of)}" if shared.picture.as_of else ""
    lines = [
        f"# {' '.join(clean_text(shared.title).split()) or 'Reports, attributed'}",
        f"Made by {shared.tool} at {name_time(shared.made)} of {len(shared.picture.readings)} reports{as_of}.",
        "`sha256sum -c SHA256SUMS` says whether the files are whole.",
        *([f"Left out: {'; '.join(f'{name} ({why})' for name, why in left_out.items())}."] if left_out else []),
        "## What each noun becomes, and what is lost",
        say_losses(held),
    ]
    return "\n\n".join(lines) + "\n"
