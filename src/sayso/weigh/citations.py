"""Who cites which outlet: by its reporting ("the Daily reported"), as the place of an interview, or in a byline.

Outlets are those of ``tables/outlets.tsv`` and those of the reports at hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sayso.record import Report
from sayso.tables import load_rows
from sayso.who.institutions import fold
from sayso.who.offices import CAPITALS, find_spelling, initials, load_words, names_country

LONGEST_NAME_WORDS = 6
NAME_WORD = re.compile(r"[^\W_][\w&/.'’-]*")

SAYS = (
    r"reported|reports|report|said|says|wrote|writes|revealed|reveals|quoted|quotes|cited|cites|citing|quoting|claimed"
    r"|claims|published|learned|learnt|noted|notes|understands|disclosed|broke|put|puts|speaks|spoke|account|story|article"
    r"|investigation|analysis|estimates|estimated|added|adds|announced"
)
AFTER = re.compile(
    r"^(?:['’]s|['’])?,?\s*(?:(?:news\s+agency|newspaper|daily|agency|magazine|broadcaster|website|outlet|channel|has|had|have"
    r"|also|first|later|then|earlier|on|late|early|last|week|this|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day),?\s+){0,4}(?:" + SAYS + r")\b",
    re.IGNORECASE,
)
RELAY_BEFORE = re.compile(
    r"(?:citing|cites|cited|quoting|quoted\s+(?:by|in)|according\s+to|reported\s+(?:by|in)|report\s+(?:by|in|from)|reports\s+(?:by|in|from)"
    r"|carried\s+by|published\s+(?:by|in|on)|per|via|said|says|told\s+by|obtained\s+by|seen\s+by|article\s+in|account\s+in|story\s+in"
    r"|investigation\s+by|analysis\s+by|interviewed\s+by|read\s+in|credited\s+to|first\s+in|learned\s+from)"
    r"\s+(?:(?:a|an|the|its|state|news|agency|newspaper|daily|broadcaster|report|by|in|from|media|outlet|website|"
    r"[A-Z][a-z]+(?:['’]s)?)\s+){0,4}$",
)
VENUE_BEFORE = re.compile(
    r"(?:told|tells|telling|interview\s+(?:with|to|on|for)|statement\s+to|speaking\s+(?:to|with|on)|spoke\s+(?:to|with)|speaks\s+to|"
    r"comments?\s+to|remarks\s+to|talking\s+to|talked\s+to|briefed|informed|message\s+to|e-?mail\s+to|appearing\s+on|appearance\s+on"
    r"|interviewed\s+by|told\s+(?:a\s+)?reporters?\s+(?:from|at|for|of))"
    r"\s+(?:(?:a|an|the|state|public|news|agency|newspaper|daily|broadcaster|correspondent|of|by|its|[A-Z][a-z]+['’]s)\s+){0,5}$",
)
ARTICLE = re.compile(r"\b[Tt]he\s$")
DATELINE = re.compile(r"^[^\n]{0,60}?\(([^()\n]{2,40})\)\s*[-–—:]")
SIGNED = re.compile(r"(?:^|[\s(\[–—-])([A-Z][\w./ ]{1,30}?)\s*[)\].]?\s*$")
AGENCY = re.compile(r"\b(?:Agency|Wire|Press|News|Newswire|Dispatch|Telegraph|Information)\b")
PAPER = re.compile(
    r"Courier|Gazette|Post|Herald|Times|Tribune|Chronicle|Observer|Monitor|Review|Journal|Star|Echo|Argus|Ledger|Examiner"
    r"|Mercury|Sentinel|Standard|Telegraph|Bulletin|Dispatch|Enquirer|Globe|Mail|Record|Register|Advertiser|Digest"
)
TITLE_START = re.compile(r"^([^:\n]{2,40}):\s")
TITLE_END = re.compile(r"[\s,]\s*(?:[-–—|:(,]|reports?|says?|via|by)\s*([^-–—|:()\n]{2,40}?)\)?\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """An outlet named at `start`-`end` of a report's text (in its title where `start` is negative). `kind` is relay
    (it reported), venue (a source told it) or byline (the text is a wire's). `text` are the words that show it."""

    outlet: str
    kind: str
    start: int
    end: int
    text: str


@dataclass(slots=True)
class Outlets:
    """All outlets known here: the table's and those of the reports at hand. `names` has them by folded name; those in
    `with_article` are single words ("The Times") that name an outlet only after "the"."""

    names: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    with_article: set[str] = field(default_factory=set)

    def name(self, words: str) -> str:
        """The outlet's one name, or the words themselves where nothing is known of them."""
        bare = re.sub(r"\s+\d+$", "", words.strip())
        return self.names.get(fold(bare), bare)

    def find(self, text: str) -> list[tuple[int, int, str]]:
        """Start, end and outlet of every mention of an outlet's name, in capitals as names are."""
        words = list(NAME_WORD.finditer(text))
        found, at = [], 0
        while at < len(words):
            step = 1
            first = words[at].group()
            if first[0].isupper():
                for size in range(min(LONGEST_NAME_WORDS, len(words) - at), 0, -1):
                    end = words[at + size - 1].end()
                    piece = re.sub(r"(?:['’]s?|[.'’])$", "", text[words[at].start() : end])
                    if "\n" in piece or len(piece) < 2:
                        continue
                    name = self.names.get(fold(piece)) if piece == piece.strip() else None
                    if name and fold(piece) in self.with_article and not ARTICLE.search(text, 0, words[at].start()):
                        continue
                    if name and (len(piece) > 3 or piece.isupper()):
                        found.append((words[at].start(), words[at].start() + len(piece), name))
                        step = size
                        break
            at += step
        return found


def gather_outlets(reports: Iterable[Report]) -> Outlets:
    """The outlets of the table and of these reports (their outlets and those they cite)."""
    reports = list(reports)
    outlets = Outlets()
    for row in load_rows("outlets.tsv"):
        outlets.kinds[row["name"]] = row["kind"]
        for name in (row["name"], *(row["aliases"] or "").split("|")):
            if name:
                outlets.names.setdefault(fold(name), row["name"])
                if name.startswith("The ") and " " not in fold(name):
                    outlets.with_article.add(fold(name))
    for report in sorted(reports, key=lambda r: (r.outlet, r.id)):
        if report.outlet.strip():
            outlets.names.setdefault(fold(report.outlet), report.outlet.strip())
    settle_initials(outlets, reports)
    name_shortly(outlets, reports)
    return outlets


def settle_initials(outlets: Outlets, reports: Sequence[Report]) -> None:
    """Let initials in these reports stand for the outlet that they spell here, else for a known one whose state some
    report names, else for themselves: the letters of an unknown agency may be those of another far away."""
    used: dict[str, list[Report]] = {}
    for report in reports:
        for letters in {m.group() for m in CAPITALS.finditer(f"{report.author} {report.title} {report.text}")}:
            used.setdefault(letters, []).append(report)
    countries = {row["name"]: row["country"] for row in load_rows("outlets.tsv")}
    own = {initials(report.outlet.split()): report.outlet.strip() for report in reports if " " in report.outlet.strip()}
    for letters in sorted(used.keys() - load_words("initials")):
        users = used[letters]
        name = own.get(letters) or next((s for r in users if (s := find_spelling(letters, r.text))), "")
        if name and (is_agency(name) or fold(letters) in outlets.names):
            # A body that is no agency may have an outlet's initials.
            outlets.names[fold(letters)] = name
            outlets.names.setdefault(fold(name), name)
            if is_agency(name):
                outlets.kinds.setdefault(name, "wire")
        elif known := outlets.names.get(fold(letters), ""):
            state = countries.get(known) or ""
            spelt = known in own.values() or (known != letters and any(known in r.text for r in users))
            if state and not spelt and not any(names_country(state, r.text) for r in users):
                outlets.names[fold(letters)] = letters
                outlets.kinds.setdefault(letters, outlets.kinds.get(known, "wire"))


def is_agency(name: str) -> bool:
    """Whether a name is that of a news agency."""
    return AGENCY.search(name) is not None


def name_shortly(outlets: Outlets, reports: Sequence[Report]) -> None:
    """Let the last word of a newspaper's name stand for it after "the" ("the Gazette"), where it is the only one of
    that name in these reports and no other outlet is known by it."""
    named: dict[str, set[str]] = {}
    for report in reports:
        words = report.outlet.split()
        if len(words) > 1 and PAPER.fullmatch(words[-1]):
            named.setdefault(fold(words[-1]), set()).add(report.outlet.strip())
    for short, names in sorted(named.items()):
        if len(names) == 1 and short not in outlets.names:
            outlets.names[short] = next(iter(names))
            outlets.with_article.add(short)


def find_citations(report: Report, outlets: Outlets) -> list[Citation]:
    """Every place where a report's title, text, author or own list credits an outlet, in order."""
    found = []
    text = report.text
    for start, end, name in outlets.find(text):
        before, after = text[max(0, start - 90) : start], text[end : end + 60]
        left = before.rsplit("\n", 1)[-1]
        kind = ""
        if VENUE_BEFORE.search(left):
            kind = "venue"
        elif outlets.kinds.get(name) == "platform":
            continue
        elif AFTER.match(after) or RELAY_BEFORE.search(left):
            kind = "relay"
        if kind:
            shown = text[max(start - 40, text.rfind("\n", 0, start) + 1) : min(end + 30, len(text))]
            found.append(Citation(outlet=name, kind=kind, start=start, end=end, text=trim_words(shown.split("\n")[0])))
    return [*find_in_title(report, outlets), *find_bylines(report, outlets), *found]


def find_in_title(report: Report, outlets: Outlets) -> list[Citation]:
    """A title that credits an outlet: "Daily: they are gone", "They are gone - Daily", "..., says Daily"."""
    found = []
    for pattern in (TITLE_START, TITLE_END):
        match = pattern.search(report.title)
        if match and (name := outlets.names.get(fold(match.group(1)))) and outlets.kinds.get(name) != "platform":
            found.append(Citation(outlet=name, kind="relay", start=-1, end=-1, text=report.title))
    return found


def find_bylines(report: Report, outlets: Outlets) -> list[Citation]:
    """A wire's name as author, in the dateline, or signed at the end; and the outlets a dispatch lists."""
    found: list[Citation] = []
    lines = report.text.rstrip().rsplit("\n", 1)
    for shown in (report.author, *(m.group(1) for m in [DATELINE.search(report.text)] if m), *signed(lines[-1])):
        name = outlets.names.get(fold(shown)) if shown else None
        if name and outlets.kinds.get(name) == "wire" and name not in {c.outlet for c in found}:
            found.append(Citation(outlet=name, kind="byline", start=-1, end=-1, text=shown.strip()))
    return found


def signed(line: str) -> list[str]:
    """What a last line is signed with: "... 5 km away. - AFP", "(Reuters)"."""
    tail = line[-40:]
    match = SIGNED.search(tail)
    return [match.group(1), match.group(1).split()[-1]] if match and match.group(1).split() else []


def trim_words(shown: str) -> str:
    """A passage cut at whole words."""
    words = shown.split()
    return " ".join(words[1:-1] if len(words) > 6 else words)
