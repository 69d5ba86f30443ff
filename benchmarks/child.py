"""What it costs to parse in a child: a folder of honest files, read both ways by turns, in one run.

    python benchmarks/child.py [FOLDER] [--pages 60] [--times 5]

Without a folder, pages are made from the texts of the examples. Prints the seconds of computing of both ways, children
and all, the middle of the turns; what extraction takes beside that; and the share of the whole (reading and
extraction, as `sayso add` does both) that the child costs.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

EXAMPLES = Path(__file__).parents[1] / "examples"
RUN = """
import sys
from sayso.extract import read_report
from sayso.read.openings import Source, list_files, open_file
from sayso.read.readers import Options, read_source
from sayso.record import Report
apart, whole = sys.argv[2] == "apart", sys.argv[3] == "whole"
for name in list_files(sys.argv[1]):
    for item in read_source(Source(name=name, chunks=open_file(name)), Options(apart=apart)):
        if whole and isinstance(item, Report):
            read_report(item)
"""


def make_folder(folder: Path, pages: int) -> None:
    """Honest pages of the texts of the examples, over and over."""
    texts = [path.read_text(encoding="utf8").split("---\n", 2)[-1] for path in sorted(EXAMPLES.glob("*/*.md"))]
    for number in range(pages):
        body = "".join(f"<p>{part}</p>" for part in texts[number % len(texts)].split("\n\n"))
        page = f"<html><head><title>Page {number}</title></head><body><article>{body}</article></body></html>"
        (folder / f"{number:04}.html").write_text(page, encoding="utf8")


def measure(folder: str, way: str, what: str) -> float:
    """The seconds of computing that a run takes, children and all."""
    before = os.times()
    subprocess.run([sys.executable, "-c", RUN, folder, way, what], check=True)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def main() -> None:
    """Read both ways by turns."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", default="")
    parser.add_argument("--pages", type=int, default=60)
    parser.add_argument("--times", type=int, default=5)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        if not chosen.folder:
            make_folder(Path(made), chosen.pages)
        folder = chosen.folder or made
        turns = [(measure(folder, "apart", "read"), measure(folder, "here", "read")) for _ in range(chosen.times)]
        whole = measure(folder, "here", "whole")
    apart, here = median(turn[0] for turn in turns), median(turn[1] for turn in turns)
    cost = median(a - h for a, h in turns)
    print(f"read in a child {apart:.2f} s, in one process {here:.2f} s, with extraction {whole:.2f} s")
    print(f"the child costs {cost:.2f} s, {100 * cost / whole:.1f} % of the whole")


if __name__ == "__main__":
    main()
