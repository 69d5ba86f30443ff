"""A desk elsewhere, asked from Python: the methods of `sayso.open`, over the HTTP API of `sayso serve`.

    from sayso.client import Client

    with Client("http://127.0.0.1:8600") as desk:
        print(desk.points()[0]["question"])
        desk.add("Three ferries were damaged, the harbour master said.", published="2024-03-28")

Whatever cannot be done raises `sayso.Error` with the words of the desk. What is asked twice is answered from the first
time where nothing has changed since. A write carries a key, so that it can be sent again and is done once.
"""

from __future__ import annotations

import secrets
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import TracebackType
from typing import Any, Self, TypedDict, Unpack

import httpx

from sayso.api.narrowings import Moment, Narrowing
from sayso.api.pairs import Claimed
from sayso.api.rows import Rows
from sayso.api.texts import Facts
from sayso.errors import Error
from sayso.files import replace_file

Row = dict[str, Any]
BASE = "/api/v1"
COOKIE, HEADER = "sayso_csrf", "x-csrf"
"""By which a desk without accounts knows that no page of another site asks."""
TRIES, PAUSE_SECONDS, LONGEST_PAUSE = 4, 0.2, 30.0
AGAIN = frozenset((409, 429, 502, 503, 504))
"""Answers after which the same may be sent again."""
TIMEOUT_SECONDS = 120.0
"""A large story takes its time to be weighed the first time."""
MOST_ROWS = 1000
MOST_KEPT, LARGEST_KEPT = 64, 4_000_000
"""Answers that are kept to be used again, and bytes of one."""
BEGUN_ANEW = 3
"""How often a list is begun anew that the ledger's growth has cut off."""


class Deciding(TypedDict, total=False):
    """The rest of a judgement: a second claim or report, and a relation, grade, source or name."""

    other: str
    value: str


class Client:
    """A desk at an address. Its methods raise `Error`; close it by `with` or `close()`."""

    def __init__(
        self,
        address: str = "http://127.0.0.1:8600",
        token: str = "",
        *,
        timeout_seconds: float = TIMEOUT_SECONDS,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Ask the desk at `address`, with a `token` where it has accounts. `transport` and `sleep` are for tests."""
        headers = {"accept": "application/json", "authorization": f"Bearer {token}"}
        if not token:
            mine = secrets.token_urlsafe(24)
            headers = {"accept": "application/json", HEADER: mine, "cookie": f"{COOKIE}={mine}"}
        self.address = address.rstrip("/")
        self._http = httpx.Client(
            base_url=self.address + BASE, headers=headers, timeout=timeout_seconds, transport=transport, trust_env=False
        )
        self._sleep = sleep
        self._kept: OrderedDict[str, httpx.Response] = OrderedDict()

    def __enter__(self) -> Self:
        """The client itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Let go of the connection."""
        self._http.close()

    def __repr__(self) -> str:
        """Where the desk is."""
        return f"<a desk at {self.address}>"

    # Views.

    def points(self, **narrowing: Unpack[Narrowing]) -> Rows:
        """The questions that claims answer, with their values and how these stand to each other."""
        return self.view("points", **narrowing)

    def conflicts(self, **narrowing: Unpack[Narrowing]) -> Rows:
        """The questions on which reports disagree, the answers beside each other, with the reason."""
        return self.view("conflicts", **narrowing)

    def origins(self, **narrowing: Unpack[Narrowing]) -> Rows:
        """Where each report's information came from, and why."""
        return self.view("origins", **narrowing)

    def estimates(self, **narrowing: Unpack[Narrowing]) -> Rows:
        """The line of figures that each source gave over time."""
        return self.view("estimates", **narrowing)

    def timeline(self, **narrowing: Unpack[Narrowing]) -> Rows:
        """What happened when, and by whose word."""
        return self.view("timeline", **narrowing)

    def positions(self, **narrowing: Unpack[Narrowing]) -> Rows:
        """What each party did about a matter: asserted, denied, declined or kept silent."""
        return self.view("positions", **narrowing)

    def stories(self, **narrowing: Unpack[Narrowing]) -> Rows:
        """The stories: which reports tell of one chain of events."""
        return self.view("stories", **narrowing)

    def story(self, id: str, *, as_of: Moment = None) -> Row:
        """One story, by its id, a report of it or words of its name."""
        row: Row = self._get(f"/stories/{quote(id)}", {"as_of": as_of})
        return row

    def happenings(self, **narrowing: Unpack[Narrowing]) -> Rows:
        """What happened: one row an event or state, whoever tells of it."""
        return self.view("happenings", **narrowing)

    def grades(self, **narrowing: Unpack[Narrowing]) -> Rows:
        """How credible each claim and how reliable each source is, in the Admiralty code."""
        return self.view("grades", **narrowing)

    def reports(self, **narrowing: Unpack[Narrowing]) -> Rows:
        """The reports, in order of publication, without their texts."""
        return self.view("reports", **narrowing)

    def sources(self, **narrowing: Unpack[Narrowing]) -> Rows:
        """Whose word answers questions: how much of it, where, and its grade."""
        return self.view("sources", **narrowing)

    def changes(self, since: Moment, **narrowing: Unpack[Narrowing]) -> Rows:
        """What changed since a moment, of a day its first."""
        return self._list("/changes", {"since": since, **narrowing})

    def view(self, name: str, **narrowing: Unpack[Narrowing]) -> Rows:
        """A view by its name, as in the commands."""
        return self._list(f"/{name}", narrowing)

    def point(self, id: str, **narrowing: Unpack[Narrowing]) -> Row:
        """One point, by its id or the beginning of it."""
        row: Row = self._get(f"/points/{quote(id)}", narrowing)
        return row

    def brief(
        self,
        *,
        since: Moment = None,
        title: str = "",
        style: str = "plain",
        language: str = "en",
        **narrowing: Unpack[Narrowing],
    ) -> RemoteBrief:
        """The situation report, in any of its forms."""
        asked = {"since": since, "title": title, "style": style, "language": language, **narrowing}
        return RemoteBrief(self, asked, self._get("/brief", asked))

    def export(self, *formats: str, title: str = "", made: Moment = None, **narrowing: Unpack[Narrowing]) -> bytes:
        """The bytes of a file in a format such as csv, xlsx or geojson; of several, a ZIP with one of each.
        `title` is what it is called, `made` when it says that it was made."""
        asked = {"title": title, "made": made, **narrowing}
        return self._fetch(f"/exports/{quote(','.join(formats))}", asked)

    def explain(self, what: str, **narrowing: Unpack[Narrowing]) -> list[Row]:
        """How sayso came to a claim, point, report, origin or somebody: the steps, each with its lines."""
        steps: list[Row] = self._get("/explain", {"what": what, **narrowing})
        return steps

    # Texts.

    def read(self, report: str, *, as_of: Moment = None) -> Row:
        """A report with all that was found in it, by its id or digest."""
        row: Row = self._get(f"/reports/{quote(report)}", {"as_of": as_of})
        return row

    def search(self, words: str, *, as_of: Moment = None) -> Rows:
        """The reports that hold some words, those that fit best first, with claims that hold one of them."""
        return self._list("/search", {"q": words, "as_of": as_of})

    def check(self, text: str = "", *, as_of: Moment = None, **facts: Unpack[Facts]) -> Rows:
        """Check a text, or with `url` alone what is at an address: a row a passage, with what the ledger says of it."""
        row = self._post("/check", {"text": text, **facts}, {"as_of": as_of})
        return Rows(row["flags"], ("kind", "quote", "why"))

    def compare(self, a: str | Claimed, b: str | Claimed) -> Row:
        """How two claims stand to each other, and why."""
        pair = {name: {"text": one} if isinstance(one, str) else dict(one) for name, one in (("a", a), ("b", b))}
        return self._post("/compare", pair)

    def add(self, text: str = "", **facts: Unpack[Facts]) -> Row:
        """Read a text and keep it: how many reports were new and known, and problems. With `url` alone, what is at that
        address is read as a job, of which this is the row: see `job`."""
        return self._post("/reports", {"text": text, **facts})

    def job(self, id: str) -> Row:
        """How far the reading of an address is."""
        row: Row = self._get(f"/jobs/{quote(id)}", {})
        return row

    # What people say.

    def judgements(self, id: str = "", *, as_of: Moment = None) -> Any:
        """What analysts judged, undone or not, in the order of judging, or one judgement."""
        return self._list_or_get("/judgements", id, as_of)

    def judge(self, kind: str, target: str, *, reason: str, **rest: Unpack[Deciding]) -> Row:
        """Judge a report, claim or source; see `sayso.record.Judgement` for the kinds. The account
        signs it."""
        return self._post("/judgements", {"kind": kind, "target": target, "reason": reason, **rest})

    def undo(self, judgement: str, *, reason: str) -> Row:
        """Undo a judgement."""
        return self._post(f"/judgements/{quote(judgement)}/undo", {"reason": reason})

    def hypotheses(self, id: str = "", *, as_of: Moment = None) -> Any:
        """The questions that have hypotheses, or the matrix of one, weighed."""
        return self._list_or_get("/hypotheses", id, as_of)

    def scenarios(self, id: str = "", *, as_of: Moment = None) -> Any:
        """The sets of scenarios, or one with how each stands."""
        return self._list_or_get("/scenarios", id, as_of)

    def questions(self, id: str = "", *, as_of: Moment = None) -> Any:
        """The questions about what is to come, or one, with what the crowd expects."""
        return self._list_or_get("/questions", id, as_of)

    def forecasts(self, question: str, *, as_of: Moment = None) -> Rows:
        """What was expected of a question, by whom and when."""
        return self._list(f"/questions/{quote(question)}/forecasts", {"as_of": as_of})

    def forecast(self, question: str, *values: str, reason: str = "") -> Row:
        """Say what you expect of a question, in words as `sayso forecast` takes them: "0.7", "north=0.2", "p50=12"."""
        return self._post(f"/questions/{quote(question)}/forecasts", {"values": list(values), "reason": reason})

    def crowd(self, question: str, *, as_of: Moment = None) -> Rows:
        """What the crowd expected of a question, day by day."""
        return self._list(f"/questions/{quote(question)}/line", {"as_of": as_of})

    def ask(self, text: str, **terms: Any) -> Row:
        """Ask a question about what is to come, with the terms of `sayso ask`: `closes`, `resolves`, `criteria`,
        `source`, `about`, `options`, `unit`, `kind`, `force`."""
        return self._post("/questions", {"text": text, **terms})

    def suppose(self, question: str, *hypotheses: str) -> Row:
        """Ask why something happened, with two rival explanations or more."""
        return self._post("/hypotheses", {"question": question, "hypotheses": list(hypotheses)})

    # What the team is told of.

    def alerts(self, *, seen: bool = False, as_of: Moment = None) -> Rows:
        """What the rules found that nobody has acknowledged, the newest first; with `seen` all of it."""
        return self._list("/alerts/found", {"seen": seen, "as_of": as_of})

    def acknowledge(self, alert: str, *, reason: str = "") -> Row:
        """Say that you have seen an alert."""
        return self._post(f"/alerts/found/{quote(alert)}/seen", {"reason": reason})

    def rules(self, id: str = "", *, as_of: Moment = None) -> Any:
        """What the team wants to be told of, or one rule of it."""
        return self._list_or_get("/alerts", id, as_of)

    def add_rule(self, kind: str, **wanted: Any) -> Row:
        """Say what you want to be told of, with the fields of `sayso alerts add`: `words`, `at_least`, `more_than`,
        `grade`, `source`, `indicator`, `within`, `claim`, `story`, `claims`."""
        return self._post("/alerts", {"kind": kind, **wanted})

    def remove_rule(self, id: str, *, reason: str = "") -> None:
        """Be told of it no more."""
        read_row(self._ask("DELETE", f"/alerts/{quote(id)}", {"reason": reason}))

    # Inside.

    def _list_or_get(self, where: str, id: str, as_of: Moment) -> Any:
        asked = {"as_of": as_of}
        return self._get(f"{where}/{quote(id)}", asked) if id else self._list(where, asked)

    def _list(self, where: str, asked: Mapping[str, Any]) -> Rows:
        """All rows of a list; begun anew where the ledger grew meanwhile and the desk holds the list no more."""
        for _ in range(BEGUN_ANEW):
            rows: list[Row] = []
            cursor = ""
            while True:
                page = self._ask("GET", where, {**asked, "limit": MOST_ROWS, "cursor": cursor})
                if page.status_code == 410:
                    break
                found = read_row(page)
                rows += found["items"]
                if found["next"] is None:
                    return Rows(rows, list(dict.fromkeys(key for row in rows for key in row)))
                cursor = found["next"]
        raise Error(f"{self.address}: the ledger grows faster than its lists can be read: narrow what is asked")

    def _get(self, where: str, asked: Mapping[str, Any]) -> Any:
        return read_row(self._ask("GET", where, asked))

    def _post(self, where: str, body: Mapping[str, Any], asked: Mapping[str, Any] | None = None) -> Row:
        row: Row = read_row(self._ask("POST", where, asked or {}, body))
        return row

    def _fetch(self, where: str, asked: Mapping[str, Any]) -> bytes:
        """The bytes of a document."""
        answer = self._ask("GET", where, asked)
        if answer.is_error:
            read_row(answer)
        return answer.content

    def _ask(
        self, method: str, where: str, asked: Mapping[str, Any], body: Mapping[str, Any] | None = None
    ) -> httpx.Response:
        """The answer to a request, sent again where the desk or the way to it failed. Raises `Error` where it cannot be
        reached."""
        query = {name: say(value) for name, value in asked.items() if value not in (None, "")}
        request = self._http.build_request(method, where, params=query, json=body)
        kept = self._kept.get(str(request.url)) if method == "GET" else None
        if kept is not None:
            request.headers["if-none-match"] = kept.headers["etag"]
        if method != "GET":
            request.headers["idempotency-key"] = secrets.token_urlsafe(18)
        answer = self._send(request)
        if answer.status_code == 304 and kept is not None:
            return kept
        if method == "GET" and answer.status_code == 200 and "etag" in answer.headers:
            self._keep(str(request.url), answer)
        return answer

    def _send(self, request: httpx.Request) -> httpx.Response:
        """The answer, at the last try whatever it is."""
        for number in range(TRIES):
            last = number == TRIES - 1
            try:
                answer = self._http.send(request)
                if answer.status_code not in AGAIN or last:
                    return answer
                pause = read_pause(answer)
            except httpx.TransportError as error:
                if last:
                    reason = " ".join(str(error).split()) or type(error).__name__
                    raise Error(f"{self.address}: the desk cannot be reached ({reason})") from None
                pause = 0.0
            self._sleep(pause or PAUSE_SECONDS * 2**number)
        raise AssertionError("the last try returns or raises")

    def _keep(self, url: str, answer: httpx.Response) -> None:
        if len(answer.content) <= LARGEST_KEPT:
            self._kept[url] = answer
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)


class RemoteBrief:
    """A brief of a desk elsewhere, in any of its forms, as `sayso.api.Told` has them."""

    def __init__(self, client: Client, asked: Mapping[str, Any], row: Row) -> None:
        """Hold what was asked, and the brief as plain dicts, lists and strings (`row`)."""
        self._client, self._asked, self.row = client, dict(asked), row

    @property
    def markdown(self) -> str:
        """The brief in Markdown, its citations as footnotes."""
        return self.render("md").decode("utf8")

    @property
    def html(self) -> str:
        """The brief as one page that needs no other file."""
        return self.render("html").decode("utf8")

    @property
    def text(self) -> str:
        """The brief in plain text."""
        return self.render("txt").decode("utf8")

    def render(self, format: str = "md") -> bytes:
        """The bytes of a file: md, html, json, pdf, docx, txt or eml. Raises `Error`."""
        return self._client._fetch("/brief", {**self._asked, "format": format})

    def save(self, path: str) -> None:
        """Write a file, whole or not at all; the ending of its name says the format. Raises `Error`."""
        from pathlib import Path

        place = Path(path)
        content = self.render(place.suffix.lower().lstrip(".") or "md")
        try:
            replace_file(place, content)
        except OSError as error:
            raise Error(f"{place}: {error.strerror or error}") from None

    def __str__(self) -> str:
        """The plain text."""
        return self.text


def quote(name: str) -> str:
    """A name as one step of an address."""
    from urllib.parse import quote

    if name in ("", ".", ".."):
        raise Error(f"{name!r} is no id")
    return quote(name, safe="")


def say(value: Any) -> Any:
    """A value as an address has it: a day or moment in ISO 8601."""
    return value.isoformat() if isinstance(value, date | datetime) else value


def read_pause(answer: httpx.Response) -> float:
    """How many seconds the desk asks to wait, 0 where it does not say."""
    words = answer.headers.get("retry-after", "")
    return min(float(words), LONGEST_PAUSE) if words.isascii() and words.isdigit() else 0.0


def read_row(answer: httpx.Response) -> Any:
    """What an answer holds. Raises `Error` with the words of a problem, or where it is none of a desk's."""
    try:
        row = answer.json()
    except ValueError:
        row = None
    if answer.is_success and (row is not None or answer.status_code == httpx.codes.NO_CONTENT):
        return row
    if isinstance(row, dict) and isinstance(row.get("detail"), str):
        raise Error(row["detail"])
    raise Error(f"{answer.request.url}: {answer.status_code} {answer.reason_phrase}: no desk answers there so")
