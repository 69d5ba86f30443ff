"""Damages small valid inputs of each format, and counts what `read` makes of them.

    python benchmarks/fuzz.py [READER|all] [N] [SEED]

Each of N damaged inputs must give reports, problems or remarks: never an exception, no more than 10 s, no more than
1 GB. They are read in a child process with these limits, which is started again where it dies. Prints a line a reader,
and the number of each input that failed: `--show READER NUMBER SEED` writes that input to standard output.
"""

from __future__ import annotations

import io
import os
import random
import resource
import signal
import sys
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable
from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection

from fuzz_samples import list_samples

SECONDS, BYTES = 10, 1_000_000_000
MOST_SIZE = 400_000
"""Bytes of a damaged input."""
GOOD = ("Report", "Problem", "nothing")
"""What may come of an input; of one that gives nothing it is said that it holds no report."""
TOKENS = [
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\r\n",
    b"\n\n",
    b'"',
    b"'",
    b"<",
    b">",
    b"</p>",
    b"<![CDATA[",
    b"]]>",
    b"&a;",
    b"&#0;",
    b"&#x110000;",
    b"{",
    b"}",
    b"[",
    b"]",
    b"(" * 200,
    b"[" * 2000,
    b"{" * 300,
    b"<div>" * 300,
    b"9" * 400,
    b"-1",
    b"1e999",
    b"NaN",
    b"null",
    b"2031-02-30",
    b"99/99/9999",
    b"24:00",
    b"%00",
    b"../../",
    b"\\u0000",
    b"\\'",
    b"{\\rtf1",
    b"--",
    b"-->",
    b"=?utf-8?q?",
    b"Content-Type: multipart/mixed; boundary=a\n\n--a\n",
    b"\x1f\x8b\x08",
    b"PK\x03\x04",
    b"%PDF-1.4",
    b"<!DOCTYPE a [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;&a;'>]>",
    "\u202e\u200d".encode(),
    "\U0001f600".encode(),
    "и".encode("cp1251"),
    b"\x80\x81\x82",
]


def damage_bytes(content: bytes, chance: random.Random) -> bytes:
    """The bytes with one to six pieces flipped, cut out, doubled, moved, or replaced by what often breaks readers."""
    for _ in range(chance.choice((1, 1, 2, 3, 6))):
        start = chance.randrange(len(content) + 1)
        end = min(len(content), start + int(chance.paretovariate(0.7)))
        piece = content[start:end]
        way = chance.randrange(8)
        if way == 0 and piece:
            piece = bytes([piece[0] ^ (1 << chance.randrange(8))]) + piece[1:]
        elif way == 1:
            piece = b""
        elif way == 2:
            piece = piece * chance.choice((2, 3, 50, 500))
        elif way == 3:
            piece = chance.choice(TOKENS) + piece
        elif way == 4:
            piece = chance.choice(TOKENS)
        elif way == 5:
            piece = chance.randbytes(len(piece) or 3)
        elif way == 6:
            other = chance.randrange(len(content) + 1)
            piece = content[other : other + len(piece)] + piece
        else:
            content, piece, end = content[:start], b"", len(content)
        content = (content[:start] + piece + content[end:])[:MOST_SIZE]
    return content


def damage_parts(content: bytes, chance: random.Random) -> bytes:
    """A ZIP archive with one of its parts damaged and packed again, or its own bytes damaged."""
    if chance.random() < 0.3:
        return damage_bytes(content, chance)
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        hit = chance.choice(names)
        for name in names:
            part = old.read(name)
            new.writestr(name, damage_bytes(part, chance) if name == hit else part)
    return made.getvalue()


def make_input(name: str, number: int, seed: int) -> tuple[str, bytes]:
    """The name and bytes of one damaged input, the same for the same numbers."""
    file, content = list_samples()[name]
    chance = random.Random(f"{name} {number} {seed}")
    damage: Callable[[bytes, random.Random], bytes] = damage_parts if content.startswith(b"PK") else damage_bytes
    return file, damage(content, chance)


def read_some(name: str, first: int, last: int, seed: int, pipe: Connection) -> None:
    """In the child: read the damaged inputs, and tell of each before and after."""
    import warnings

    from sayso.read.openings import Source
    from sayso.read.readers import Options, read_source

    warnings.simplefilter("ignore")
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, 2)
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    for number in range(first, last):
        file, content = make_input(name, number, seed)
        pipe.send(("begin", number, 0.0))
        began = time.perf_counter()
        signal.alarm(SECONDS)
        try:
            source = Source(name=file, chunks=iter([content]))
            kinds = {type(item).__name__ for item in read_source(source, Options())}
            done = "Report" if "Report" in kinds else "Problem" if "Problem" in kinds else "nothing"
        except MemoryError:
            done = "memory"
        except Exception:
            done = "crash: " + traceback.format_exc().strip().splitlines()[-1][:150]
        signal.alarm(0)
        pipe.send((done, number, time.perf_counter() - began))
    pipe.send(("peak", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, 0.0))


def fuzz(name: str, count: int, seed: int) -> bool:
    """Read so many damaged inputs of one format and print what came of it; whether none failed."""
    counts: Counter[str] = Counter()
    failed: list[str] = []
    slowest, peak, at = 0.0, 0, 0
    while at < count:
        mine, theirs = Pipe(duplex=False)
        child = Process(target=read_some, args=(name, at, count, seed, theirs))
        child.start()
        theirs.close()
        begun = at
        try:
            while True:
                word, number, seconds = mine.recv()
                if word == "peak":
                    peak = max(peak, number // 1024)
                elif word == "begin":
                    begun = number
                else:
                    at, slowest = number + 1, max(slowest, seconds)
                    counts[word.split(":")[0]] += 1
                    if word not in GOOD:
                        failed.append(f"{name} {number}: {word}")
        except EOFError:
            child.join()
        if at < count:
            word = "hang" if child.exitcode == -signal.SIGALRM else f"died ({child.exitcode})"
            counts[word] += 1
            failed.append(f"{name} {begun}: {word}")
            at = begun + 1
    told = ", ".join(f"{word} {number:,}" for word, number in counts.most_common())
    print(f"{name:10} {count:7,} inputs: {told}; slowest {slowest:.2f} s, peak {peak} MB", flush=True)
    for line in failed[:20]:
        print(f"  {line}")
    return not failed


def main(words: list[str]) -> None:
    """Fuzz, or show one input."""
    if words[:1] == ["--show"]:
        sys.stdout.buffer.write(make_input(words[1], int(words[2]), int(words[3]) if words[3:] else 1)[1])
        return
    names = list(list_samples()) if not words or words[0] == "all" else words[0].split(",")
    count, seed = int(words[1]) if words[1:] else 500, int(words[2]) if words[2:] else 1
    done = [fuzz(name, count, seed) for name in names]
    sys.exit(0 if all(done) else 1)


if __name__ == "__main__":
    main(sys.argv[1:])
