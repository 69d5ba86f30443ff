"""The commands: a thin face over the journey."""

from __future__ import annotations

import sys

from sayso.extract import read_report
from sayso.forms import dump_json, row_of_reading
from sayso.read import read_inputs
from sayso.record import Report


def run() -> None:
    """A stand-in for the command line until the real one lands: `sayso read PATH...`."""
    for item in read_inputs(sys.argv[2:]):
        if isinstance(item, Report):
            sys.stdout.write(dump_json(row_of_reading(read_report(item))) + "\n")


if __name__ == "__main__":
    run()
