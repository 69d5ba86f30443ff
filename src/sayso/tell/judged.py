"""What analysts judged, as rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from typing import Any

from sayso.forms import to_json
from sayso.record import Judgement

JUDGED = ("judged", "by", "signed", "kind", "target", "other", "value", "reason", "undone", "id")


def show_judgements(
    judgements: Iterable[Judgement], standing: Set[str], signed: Set[str] | None = None
) -> Iterator[dict[str, Any]]:
    """A row a judgement; `standing` are the ids of those that no other one undoes, `signed` of those that their name's
    key stands behind, where that is told."""
    for one in judgements:
        yield {
            "judged": to_json(one.at),
            "by": one.by,
            **({} if signed is None else {"signed": one.id in signed}),
            "kind": one.kind,
            "target": one.target,
            "other": one.other,
            "value": one.value,
            "reason": one.reason,
            "undone": one.kind != "undo" and one.id not in standing,
            "id": one.id,
        }
