"""The graph of who took it from whom: its places, its data, and the page that draws it."""

from dataclasses import replace
from typing import Any

from starlette.testclient import TestClient

from sayso.record import Alteration, Link, Origin, Picture, Provenance, Reading, Report
from sayso.serve.desk import Desk, Viewpoint
from sayso.serve.desk.layouts import lay_out
from sayso.serve.desk.origins import MOST_DRAWN, draw_graph, find_origins


def test_what_is_taken_stands_left_of_who_takes_it() -> None:
    places = lay_out(["a", "b", "c", "d"], [("a", "b"), ("b", "c"), ("d", "c"), ("a", "c")])
    assert places["a"][0] < places["b"][0] < places["c"][0]


def test_an_origin_stands_next_to_the_first_that_took_it() -> None:
    places = lay_out(["a", "b", "late", "c"], [("a", "b"), ("b", "c"), ("late", "c")])
    assert places["late"][0] == places["b"][0] == 1


def test_no_two_nodes_share_a_place() -> None:
    nodes = [f"n{i}" for i in range(40)]
    places = lay_out(nodes, [(f"n{i // 3}", f"n{i}") for i in range(1, 20)])
    assert len(set(places.values())) == len(nodes)


def test_an_edge_back_in_time_hangs_nothing_up() -> None:
    assert set(lay_out(["a", "b"], [("b", "a"), ("a", "b")])) == {"a", "b"}


def make_picture(*told: Provenance, origins: tuple[Origin, ...] = ()) -> Picture:
    """A picture of reports that say nothing but where they come from."""
    readings = tuple(
        Reading(
            report=Report(id=p.report, text=f"Words of {p.report}.", digest=f"d-{p.report}", outlet=p.report.title())
        )
        for p in told
    )
    return Picture(readings=readings, provenance=told, origins=origins)


MAYOR = Origin(name="mayor", group="mayor", reports=("herald", "courier", "echo"))


def test_reports_of_one_text_are_one_node() -> None:
    copy = Link(kind="copy", report="courier", outlet="Courier", text="the same words")
    told = [Provenance(report=name, origins=("mayor",)) for name in ("courier", "echo", "herald")]
    told[1:] = [replace(one, because=(copy,)) for one in told[1:]]
    graph = draw_graph(make_picture(*told, origins=(MAYOR,)))
    reports = [node for node in graph.nodes if node.kind == "report"]
    assert [node.name for node in reports] == ["Courier and 2 copies"]
    assert graph.copies == 2 and reports[0].reasons[0].shown == "the same words"


def test_what_was_had_by_way_of_a_report_leads_there_alone() -> None:
    cites = Link(kind="cites", report="courier", outlet="Courier", text="the Courier said")
    told = (
        Provenance(report="courier", origins=("mayor",)),
        Provenance(report="echo", origins=("mayor",), because=(cites,)),
    )
    graph = draw_graph(make_picture(*told, origins=(MAYOR,)))
    names = {node.id: node.name for node in graph.nodes}
    assert [(names[e.source], names[e.target], e.kind) for e in graph.edges] == [
        ("mayor", "Courier", "source"),
        ("Courier", "Echo", "cites"),
    ]


def test_an_error_made_in_relaying_is_on_its_edge() -> None:
    change = Alteration(kind="state", before="wounded", after="killed", report="courier", was="c1", claim="c2")
    cites = Link(kind="cites", report="courier", outlet="Courier", text="the Courier said", changed=(change,))
    told = (
        Provenance(report="courier", origins=("mayor",)),
        Provenance(report="echo", origins=("mayor",), because=(cites,)),
    )
    graph = draw_graph(make_picture(*told, origins=(MAYOR,)))
    assert graph.changed == 1
    assert [change.words for edge in graph.edges for change in edge.changes] == [
        "Changed in relaying: “wounded” became “killed”"
    ]


def test_an_outlet_that_is_not_at_hand_is_a_node_of_its_own() -> None:
    cites = Link(kind="cites", report="", outlet="The Far Gazette", text="the Gazette reported")
    graph = draw_graph(make_picture(Provenance(report="echo", origins=("mayor",), because=(cites,)), origins=(MAYOR,)))
    assert {node.kind: node.name for node in graph.nodes}["absent"] == "The Far Gazette"


def test_of_too_many_nodes_those_that_are_joined_are_drawn() -> None:
    lone = [Provenance(report=f"r{n:03}", origins=(f"o{n}",)) for n in range(MOST_DRAWN)]
    origins = tuple(Origin(name=f"o{n}", group=f"o{n}", reports=(f"r{n:03}",)) for n in range(MOST_DRAWN))
    pair = [Provenance(report=name, origins=("mayor",)) for name in ("courier", "echo")]
    graph = draw_graph(make_picture(*lone, *pair, origins=(*origins, MAYOR)))
    assert sorted(node.name for node in graph.nodes if node.x is not None) == ["Courier", "Echo", "mayor"]
    assert graph.undrawn == 2 * MOST_DRAWN


def test_the_page_tells_all_without_a_script(client: TestClient, desk: Desk) -> None:
    story = desk.stories()[0].id
    graph = find_origins(desk, story, Viewpoint())
    words = client.get(f"/stories/{story}/origins").text
    assert graph.told in words and "independent origins" in graph.told
    assert all(f'id="{part.id}"' in words for part in (*graph.nodes, *graph.edges))
    assert "later version of it" in words
    assert len(find_origins(desk, story, Viewpoint(), rest=True).nodes) > len(graph.nodes)


def test_an_earlier_moment_has_fewer_reports(client: TestClient, desk: Desk) -> None:
    story = desk.stories()[0].id
    then = client.get(f"/stories/{story}/origins.json?as_of=2024-03-27").json()
    now = client.get(f"/stories/{story}/origins.json").json()
    assert 0 < len(then["nodes"]) < len(now["nodes"])


def test_the_graph_is_drawn_and_an_arrow_tells_its_reason(page: Any, address: str, desk: Desk, expect: Any) -> None:
    story = desk.stories()[0].id
    graph = find_origins(desk, story, Viewpoint())
    page.goto(f"{address}/stories/{story}/origins")
    page.locator("#graph canvas").first.wait_for(state="attached")
    cy = "document.querySelector('#graph')._cyreg.cy"
    assert page.evaluate(f"{cy}.nodes().length") == len(graph.nodes)
    assert page.evaluate(f"{cy}.edges().length") == len(graph.edges)
    cited = next(edge for edge in graph.edges if edge.kind == "cites")
    page.evaluate(f"{cy}.$id('{cited.id}').emit('tap')")
    expect(page.locator("#panel")).to_contain_text("names it as its source")
    expect(page.locator("#panel")).to_contain_text(cited.reasons[0].shown)


def test_the_graph_is_walked_by_keys(page: Any, address: str, desk: Desk, expect: Any) -> None:
    page.goto(f"{address}/stories/{desk.stories()[0].id}/origins")
    page.locator("#graph canvas").first.wait_for(state="attached")
    page.focus("#graph")
    page.keyboard.press("ArrowRight")
    told = page.locator("#told")
    expect(told).not_to_be_empty()
    first = told.inner_text()
    page.keyboard.press("ArrowRight")
    expect(told).not_to_have_text(first)
    page.keyboard.press("Enter")
    expect(page.locator("#panel a").first).to_be_visible()
    expect(page.locator("#panel")).to_be_focused()
