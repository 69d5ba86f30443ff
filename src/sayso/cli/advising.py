"""What the commands share that can ask a language model: the option, the way to the model, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.cli.options import note
from sayso.record import Reading
from sayso.settings import read_settings

if TYPE_CHECKING:
    from sayso.advise.advisers import Adviser
    from sayso.engines import Item
    from sayso.ledger import Ledger

WithModel = Annotated[
    bool,
    typer.Option(
        "--with-model",
        help="Also ask your language model ($SAYSO_MODEL_URL, $SAYSO_MODEL). What it proposes is anchored to words of "
        "the reports and marked as its own.",
    ),
]


def choose_adviser(wanted: bool) -> Adviser | None:
    """The model of the settings, where one is wanted. That words leave this machine is said; none is wrong usage."""
    if not wanted:
        return None
    from sayso.advise.advisers import Adviser, Budget
    from sayso.advise.endpoints import AdviceError, make_endpoint

    settings = read_settings()
    if not settings.model_url or not settings.model:
        lacking = "$SAYSO_MODEL" if settings.model_url else "$SAYSO_MODEL_URL"
        raise typer.BadParameter(f"there is no model: set {lacking} (docs/adviser.md)", param_hint="--with-model")
    try:
        endpoint = make_endpoint(settings.model_url, settings.model, settings.model_key)
    except AdviceError as error:
        raise typer.BadParameter(str(error), param_hint="--with-model") from None
    if not endpoint.local:
        bare = "" if endpoint.address.startswith("https:") else ", unencrypted"
        note(f"words of these reports are sent to {endpoint.host}, which is not this machine{bare}")
    budget = Budget(calls=settings.model_calls, tokens=settings.model_tokens, seconds=settings.model_seconds)
    return Adviser(endpoint=endpoint, budget=budget, cache=settings.cache)


def advise_items(adviser: Adviser | None, items: Iterable[Item]) -> Iterator[Item]:
    """What was read, readings with the sources that a model proposed."""
    if adviser is None:
        yield from items
        return
    from sayso.advise.pictures import advise_reading

    for item in items:
        yield advise_reading(adviser, item) if isinstance(item, Reading) else item


def keep_advice(ledger: Ledger, adviser: Adviser | None, after: int) -> None:
    """Keep what a model proposes for the readings that a ledger got after that of a number."""
    if adviser is None:
        return
    from sayso.advise.pictures import keep_proposals

    digests = [digest for _, digest in ledger.list_new(after)]
    keep_proposals(ledger, adviser, ledger.readings(only=digests) if digests else ())


def note_advice(adviser: Adviser | None) -> None:
    """Say what became of what was asked."""
    if adviser is None:
        return
    from sayso.advise.advisers import say_tally

    for line in say_tally(adviser):
        note(line)
