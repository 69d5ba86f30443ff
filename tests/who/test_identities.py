"""Who is who across reports."""

from itertools import permutations

from sayso.record import Attribution, Reading, Report, Speaker
from sayso.who.body_names import read_body
from sayso.who.identities import Cast, Who, group_of


def report(name: str, outlet: str, *speakers: Speaker) -> Reading:
    attributions = tuple(Attribution(source=(), cue=((0, 1),), content=((0, 1),), speaker=s) for s in speakers)
    return Reading(report=Report(id=name, text="x", outlet=outlet), attributions=attributions)


def body(name: str) -> Speaker:
    return Speaker(name=name, kind="organisation")


def person(name: str, affiliation: str = "", role: str = "") -> Speaker:
    return Speaker(name=name, kind="person", role=role, affiliation=affiliation)


def place(*readings: Reading) -> dict[tuple[str, int], Who]:
    cast = Cast(readings)
    return {(r.report.id, n): who for r, found in zip(readings, cast.speakers, strict=True) for n, who in found.items()}


def test_a_name_is_taken_apart() -> None:
    found = read_body("the Harbour Authority of Lenne (HAL)")
    assert found is not None
    assert (found.head, found.marks, found.letters) == ("authority", {"harbour", "lenne"}, {"HAL"})
    assert read_body("Harbour Authority in Dravik").places == {"dravik"}  # type: ignore[union-attr]
    assert read_body("of") is None


def test_bodies_of_one_noun_are_told_apart_by_what_stands_before_it() -> None:
    who = place(
        report("a", "Lenne News", body("Coast Rescue Service"), body("Ministry of Health")),
        report("b", "The Tide", body("the Coast Rescue Service in Dravik"), body("Ministry of Justice"), body("CRS")),
    )
    assert who["a", 0] is who["b", 0] is who["b", 2]
    assert who["a", 1] is not who["b", 1]


def test_a_noun_alone_is_the_one_body_of_that_noun_in_its_report() -> None:
    who = place(
        report("a", "Lenne News", body("Coast Rescue Service"), body("the service")),
        report("b", "The Tide", body("Meteorological Service"), body("the service")),
    )
    assert who["a", 0] is who["a", 1]
    assert who["b", 0] is who["b", 1]
    assert who["a", 0] is not who["b", 0]


def test_people_are_one_across_spellings_and_speak_for_the_body_that_any_report_gives() -> None:
    who = place(
        report(
            "a", "Lenne News", person("Mirela Costin", "Coast Rescue Service", "head"), body("Coast Rescue Service")
        ),
        report("b", "The Tide", person("Costin")),
    )
    assert who["a", 0] is who["b", 0]
    assert who["b", 0].of is who["a", 1]
    assert group_of(who["b", 0]) == group_of(who["a", 1]) == "Coast Rescue Service"


def test_a_surname_of_two_is_nobody_elses() -> None:
    who = place(
        report("a", "Lenne News", person("Ana Kral"), person("Ivo Kral")),
        report("b", "The Tide", person("Kral")),
    )
    assert len({w.number for w in who.values()}) == 3


def test_an_outlet_that_is_quoted_is_the_body_that_publishes() -> None:
    readings = [report("a", "Harbour Authority of Lenne"), report("b", "The Tide", body("the Harbour Authority"))]
    cast = Cast(readings)
    assert cast.outlets[0] is cast.speakers[1][0]


def test_posts_are_of_the_person_they_are_named_after() -> None:
    readings = [report("a", "Posts by Governor Ana Kral"), report("b", "The Tide", person("Ana Kral"))]
    cast = Cast(readings)
    assert cast.outlets[0] is cast.speakers[1][0]


def test_unnamed_officials_of_two_outlets_are_not_one() -> None:
    officials = Speaker(name="two officials", kind="official", anonymous=True)
    who = place(report("a", "Lenne News", officials), report("b", "The Tide", officials))
    assert who["a", 0] is not who["b", 0]


def test_pronouns_and_nobody_are_nobody() -> None:
    assert not place(report("a", "Lenne News", Speaker(name="They"), Speaker(name="Nobody"), Speaker(name="")))


def test_the_order_of_reports_does_not_matter() -> None:
    readings = (
        report("a", "Lenne News", body("Coast Rescue Service"), person("Mirela Costin", "the service")),
        report("b", "The Tide", body("rescue service"), person("Costin")),
        report("c", "Dravik Post", body("CRS"), body("Ministry of Health")),
    )
    seen = set()
    for order in permutations(readings):
        groups: dict[int, set[tuple[str, int]]] = {}
        for key, who in place(*order).items():
            groups.setdefault(who.number, set()).add(key)
        seen.add(frozenset(map(frozenset, groups.values())))
    assert len(seen) == 1


def test_a_common_noun_is_one_body_with_a_capital_and_without() -> None:
    who = place(report("a", "Lenne News", body("Police")), report("b", "The Tide", body("police")))
    assert who["a", 0] is who["b", 0]


def test_a_coast_guard_is_no_part_of_ivory_coast() -> None:
    who = place(report("a", "Lenne News", body("coast guard")), report("b", "The Tide", body("coast guard")))
    assert who["a", 0] is who["b", 0]
    assert who["a", 0].voice.sort == "body"
