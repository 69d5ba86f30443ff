"""The journey of one thing, explained."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from sayso.harms import clean_text

if TYPE_CHECKING:
    from sayso.tell.explanations import Step


class Journey:
    """How sayso came to something, step by step: `steps`, each with a `name` and `lines`. `print` shows them."""

    def __init__(self, steps: Sequence[Step]) -> None:
        """Hold the steps in their order."""
        self.steps = tuple(steps)

    def __iter__(self) -> Iterator[Step]:
        """The steps."""
        return iter(self.steps)

    def __len__(self) -> int:
        """How many steps there are."""
        return len(self.steps)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The steps as plain dicts: what `sayso explain --format json` prints."""
        return [{"step": step.name, "lines": list(step.lines)} for step in self.steps]

    def __str__(self) -> str:
        """Each step with its lines under it."""
        return "".join(f"{name}\n" + "".join(f"    {line}\n" for line in lines) for name, lines in self._show())

    def _show(self) -> Iterator[tuple[str, list[str]]]:
        """The names and lines as they are shown: nothing in them does harm."""
        for step in self.steps:
            name, *lines = (clean_text(line).replace("\n", " ") for line in (step.name, *step.lines))
            yield name, lines

    __repr__ = __str__

    def _repr_html_(self) -> str:
        """The steps as a list of terms, every word escaped."""
        return "".join(
            f"<dl><dt><b>{escape(name)}</b></dt>" + "".join(f"<dd>{escape(line)}</dd>" for line in lines) + "</dl>"
            for name, lines in self._show()
        )
