"""Asking a model within a budget: the one way to it that every use has.

What is asked is a prompt of ``prompts.toml`` with data from reports, as JSON, so that no word of a report can end it.
What is answered is JSON of one closed form; anything else is dropped and counted.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from sayso.advise.endpoints import AdviceError, Endpoint, ask_endpoint
from sayso.advise.kept_answers import find_answer, keep_answer
from sayso.tables import load_toml

BYTES_PER_TOKEN = 3
"""Of UTF-8, reckoned on the safe side: what a server says of its tokens is not believed."""
LONGEST_CALL_SECONDS = 60.0
FAILURES = 3
"""Calls that fail one after the other, after which a run asks no more."""
Form = TypeVar("Form", bound=msgspec.Struct)


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """What a run may ask: calls, tokens of them and their answers, and seconds of waiting for the model. Calls and
    tokens count also where an answer was kept from before, so that a second run asks the same and no more."""

    calls: int = 60
    tokens: int = 100_000
    seconds: float = 300.0


@dataclass(slots=True)
class Tally:
    """What became of a run's questions: `asked` the model, `known` from before, `failed`, and `left` out for want of
    budget; and of its proposals: `kept`, and `dropped` since they are not anchored to words of the reports. `unfit` is
    true where its advice on pairs was not taken, `trouble` what went wrong last."""

    asked: int = 0
    known: int = 0
    failed: int = 0
    left: int = 0
    kept: int = 0
    dropped: int = 0
    unfit: bool = False
    trouble: str = ""


@dataclass(slots=True)
class Adviser:
    """A model that may be asked. `send` asks the endpoint (a test gives its own), `cache` is where answers are kept,
    None for nowhere; `tick` is a clock in seconds that never goes back."""

    endpoint: Endpoint
    budget: Budget = Budget()
    cache: Path | None = None
    send: Callable[[Endpoint, bytes, float], str] = ask_endpoint
    tick: Callable[[], float] = time.monotonic
    tally: Tally = field(default_factory=Tally)
    _calls: int = 0
    _tokens: int = 0
    _seconds: float = 0.0
    _failures: int = 0
    _most: int | None = None

    @property
    def by(self) -> str:
        """How it signs what it proposes."""
        return self.endpoint.by

    def share(self, part: float) -> None:
        """From now on, use at most this part of the calls that are left; 1 for all."""
        self._most = self._calls + ceil(part * (self.budget.calls - self._calls))

    def ask(self, name: str, data: Any, form: type[Form]) -> Form | None:
        """The answer to the prompt of a name about some data, in a form; None where there is none, for whatever
        reason: no model that does not answer costs a user more than its advice."""
        prompt = load_toml("prompts.toml")[name]
        request = write_request(self.endpoint.model, prompt, data, form)
        cost = len(request) // BYTES_PER_TOKEN + prompt["tokens"]
        if (
            self._calls >= (self.budget.calls if self._most is None else self._most)
            or self._tokens + cost > self.budget.tokens
        ):
            self.tally.left += 1
            return None
        answer = find_answer(self.cache, self.endpoint.address, request)
        if answer is not None:
            self.tally.known += 1
        elif (answer := self._send(request)) is None:
            return None
        self._calls += 1
        self._tokens += cost
        read = read_answer(answer, form)
        if read is None:
            self.tally.dropped += 1
        return read

    def count(self, kept: int, dropped: int) -> None:
        """Count proposals."""
        self.tally.kept += kept
        self.tally.dropped += dropped

    def _send(self, request: bytes) -> str | None:
        """Ask the endpoint and keep its answer."""
        seconds = min(LONGEST_CALL_SECONDS, self.budget.seconds - self._seconds)
        if seconds <= 0 or self._failures >= FAILURES:
            self.tally.left += 1
            return None
        start = self.tick()
        try:
            answer = self.send(self.endpoint, request, seconds)
        except AdviceError as error:
            self.tally.failed += 1
            self.tally.trouble = str(error)
            self._failures += 1
            return None
        finally:
            self._seconds += self.tick() - start
        self._failures = 0
        self.tally.asked += 1
        keep_answer(self.cache, self.endpoint.address, request, answer)
        return answer


def name_prompt(name: str) -> str:
    """A prompt with its version: "source-1"."""
    return f"{name}-{load_toml('prompts.toml')[name]['version']}"


def write_request(model: str, prompt: dict[str, Any], data: Any, form: type[msgspec.Struct]) -> bytes:
    """The body of a request for a chat completion; the same for the same question, to the byte."""
    # Half a character, which reports may hold, is no UTF-8.
    words = json.dumps(data, ensure_ascii=False, sort_keys=True).encode("utf8", "replace").decode("utf8")
    body = {
        "model": model,
        "messages": [
            {"role": "system", "content": prompt["system"].strip()},
            {"role": "user", "content": f"{prompt['user'].strip()}\n\n{words}"},
        ],
        "temperature": 0,
        "seed": 0,
        "max_tokens": prompt["tokens"],
        "response_format": {"type": "json_schema", "json_schema": {"name": form.__name__, "schema": make_schema(form)}},
    }
    return msgspec.json.encode(body, order="sorted")


def make_schema(form: type[msgspec.Struct]) -> dict[str, Any]:
    """The JSON Schema of a form, in one piece."""
    (schema,), parts = msgspec.json.schema_components([form], ref_template="#/$defs/{name}")
    return {**parts.pop(schema["$ref"].rpartition("/")[2]), **({"$defs": parts} if parts else {})}


def read_answer(answer: str, form: type[Form]) -> Form | None:
    """The JSON of an answer in its form, without what models write around it; None where there is none."""
    start, end = answer.find("{"), answer.rfind("}")
    try:
        return msgspec.json.decode(answer[start : end + 1].encode("utf8"), type=form) if 0 <= start < end else None
    except (msgspec.MsgspecError, UnicodeEncodeError, RecursionError):
        return None


def say_tally(adviser: Adviser) -> list[str]:
    """What became of a run's questions, in a line or two for the user."""
    tally, budget = adviser.tally, adviser.budget
    lines = [
        f"{adviser.by}: {tally.kept} of its proposals are taken, {tally.dropped} dropped as not in the reports' words; "
        f"asked {tally.asked} times, answered before {tally.known} times"
    ]
    if tally.unfit:
        lines.append(f"{adviser.by}: its advice on doubtful pairs is not taken: it did not know pairs that are known")
    if tally.failed:
        lines.append(f"{adviser.by}: {tally.failed} calls failed, and all is told without them: {tally.trouble}")
    if tally.left:
        lines.append(
            f"{adviser.by}: {tally.left} questions were not asked: the budget is {budget.calls} calls, {budget.tokens} "
            f"tokens and {budget.seconds:g} seconds (see $SAYSO_MODEL_CALLS, _TOKENS and _SECONDS)"
            if adviser._failures < FAILURES
            else f"{adviser.by}: {tally.left} questions were not asked, since it failed {FAILURES} times"
        )
    return lines
