"""The citations of a page: numbers beside what rests on claims, and their words at its end."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from sayso.record import Picture
from sayso.serve.desk import Viewpoint
from sayso.tell.citations import Citation, cite_claim
from sayso.tell.html import view_citation, view_notes


class Notes:
    """Numbers claims in the order in which a page comes to them."""

    def __init__(self, at: Viewpoint, picture: Picture, before: Picture | None = None) -> None:
        """Find claims in a picture, and in an earlier one where there is one; links keep the viewpoint."""
        self.at = at
        self._origins = {claim: name for found in picture.provenance for claim, name in found.claims}
        readings = (*(before.readings if before else ()), *picture.readings)
        self._claims = {claim.id: (reading, claim) for reading in readings for claim in reading.claims}
        self._cited: dict[str, Citation] = {}
        self._used: set[int] = set()

    def cite(self, claims: Iterable[str]) -> list[dict[str, Any]]:
        """The numbers of some claims, as templates show them."""
        wanted = tuple(claims)
        for claim in wanted:
            if claim in self._claims and claim not in self._cited:
                number, origin = len(self._cited) + 1, self._origins.get(claim, "")
                self._cited[claim] = cite_claim(*self._claims[claim], number, origin)
        return view_notes(wanted, self._cited, self._used)

    def list_all(self) -> list[dict[str, Any]]:
        """The words of what was cited, each with its place in its report."""
        return [
            {**view_citation(one), "inside": name_place(one.report.digest, one.claim.id, self.at)}
            for one in self._cited.values()
        ]


def name_place(digest: str, claim: str, at: Viewpoint) -> str:
    """The address of a claim's words in their report, as the desk shows it."""
    return f"/reports/{quote(digest, safe='')}{at.query}#{quote(claim, safe='')}"
