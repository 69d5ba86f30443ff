"""The journey of one thing at a desk, in words."""

from __future__ import annotations

from sayso.serve.desk.desks import Desk, MissingError
from sayso.serve.desk.viewpoints import Viewpoint
from sayso.tell.explanations import Explainer, Step


def find_journey(desk: Desk, story: str, what: str, at: Viewpoint) -> list[Step]:
    """How a claim, point, report, origin or somebody of a story was understood, step by step. Raises `MissingError`."""
    found = desk.story(story, at.as_of)
    explainer: Explainer = desk.hold(
        ("explainer", found.id, at.as_of), lambda: Explainer(desk.picture(found.id, at.as_of))
    )
    steps: list[Step] = desk.hold(("journey", found.id, what, at.as_of), lambda: explainer.explain(what))
    if not steps:
        raise MissingError(f"nothing in this story is called {what}")
    return steps
