"""The words in a package for people who never saw sayso: a lawyer, an editor, an archivist."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.harms import clean_text
from sayso.share.evidence.heads import Included, Subject

WORDS = """\
EVIDENCE
========

This package holds what a program called sayso kept of

    {subject}

It was packed on {made}{by} with {tool}. It shows who published what, in which words, when it was
collected, and what was done to it afterwards. It does not show that anything reported is true.

Reports in it
-------------
{reports}

What is where
-------------
raws/         The files exactly as they were received: pages, feeds, documents, pictures of pages. A file's name is its
              own fingerprint (SHA-256): if one letter of the file were changed, the name would no longer fit.
texts/        The text that was read from each file, in UTF-8.
reports/      For each text: outlet, title, author, date of publication, address, where they are known.
readings/     What the program found in each text: who is quoted, which claims are made, with the place of each in the
              text (numbers of characters from its beginning).
archive/, indexes/, pages/
              The received files once more, as a web archive that programs such as ReplayWeb.page open.
evidence/     claims.json: every claim with its words. journey.txt: how the program came to what it says, in words.
              custody.jsonl: what was done, when and by whom, in order. conversions.jsonl: which text was made from
              which file and which reading from which text. evidence.json: the list of all files, with fingerprints.
              evidence.tsr, if there: a time stamp of an independent authority (RFC 3161).

How to check it
---------------
  sayso verify PACKAGE             checks every fingerprint, every place in a text and every id
  bagit.py --validate FOLDER       checks a BagIt folder (RFC 8493) without sayso
  wacz validate -f FILE.wacz       checks a WACZ file without sayso
  sha256sum evidence/evidence.json gives the root hash, also without sayso

The root hash stands for the whole package. Note it down, or send it to somebody, when you get the package: whoever
changes the package and then makes all fingerprints anew cannot keep the root hash as it was. A time stamp proves that
the package existed, as it is, at a certain time.

What it does not hold
---------------------
What a server sent beside a page (the headers of its answer) was not kept. Who collected a file is said only where it
was added with --capture. Times are those of the computer that collected. Folders that files lay in are left out of the
log. A received file is whole, so that it may hold more than the reports that are listed here.
"""


def write_readme(subject: Subject, made: str, by: str, tool: str, reports: Sequence[Included]) -> str:
    """The README of a package."""
    lines = (f"- {clean_text(report.id)}: {clean_text(report.because)}" for report in reports)
    return WORDS.format(
        subject=f"one {subject.kind}: {clean_text(subject.name)} ({clean_text(subject.id)})",
        made=made,
        by=f" by {clean_text(by)}" if by else "",
        tool=tool,
        reports="\n".join(lines),
    )
