"""What a language model proposed, where the user has one."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.record.reports import Span
from sayso.record.terms import Stance

MODEL = "model:"
"""How the name of a model begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Whose word a claim is, as a model proposed it: a source and a cue that stand in the claim's report, by their
    spans. Nothing of it is the model's own words.

    `report` is the digest of the report, `seat` that of the claim; `stance` is what the cue does by sayso's own table.
    `by` is "model:" and the model's name, `prompt` which question it was asked, with its version.
    """

    report: str
    seat: str
    source: Span
    cue: Span
    stance: Stance
    by: str
    prompt: str
