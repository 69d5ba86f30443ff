"""What a language model's advice is worth on a story: how much of it is anchored to words of the reports, and what it
says, for a reader to judge.

    SAYSO_MODEL_URL=http://127.0.0.1:8080 SAYSO_MODEL=smollm2 python eval/adviser.py STORY --calls 40 --only source

STORY is a folder of reports or anything that `sayso read` takes. `--serve MODEL.gguf` starts a server of llama.cpp's
(package xllamacpp) on the file for as long as it takes. Answers are printed one a line: the use, whether anything of it
was taken, what was asked and what was answered.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import msgspec

from sayso.advise.advisers import Adviser, Budget, say_tally
from sayso.advise.endpoints import Endpoint, make_endpoint
from sayso.advise.pairs import PairAdvice
from sayso.advise.pictures import advise_brief
from sayso.advise.questions import ask_questions
from sayso.advise.sources import propose_sources
from sayso.journey import read_all, tell
from sayso.record import Reading
from sayso.settings import read_settings
from sayso.weigh import weigh_readings

SERVER = """
import sys, time
from xllamacpp import CommonParams, Server
params = CommonParams()
params.model.path, params.port, params.n_ctx, params.n_parallel = sys.argv[1], int(sys.argv[2]), 4096, 1
server = Server(params)
print("ready", flush=True)
time.sleep(86400)
"""
USES = ("source", "same", "question", "prose")


@dataclass(slots=True)
class Listener(Adviser):
    """A model whose answers are written down, each with whether it was taken."""

    said: list[list[Any]] = field(default_factory=list)
    spent: Counter[str] = field(default_factory=Counter)

    def ask(self, name: str, data: Any, form: Any) -> Any:
        """Ask, and write down the answer."""
        start = time.monotonic()
        answer = Adviser.ask(self, name, data, form)
        self.spent[name] += round(1000 * (time.monotonic() - start))
        self.said.append([name, data, msgspec.to_builtins(answer), 0])
        return answer

    def count(self, kept: int, dropped: int) -> None:
        """Note what was taken of the last answer."""
        Adviser.count(self, kept, dropped)
        self.said[-1][3] += kept


@contextmanager
def serve(model: str, port: int = 18099) -> Iterator[str]:
    """A server of llama.cpp's on a model's file; its address."""
    started = subprocess.Popen([sys.executable, "-c", SERVER, model, str(port)], stdout=subprocess.PIPE, text=True)
    try:
        assert started.stdout is not None
        if not any("ready" in line for line in started.stdout):
            sys.exit("the server did not start: is xllamacpp installed?")
        yield f"http://127.0.0.1:{port}"
    finally:
        started.terminate()
        started.wait()


def advise(adviser: Listener, readings: list[Reading], uses: list[str]) -> None:
    """Ask for each use, all of the calls for each."""
    calls = adviser.budget.calls
    for use in uses:
        adviser.budget = Budget(calls=adviser._calls + calls, tokens=10**8, seconds=10**6)
        adviser.share(1)
        if use == "source":
            list(propose_sources(adviser, readings))
        elif use == "same":
            weigh_readings(readings, advice=PairAdvice(adviser))
        elif use == "question":
            ask_questions(adviser, weigh_readings(readings))
        else:
            advise_brief(adviser, tell(weigh_readings(readings)))


def main() -> None:
    """Ask about a story, print what was said, and how much of it is anchored."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("story", nargs="+")
    options.add_argument("--calls", type=int, default=30, help="questions of each use")
    options.add_argument("--only", action="append", choices=USES)
    options.add_argument("--serve", metavar="MODEL.gguf", default="")
    asked = options.parse_args()
    settings = read_settings()
    readings = [item for item in read_all(asked.story) if isinstance(item, Reading)]
    if asked.serve:
        with serve(asked.serve) as address:
            report(make_endpoint(address, asked.serve.rpartition("/")[2]), readings, asked)
    else:
        report(make_endpoint(settings.model_url, settings.model, settings.model_key), readings, asked)


def report(endpoint: Endpoint, readings: list[Reading], asked: argparse.Namespace) -> None:
    """Ask a model, and print what came of it."""
    adviser = Listener(endpoint=endpoint, budget=Budget(calls=asked.calls), cache=read_settings().cache)
    advise(adviser, readings, asked.only or list(USES))
    for use, data, answer, taken in adviser.said:
        if answer is not None:
            print(f"{use}\t{taken}\t{msgspec.json.encode(data).decode()}\t{msgspec.json.encode(answer).decode()}")
    for use in USES:
        mine = [row for row in adviser.said if row[0] == use and row[2] is not None]
        if mine:
            print(
                f"{use}: {len(mine)} answers in the form asked for, {sum(bool(row[3]) for row in mine)} anchored, "
                f"{adviser.spent[use] / 1000 / len(mine):.1f} s each"
            )
    print("\n".join(say_tally(adviser)))


if __name__ == "__main__":
    main()
