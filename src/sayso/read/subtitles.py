"""Subtitles (SubRip and WebVTT): what was said in a film or a broadcast, with the times at which it was said.

Lines that belong together become a paragraph, which begins with its time in the film on a line of its own
("[00:01:10]"); who speaks, where the subtitles say so, stands before the words as in a transcript.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sayso.read.cleanings import clean_text
from sayso.read.encodings import decode_bytes
from sayso.read.reports import Content, Facts, make_report
from sayso.record import Problem, Report

MAX_CUES = 100_000
PAUSE = 4.0
"""Seconds of silence after which a new paragraph begins."""
LONGEST = 400
"""Code points of a paragraph from which the next sentence begins a new one."""
_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[,.](\d{1,3})"
_CUE = re.compile(rf"^{_TIME}[ \t]*-->[ \t]*{_TIME}.*$")
_VOICE = re.compile(r"<v(?:\.[\w.]{1,60})?[ \t]+([^<>]{1,100})>")
_TAG = re.compile(r"</?[\w.:-]{1,40}(?:[ \t][^<>]{0,200})?>|\{\\[^{}]{1,40}\}|<\d[\d:.]{1,20}>")
_DASH = re.compile(r"^(?:[-–—]\s*|>>+\s*)")


@dataclass(frozen=True, slots=True)
class Cue:
    """What is shown at once: from and until when, in seconds, who speaks ("" where it is not said) and the words."""

    start: float
    end: float
    speaker: str
    words: str


def read_subtitles(content: Content) -> Iterator[Report | Problem]:
    """The report of some subtitles; a problem where they have no words."""
    text = decode_bytes(content.content, content.charset) or ""
    cues = list(list_cues(text))
    body = join_cues(cues)
    if not body:
        message = "subtitles without words; save them again as SRT or VTT"
        yield Problem(step="read_subtitles", input=content.name, message=message)
        return
    yield make_report(body, Facts(file=content.name), raw=content.sha256, retrieved=content.retrieved)


def list_cues(text: str) -> Iterator[Cue]:
    """The cues of subtitles in their order; notes and styles are left out, and words shown twice, as programs that
    listen roll them up, are given once."""
    lines = [line.rstrip("\r").strip() for line in text.lstrip("\ufeff").split("\n")]
    starts = [(n, match) for n, line in enumerate(lines) if "-->" in line and (match := _CUE.match(line))][:MAX_CUES]
    shown: list[str] = []
    for at, (n, match) in enumerate(starts):
        until = starts[at + 1][0] if at + 1 < len(starts) else len(lines)
        # A blank line ends a cue; what stands before the next time is its number or name.
        blank = next((k for k in range(n + 1, until) if not lines[k]), until)
        said = [line for line in lines[n + 1 : blank] if line]
        new = [line for line in said if line not in shown]
        shown = said
        words = " ".join(new)
        voice = _VOICE.search(words)
        words = " ".join(clean_text(_TAG.sub("", words)).split())
        if words:
            start, end = _count_seconds(match.groups()[:4]), _count_seconds(match.groups()[4:])
            yield Cue(start, end, " ".join(voice[1].split()) if voice else "", words)


def _count_seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, rest = (part or "0" for part in parts)
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds) + float(f"0.{rest}")


def join_cues(cues: list[Cue]) -> str:
    """The text of some cues: paragraphs with their times. A new one begins after a pause, with another speaker, at a
    dash, and after a sentence where it is long."""
    parts: list[str] = []
    size, previous = 0, None
    for cue in cues:
        new = (
            previous is None
            or cue.start - previous.end > PAUSE
            or (cue.speaker and cue.speaker != previous.speaker)
            or bool(_DASH.match(cue.words))
            or (size > LONGEST and previous.words.endswith((".", "!", "?", "…")))
        )
        words = _DASH.sub("", cue.words)
        if new:
            speaker = f"{cue.speaker}: " if cue.speaker else ""
            parts.append(f"\n\n[{name_time(cue.start)}]\n{speaker}{words}")
            size = len(words)
        else:
            parts.append(f" {words}")
            size += len(words)
        previous = cue
    return "".join(parts).strip("\n")


def name_time(seconds: float) -> str:
    """Seconds from the beginning as "00:01:10"."""
    whole = int(seconds)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"
