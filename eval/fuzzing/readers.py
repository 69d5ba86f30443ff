"""Readers: small valid files of each format, damaged where their structure is.

Whatever the bytes are, there come reports with words, problems of one line and remarks.
"""

from __future__ import annotations

from dataclasses import fields
from random import Random

from fuzzing.cases import Case, Target, expect
from fuzzing.damages import damage_file
from fuzzing.samples import list_samples


def make(chance: Random) -> Case:
    """A damaged file, now and then under the name of another format."""
    samples = list_samples()
    file, content = samples[chance.choice(list(samples))]
    content = damage_file(content, chance)
    if chance.random() < 0.05:
        file = samples[chance.choice(list(samples))][0]
    return Case(file, content)


def check(case: Case) -> str:
    """Read it, named by the user or found in a folder."""
    from sayso.ids import digest_report
    from sayso.read.openings import Source
    from sayso.read.readers import Options, read_source
    from sayso.record import Problem, Raw, Remark, Report

    # In this process, which has limits of its own and tells what was raised, where that can be chosen.
    options = Options(**{one.name: False for one in fields(Options) if one.name == "apart"})  # type: ignore[arg-type]
    told = []
    for listed in (False, True):
        source = Source(name=case.file, chunks=iter([case.content]), listed=listed)
        for item in read_source(source, options):
            if isinstance(item, Report):
                expect(item.text.strip(), "a report has words")
                expect(item.published is None or item.published.tzinfo, "a moment of publication has a zone")
                expect(isinstance(item.links, tuple) and isinstance(item.cites, tuple), "links and cites are tuples")
                told.append(digest_report(item))
            elif isinstance(item, Problem | Remark):
                expect(item.message.strip() and len(item.message.splitlines()) == 1, "a message is one line")
                expect(item.input, "a message names its input")
                expect("MemoryError" not in item.message, "a file takes no more memory than there is")
            else:
                expect(isinstance(item, Raw) or listed, "nothing that was named is passed over")
    return " ".join(told)


TARGET = Target(name="readers", share=0.3, make=make, check=check, seconds=20, bytes=1_000_000_000)
