"""What kills workers as they read: it is imported by them."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from pathlib import Path

from sayso.engines.clusters import read_batch
from sayso.record import Reading, Report

ONCE, ALWAYS, RAISES = "[kills once]", "[kills always]", "[raises]"
FOLDER = Path(__file__).parent


def read_and_die(reports: Sequence[Report], gazetteer: str, extractor: str) -> list[Reading]:
    """Read, but where a text says so: die at it, the first time or each time, or raise. The title of such a report is
    the path of a folder that remembers."""
    for report in reports:
        if ALWAYS in report.text:
            os.kill(os.getpid(), signal.SIGKILL)
        if RAISES in report.text:
            raise ValueError("a text like this")
        if ONCE in report.text:
            mark = Path(report.title, report.id)
            if not mark.exists():
                mark.touch()
                read_batch(reports[:1], gazetteer, extractor)  # Midway.
                os.kill(os.getpid(), signal.SIGKILL)
    return read_batch(reports, gazetteer, extractor)
