"""What assistants may ask: through the protocol's own client, in this process and by the command."""

import os
import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import anyio
import pytest

pytest.importorskip("mcp")

from mcp import Client, StdioServerParameters

import sayso
from sayso.serve.assistants import READS, WRITES, make_server
from sayso.serve.desk import Desk

FERRY = "Three ferries were damaged, harbour master Ines Roth said on Tuesday."


def ask(desk: Desk, do: Callable[[Client], Awaitable[Any]], *, allow_writes: bool = False) -> Any:
    """What comes of asking a server that holds a desk."""

    async def run() -> Any:
        async with Client(make_server(desk, "ana's assistant", allow_writes=allow_writes)) as client:
            return await do(client)

    return run_apart(run)


def run_apart(run: Callable[[], Awaitable[Any]]) -> Any:
    """What comes of a coroutine, in a thread of its own: a browser of other tests holds a loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(anyio.run, run).result()


def call(desk: Desk, tool: str, *, allow_writes: bool = False, **given: Any) -> Any:
    """The result of one tool."""
    return ask(desk, lambda client: client.call_tool(tool, given), allow_writes=allow_writes)


def test_it_only_looks_unless_it_is_allowed_more(desk: Desk) -> None:
    reads, writes = {name for name, _ in READS}, {name for name, _ in WRITES}
    listed = ask(desk, lambda client: client.list_tools()).tools
    assert {tool.name for tool in listed} == reads
    assert all(tool.annotations.read_only_hint and tool.description and tool.output_schema for tool in listed)
    more = ask(desk, lambda client: client.list_tools(), allow_writes=True).tools
    assert {tool.name for tool in more} == reads | writes
    refused = call(desk, "add", text=FERRY)
    assert refused.is_error and "Unknown tool" in refused.content[0].text


def test_what_it_is_told_is_what_the_commands_print(desk: Desk) -> None:
    ledger = sayso.OpenLedger(desk.ledger)
    story = ledger.stories()[0]
    assert call(desk, "stories").structured_content["items"] == list(ledger.stories())
    points = call(desk, "points", story=story["id"], most=2)
    assert len(points.structured_content["items"]) == 2 and points.structured_content["more"] > 0
    assert points.structured_content["items"][0]["question"] in points.content[0].text
    disputed = call(desk, "points", disputed=True, most=200).structured_content["items"]
    assert all(any(one["relation"] == "contradiction" for one in row["relations"]) for row in disputed)
    told = call(desk, "brief", story=story["id"], as_of="2024-03-28")
    assert told.structured_content["as_of"].startswith("2024-03-28") and told.content[0].text.startswith("# ")
    claim = points.structured_content["items"][0]["claims"][0]
    assert call(desk, "explain", what=claim).structured_content["items"] == ledger.explain(claim).rows
    found = call(desk, "search", words="bridge")
    assert found.structured_content["items"] and "“" in found.content[0].text
    report = found.structured_content["items"][0]["id"]
    assert call(desk, "read", report=report).structured_content["claims"]
    assert "Ines Roth" in call(desk, "read", text=FERRY, published="2024-03-28").content[0].text
    checked = call(desk, "check", text="Eight workers died.", published="2024-03-28")
    assert checked.structured_content["flags"] == list(
        ledger.check("Eight workers died.", published="2024-03-28").flags
    )


def test_what_it_writes_is_signed_and_kept(desk: Desk) -> None:
    before = desk.ledger.count()["reports"]
    added = call(desk, "add", allow_writes=True, text=FERRY, outlet="Quay Post", published="2024-03-28")
    assert added.structured_content["new"] == 1 and desk.ledger.count()["reports"] == before + 1
    made = call(
        desk, "judge", allow_writes=True, kind="grade", target="Quay Post", value="C", reason="two counts withdrawn"
    )
    assert made.structured_content["by"] == "ana's assistant"
    assert [one.by for one in desk.ledger.judgements()] == ["ana's assistant"]


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("points", {"story": "the ferry"}, "no story"),
    ("points", {"as_of": "soon"}, "no date or time"),
    ("explain", {"what": "the ferry of no port"}, "nothing here"),
    ("read", {}, "one of the two"),
    ("read", {"report": "/etc/passwd"}, "no report"),
    ("check", {"url": "file:///etc/passwd"}, "http"),
    ("check", {"url": "http://127.0.0.1:9/"}, "private network"),
    ("points", {"most": 0}, "greater than or equal"),
    ("judge", {"kind": "retract", "target": "x", "reason": "y"}, "no report or claim"),
    ("add", {}, "a text or a url"),
]


def test_what_cannot_be_done_is_one_clear_error(desk: Desk) -> None:
    async def try_all(client: Client) -> None:
        for tool, given, words in REFUSED:
            result = await client.call_tool(tool, given)
            assert result.is_error and words in result.content[0].text, (tool, given)

    ask(desk, try_all, allow_writes=True)


def test_the_command_answers_on_standard_input_and_output(kept: Path, tmp_path: Path) -> None:
    source = str(Path(sayso.__file__).parents[1])
    command = StdioServerParameters(
        command=sys.executable,
        args=["-m", "sayso", "mcp", "--ledger", str(kept)],
        env={**os.environ, "PYTHONPATH": source, "XDG_CACHE_HOME": str(tmp_path)},
    )

    async def run() -> Any:
        async with Client(command) as client:
            return await client.call_tool("stories", {})

    assert "reports" in run_apart(run).content[0].text


def test_without_a_ledger_the_command_ends_with_one_line(tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from sayso.cli import app

    result = CliRunner().invoke(app, ["mcp", "--ledger", str(tmp_path / "none.db")])
    assert result.exit_code == 1 and "none.db" in result.output and "Traceback" not in result.output
