"""From bytes to reports."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sayso.ids import digest_report
from sayso.record import Problem, Raw, Report


def read_inputs(inputs: Iterable[str]) -> Iterator[Raw | Report | Problem]:
    """A stand-in that reads JSON Lines and front matter only, until the real one lands."""
    for name in inputs:
        path = Path(name)
        files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        for file in files:
            text = file.read_text(encoding="utf8")
            if file.suffix == ".jsonl":
                rows = [json.loads(line) for line in text.splitlines() if line.strip()]
            elif text.startswith("---\n"):
                import yaml

                _, head, body = text.split("---\n", 2)
                rows = [{**yaml.safe_load(head), "text": body.strip("\n")}]
            else:
                rows = [{"text": text}]
            for row in rows:
                words = str(row.get("published") or "")
                when = datetime.fromisoformat(words) if words else None
                if when and when.tzinfo is None:
                    when = when.replace(tzinfo=UTC)
                report = Report(
                    id=str(row.get("id", "")),
                    text=row["text"],
                    outlet=row.get("outlet") or "",
                    title=row.get("title") or "",
                    author=row.get("author") or "",
                    published=when,
                    published_words=words,
                    published_exact=len(words) > 10,
                    language=row.get("language") or "",
                    url=row.get("url") or "",
                    cites=tuple(row.get("cites", ())),
                )
                digest = digest_report(report)
                yield replace(report, digest=digest, id=report.id or digest)
