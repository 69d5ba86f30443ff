"""Sending what is due, each sink in a thread of its own, so that one that hangs holds up no other and not the round."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from sayso.errors import Error
from sayso.ids import make_id
from sayso.record import Problem
from sayso.watch.alerts.alerts import Alert, Message
from sayso.watch.alerts.sinks import Sink, SinkError
from sayso.watch.alerts.stores import AlertStore

ROUND_S = 60.0
"""Seconds that a round waits for all its sinks; what is not sent by then is tried again later."""

Outcome = tuple[str, str, str, float]
"""Sink, message, what went wrong ("": sent), and for how many seconds the sink asks to be left alone."""


def deliver(
    store: AlertStore,
    sinks: Mapping[str, Sink],
    now: datetime,
    *,
    round_s: float = ROUND_S,
    tick: Callable[[], float] = time.monotonic,
) -> list[Problem]:
    """Send the messages that are due, and note what became of each; what failed. A message whose sink has not answered
    in time is tried again, so that it may come twice, under the same id; it is never lost."""
    due: dict[str, list[Message]] = {}
    for sink, message in store.take(sinks, now):
        due.setdefault(sink, []).append(message)
    outcomes: queue.Queue[Outcome] = queue.Queue()
    for name, messages in due.items():
        # A daemon: a sink that hangs for ever does not keep the program from ending.
        threading.Thread(target=send_all, args=(sinks[name], messages, outcomes), daemon=True).start()
    waiting = {message.id: name for name, messages in due.items() for message in messages}
    problems: list[Problem] = []
    deadline = tick() + round_s
    while waiting:
        try:
            name, id, error, wait = outcomes.get(timeout=max(0.0, deadline - tick()))
        except queue.Empty:
            break
        del waiting[id]
        store.settle(id, now, error, wait)
        problems += [Problem(step="deliver", input=name, message=error)] if error else []
    for id, name in waiting.items():
        error = "it does not answer in time; it is tried again"
        store.settle(id, now, error)
        problems.append(Problem(step="deliver", input=name, message=error))
    return problems


def try_out(sinks: Mapping[str, Sink], now: datetime, known: Sequence[Alert] = ()) -> list[Problem]:
    """Send a message that says nothing to some sinks, and keep nothing of it; what failed. A feed goes on to show the
    alerts that are `known`, the newest first."""
    words = "This is a try: sayso sends its alerts here."
    alert = Alert(id=make_id("try", now), rule="", kind="try", text=words, at=now)
    store = AlertStore(None)
    store.keep(reversed(known), (), now, None)
    store.keep([alert], sinks, now, None)
    return deliver(store, sinks, now)


def send_all(sink: Sink, messages: Sequence[Message], outcomes: queue.Queue[Outcome]) -> None:
    """Send some messages to one sink in their order. After one has failed, the rest wait for their next turn."""
    failed = ""
    wait = 0.0
    for message in messages:
        if not failed:
            try:
                sink.send(message)
            except SinkError as error:
                failed, wait = " ".join(str(error).split()), error.wait_s
            except OSError as error:
                failed = f"{error.filename or sink.kind}: {error.strerror or error}"
            except (Error, ValueError) as error:
                failed = " ".join(str(error).split()) or type(error).__name__
            except Exception as error:  # A sink may be a stranger's plug-in: its mistake stops no other.
                failed = f"{type(error).__name__}: {' '.join(str(error).split())}"
        outcomes.put((sink.name, message.id, failed, wait))
