"""What each noun of sayso becomes in a format and what of it is lost, in Markdown: for the page of exports and for the
README of a bundle. Both are made of the table ``exports.toml``."""

from __future__ import annotations

from collections.abc import Iterable

from sayso.share.exports import Format


def say_losses(formats: Iterable[Format]) -> str:
    """A section a format, with a table of what becomes of each noun and a line of those that are lost."""
    return "\n\n".join(say_format(one) for one in formats)


def say_format(one: Format) -> str:
    """The section of a format."""
    rows = [f"| {noun} | {words.replace('|', '&#124;')} |" for noun, words in one.becomes.items() if words]
    lost = f"\n\nLost: {', '.join(one.lost)}." if one.lost else ""
    table = "\n".join(["| noun | becomes |", "|---|---|", *rows])
    return f"### {one.name}\n\n{one.title}, `.{one.suffix}`, `{one.media_type}`\n\n{table}{lost}"
