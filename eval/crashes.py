"""Whether a ledger outlives programs that are killed while they add to it: kill -9 at random moments (seeded).

    python eval/crashes.py [--times 100] [--ledger sqlite|postgres] [--seed 1] [--reports 12]

The model is loaded once, and each try is a fork that reads short reports, sentences of the examples, by `add_items` and
says of each when it is kept. Every tenth try begins a new ledger, so that its making is interrupted too. On PostgreSQL
every fifth try stops the server instead, as by a crash. After each try the ledger must open and verify, and hold every
report that was ever said to be kept in it. Prints the counts; ends with status 1 where a ledger did not or lacked one.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import nullcontext
from functools import partial
from pathlib import Path

from servers import Server, run_server

from sayso.errors import Error
from sayso.journey import add_all
from sayso.ledger import open_ledger
from sayso.record import Reading

EXAMPLES = Path(__file__).parents[1] / "examples"
TRIES_A_LEDGER, TRIES_A_STOP = 10, 5
"""After how many tries a new ledger is begun, and the server is stopped in place of the program."""

TRIES_A_NOTE = 50
"""After how many tries it is told how it goes."""
LONGEST_SECONDS, OPENING_SECONDS = 0.05, 0.5
"""How much longer a try goes on than until it has kept as many reports as it is to keep."""


def list_sentences() -> list[str]:
    """Sentences of the examples, none of them long."""
    found = []
    for path in sorted(EXAMPLES.glob("*/*.md")):
        body = path.read_text(encoding="utf8").split("---\n", 2)[-1]
        found += [line for part in body.split("\n") for line in part.split(". ") if 30 < len(line) < 160]
    return found


def warm_up() -> None:
    """Load now what every fork would load for itself: the model, and all that is imported late."""
    with tempfile.TemporaryDirectory() as folder, open_ledger(":memory:") as ledger:
        path = Path(folder) / "reports.jsonl"
        path.write_text(json.dumps({"text": "Forty miners are missing, the mayor said on Friday."}), encoding="utf8")
        add_all(ledger, [str(path)])
        list(ledger.verify())
    gc.collect()
    gc.freeze()


def add_until_killed(where: str, inputs: str, tell: int) -> None:
    """Add a file's reports, and write the digest of each that is kept to a pipe."""

    def add_reading(reading: Reading, *, extractor: str) -> bool:
        new = keep(reading, extractor=extractor)
        os.write(tell, f"{reading.report.digest}\n".encode())
        return new

    with open_ledger(where) as ledger:
        keep: Callable[..., bool] = ledger.add_reading
        setattr(ledger, "add_reading", add_reading)  # noqa: B010
        add_all(ledger, [inputs])


def kill_once(where: str, inputs: str, after: int, seconds: float, stop: Callable[[], object] | None) -> set[str]:
    """Let a fork add reports until it has kept some, and a moment longer, then kill it (or `stop` what it needs); gives
    what it said is kept."""
    hear, tell = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(hear)
        try:
            add_until_killed(where, inputs, tell)
        except Error:
            os._exit(1)  # The server is gone.
        finally:
            os._exit(0)
    os.close(tell)
    heard = b""
    while heard.count(b"\n") < after and (more := os.read(hear, 4096)):
        heard += more
    time.sleep(seconds)
    if stop is None:
        os.kill(child, signal.SIGKILL)
    else:
        stop()
    os.waitpid(child, 0)
    with os.fdopen(hear, "rb") as rest:
        heard += rest.read()
    return {line.decode() for line in heard.split(b"\n")[:-1]}  # The last may be cut: it was being said.


def look_after(where: str, said: set[str]) -> tuple[int, int]:
    """How many faults a ledger has, and how many lacks of what was said to be kept."""
    with open_ledger(where) as ledger:
        faults = list(ledger.verify())
        for problem in faults:
            print(f"{where}: {problem.input}: {problem.message}", flush=True)
        return len(faults), len(said - {digest for _, digest in ledger.list_new()})


def run_tries(arguments: argparse.Namespace, server: Server | None, folder: Path) -> Counter[str]:
    """All tries, and what came of them."""
    luck, counts, sentences = random.Random(arguments.seed), Counter[str](), list_sentences()
    where, said, inputs = "", set[str](), folder / "reports.jsonl"
    for number in range(arguments.times):
        if number % TRIES_A_LEDGER == 0:
            where, said = server.make_database() if server else str(folder / f"{number}.db"), set()
        rows = ({"id": f"{number}-{n}", "text": luck.choice(sentences)} for n in range(arguments.reports))
        inputs.write_text("".join(json.dumps(row | {"outlet": f"Outlet {row['id']}"}) + "\n" for row in rows))
        stopping = server if server and number % TRIES_A_STOP == TRIES_A_STOP - 1 else None
        stop = partial(stopping.stop, signal.SIGQUIT) if stopping else None
        after = luck.randrange(arguments.reports)
        # Before the first it is opened or made, which takes longer than to keep one more.
        seconds = luck.uniform(0.0, LONGEST_SECONDS if after else OPENING_SECONDS)
        heard = kill_once(where, str(inputs), after, seconds, stop)
        if stopping:
            stopping.start()
            counts["server stopped"] += 1
        said |= heard
        counts["tries"] += 1
        counts["said to be kept"] += len(heard)
        counts["ended before it was killed"] += len(heard) == arguments.reports
        counts["killed before any was kept"] += not heard
        try:
            faults, lost = look_after(where, said)
        except Error as error:
            print(f"try {number}: {error}", flush=True)
            counts["not opened"] += 1
            continue
        counts["opened and verified"] += not faults
        counts["lost"] += lost
        if (number + 1) % TRIES_A_NOTE == 0:
            print(tell_counts(counts), flush=True)
    return counts


def tell_counts(counts: Counter[str]) -> str:
    """The counts in words."""
    return ", ".join(f"{count} {name}" for name, count in counts.items())


def main() -> int:
    """Try, and print the counts."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--ledger", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--reports", type=int, default=12, help="reports that each try adds")
    arguments = parser.parse_args()
    warm_up()
    serving = run_server() if arguments.ledger == "postgres" else nullcontext()
    with serving as server, tempfile.TemporaryDirectory(prefix="sayso-crashes-") as folder:
        counts = run_tries(arguments, server, Path(folder))
    print(tell_counts(counts))
    return int(counts["opened and verified"] != arguments.times or counts["lost"] > 0)


if __name__ == "__main__":
    sys.exit(main())
