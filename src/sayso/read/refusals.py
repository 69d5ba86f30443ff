"""What is refused by name: files that hold no report that can be read, and papers that lie beside reports."""

from __future__ import annotations

import re
from functools import cache
from pathlib import PurePath

from sayso.tables import load_rows

READ = "web pages, text, Markdown, PDF, Word, RTF, EPUB, tables, JSON, feeds, e-mail, subtitles, WARC and ZIP are read"
"""What to name to whoever gives something else."""
_ENDING = r"(?:\.(?:md|markdown|txt|text|rst|org|adoc|html?|pdf))?"
_PAPERS = re.compile(
    rf"(?:(?:read-?me|licen[cs]e|copying)(?:[._-]\w{{1,12}}(?:\.\d{{1,3}})?)?|changelog|changes|contributing|contributors"
    rf"|authors|credits|notice|install|todo|notes?|code[_-]of[_-]conduct|makefile|requirements|citation){_ENDING}",
    re.IGNORECASE,
)


def is_refused(suffix: str) -> bool:
    """Whether files whose names end so hold no report that can be read."""
    return suffix.removeprefix(".") in load_refused()


def explain_refusal(suffix: str) -> str:
    """What a file is by the end of its name and what to do instead, in one line."""
    row = load_refused().get(suffix.removeprefix("."))
    if row:
        return f"{row['what']} ({suffix}), no report; {row['instead']}"
    return f'a "{suffix}" file, which is not known; {READ}; rename it to end in .txt if it holds the text of a report'


def name_kind(suffix: str) -> str:
    """The plural name of the kind of a file that is passed over, by the end of its name."""
    row = load_refused().get(suffix.removeprefix("."))
    return row["many"] if row else f"{suffix} files" if suffix else "files that no name says to be reports"


def is_paper(name: str) -> bool:
    """Whether a file is by its name one of those that lie beside reports and are none: README, LICENSE, notes."""
    return bool(_PAPERS.fullmatch(PurePath(name).name))


@cache
def load_refused() -> dict[str, dict[str, str]]:
    """The row of the table by each end of a name, without its dot."""
    return {suffix: row for row in load_rows("refused.tsv") for suffix in row["suffixes"].split()}
