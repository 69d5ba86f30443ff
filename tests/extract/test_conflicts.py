"""Types of conflict events: two sentences a type, idioms that are none, PLOVER's categories, hostile words."""

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.extract import read_report
from sayso.extract.claims.companies import blot_names, load_companies, survey_company
from sayso.extract.claims.conflicts import LEAST, Conflict, load_conflicts, load_cues, rank_conflicts
from sayso.extract.claims.events import load_categories, load_event_categories
from sayso.extract.parsers import parse_text
from sayso.record import Claim, Report

SENTENCES = {
    "AIR_STRIKE": (
        "Government jets bombed a market in Tarvela, killing nine traders.",
        "Two airstrikes hit the old quarter of Ombra before dawn.",
    ),
    "SUIC_BOMB": (
        "A man blew himself up at the gate of a barracks in Lirko.",
        "Four guards died when a suicide bomber drove a lorry into the ministry.",
    ),
    "CHEM_WEAP": (
        "Doctors said that sarin was used against the besieged quarter of Ombra.",
        "Shells filled with chlorine fell on the hamlet, leaving dozens choking.",
    ),
    "GRENADE": (
        "An unknown man lobbed a grenade into a tea house in Pelda.",
        "Two hand grenades went off outside the mayor's house.",
    ),
    "REM_EXPLOS": (
        "A roadside bomb ripped through a minibus near Ostrel.",
        "Three farmers were killed when their tractor ran over a landmine.",
    ),
    "ART_MISS_ATTACK": (
        "Mortars rained on the eastern suburb all night.",
        "The army fired ballistic missiles at the port of Sendra.",
    ),
    "DISR_WEAP": (
        "Sappers defused a bomb found under a bridge in Karsk.",
        "Air defences intercepted six missiles over the bay.",
    ),
    "NON_STATE_ACTOR_OVERTAKES_TER": (
        "Rebels seized the border town of Melk after a night of fighting.",
        "The village of Anto was captured by insurgents on Sunday.",
    ),
    "GOV_REGAINS_TERIT": (
        "Government troops retook the town of Melk from the rebels.",
        "The army has liberated four villages in the north.",
    ),
    "NON_VIOL_TERRIT_TRANSFER": (
        "The rebels handed over control of the town to the authorities without a fight.",
        "The troops withdrew from the city under a deal with the elders.",
    ),
    "HQ_ESTABLISHED": (
        "The navy opened a new base on the southern coast.",
        "The brigade has set up its headquarters in a school in Vannes.",
    ),
    "CHANGE_TO_GROUP_ACT": (
        "The government deployed 3,000 soldiers along the river.",
        "Two commanders defected and joined the rebel army.",
    ),
    "SEX_VIOL": (
        "Soldiers raped several women in a camp near Dolo.",
        "A teacher was charged with sexually assaulting a pupil.",
    ),
    "ABDUCT_DISSAP": (
        "Armed men kidnapped a priest on the road to Bamra.",
        "A journalist was abducted from her flat in the capital.",
    ),
    "MOB_VIOL": (
        "An angry mob beat a suspected thief in the market of Kolda.",
        "Supporters of two rival clubs clashed with sticks after the match.",
    ),
    "FORCE_AGAINST_PROTEST": (
        "Police opened fire on protesters in the capital, killing three.",
        "Soldiers shot dead two demonstrators outside the parliament.",
    ),
    "PROTEST_WITH_INTER": (
        "Police used tear gas to disperse protesters in Orlin.",
        "Officers detained forty demonstrators at a rally in the square.",
    ),
    "VIOL_DEMONSTR": (
        "Protesters set fire to cars and threw stones in Orlin.",
        "Rioters smashed windows during a demonstration against fuel prices.",
    ),
    "PEACE_PROTEST": (
        "Hundreds of nurses marched through Orlin demanding better pay.",
        "Farmers held a sit-in before the governor's office.",
    ),
    "NATURAL_DISASTER": (
        "An earthquake of magnitude 6.1 shook the island of Tolo.",
        "Floods swept away forty huts after days of rain.",
    ),
    "MAN_MADE_DISASTER": (
        "A commuter train derailed outside Vannes, injuring sixty.",
        "A ferry capsized on the lake with 200 passengers aboard.",
    ),
    "PROPERTY_DISTRUCT": (
        "Militiamen burned homes and looted shops in Anto.",
        "Vandals ransacked the offices of a newspaper.",
    ),
    "ORG_CRIME": (
        "Customs officers found cocaine worth 4 million euros in a banana crate.",
        "A cartel has run the smuggling of migrants through the port for years.",
    ),
    "ARREST": (
        "Police arrested a former minister at the airport.",
        "Twelve members of the party were detained in dawn raids.",
    ),
    "ARMED_CLASH": (
        "Soldiers and rebels exchanged fire near the dam for three hours.",
        "Militants ambushed an army convoy in the hills.",
    ),
    "ATTACK": (
        "Gunmen shot dead a judge outside his home.",
        "Attackers stabbed two tourists in the old town.",
    ),
    "AGREEMENT": (
        "The two sides signed a peace deal in Vannes.",
        "Both armies agreed to a ceasefire from Monday.",
    ),
    "DIPLO": (
        "The foreign minister met her counterpart for talks on the border.",
        "The union imposed sanctions on eleven banks.",
    ),
    "ATTRIB": (
        "The president blamed foreign agents for the outage.",
        "A splinter group claimed responsibility for the bombing.",
    ),
    "OTHER": (
        "A mass grave with forty bodies was found near the quarry.",
        "Investigators exhumed the remains of eleven miners.",
    ),
}

IDIOMS = (
    "The shop held a fire sale after Easter.",
    "She shot a film about bees in the valley.",
    "A labour strike kept the bakery shut.",
    "The shopkeepers hope to strike a balance over the striker.",
    "The baker had a heart attack on Monday.",
    "The chain began a price war over bread.",
    "The director is shooting a documentary on moths.",
    "The bowling attack of the visitors was tired.",
    "Fans flooded with joy watched the battle of the bands.",
    "She made a killing with lace.",
    "The house won its legal battle over the fence.",
    "An executive of the bakery left after ten years.",
    "She has been fighting lung cancer since May.",
    "The firm demonstrated a new loom at the fair.",
    "The airline will launch flights with larger jets in May.",
    "Their goalkeeper saved a penalty, and his shot on target made it two.",
)


WORDS_OF_MANY_MEANINGS = (
    "The bakers struck a deal with the mill over the price of flour.",
    "The plumbers signed an agreement with the landlord.",
    "Lawyers fought over the will of the late countess.",
    "She is fighting for shorter queues at the post office.",
    "The senator attacked her rival for his record on roads.",
    "The teacher talks about the weather.",
    "The striker fired a shot over the bar.",
    "The board sanctioned a new roof for the chapel.",
    "The firm will deploy its new software to all branches.",
    "The candidate withdrew from the race for mayor.",
    "The brewery reported losses of four million euros.",
    "The choir cannot bear such losses in its ranks.",
    "The firefighters held a dance in the town hall.",
    "The economist spoke of stability and destabilising prices.",
    "Ms Flood won the seat by a landslide.",
    "Mr Lynch read a poem to the children.",
    "She is the author of a body of work on lace.",
    "He took responsibility for painting the fence.",
    "The cook gave a demonstration of noodle making.",
    "The bank raided its reserves to pay the bonus.",
)


@pytest.mark.parametrize("text", WORDS_OF_MANY_MEANINGS)
def test_words_of_many_meanings_are_no_conflict_in_other_company(text: str) -> None:
    assert [c.conflict for c in claims_of(text)] == [""] * len(claims_of(text))


@pytest.mark.parametrize(
    ("text", "conflict"),
    [
        ("The soldiers fought for the bridge.", "armed clash"),
        ("The soldiers crossed the river. They fought until dawn.", "armed clash"),
        ("Peru and Chile struck a deal over the border.", "agreement"),
        ("The government of Peru agreed to a truce with the rebels.", "agreement"),
        ("Norway imposed sanctions on the bank.", "diplomatic act"),
        ("The police blamed the separatists for the murder.", "attribution of responsibility"),
    ],
)
def test_the_same_words_in_the_company_of_war_or_states(text: str, conflict: str) -> None:
    assert [c.conflict for c in claims_of(text)][-1] == conflict


def test_names_tell_of_no_event() -> None:
    parse = parse_text("On Monday Loretta Lynch met the Taliban.")
    blotted = blot_names(parse)
    assert len(blotted) == len(parse.text)
    assert "Lynch" not in blotted
    assert "the Taliban" in blotted


def test_every_company_wanted_is_a_list() -> None:
    lists = frozenset[str]().union(*load_companies().values())
    assert {c.company for c in load_conflicts().values()} <= lists | {""}


@settings(max_examples=40, deadline=None)
@given(
    st.text(max_size=120)
    | st.lists(st.sampled_from("İ The rebels fought . Flood a deal \n ’s Peru".split(" "))).map(" ".join)
)
def test_any_text_has_its_company(text: str) -> None:
    parse = parse_text(text)
    assert len(blot_names(parse)) == len(text)
    found = survey_company(parse).find_conflict(0, len(text))
    assert found is None or found.name in load_conflicts()


def type_of(text: str) -> Conflict | None:
    """What a text's words tell of, whatever their company."""
    ranked = rank_conflicts(text)
    return ranked[0][1] if ranked and ranked[0][0] >= LEAST else None


def first_claim(text: str) -> Claim:
    return read_report(Report(id="r", text=text)).claims[0]


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, texts in SENTENCES.items() for text in texts])
def test_two_sentences_of_each_type(code: str, text: str) -> None:
    found = type_of(text)
    assert found is not None
    assert found.code == code


def test_every_type_has_its_sentences() -> None:
    assert {c.code for c in load_conflicts().values()} == set(SENTENCES)
    assert len(SENTENCES) == 30


@pytest.mark.parametrize("text", IDIOMS)
def test_idioms_are_no_conflict(text: str) -> None:
    assert type_of(text) is None
    assert all(c.event not in ("attack", "missile strike", "clash", "accident") for c in claims_of(text))


def claims_of(text: str) -> tuple[Claim, ...]:
    return read_report(Report(id="r", text=text)).claims


PLOVER = frozenset(
    "AGREE CONSULT SUPPORT COOPERATE AID YIELD REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT "
    "RETREAT".split()
)


def test_categories_are_those_of_plover() -> None:
    given = {c.category for c in load_conflicts().values()} | set(load_event_categories().values())
    named = {category for category, _ in load_categories().values()}
    assert given <= PLOVER | {""}
    assert named == PLOVER - {"ASSAULT"}


@pytest.mark.parametrize(
    ("text", "category", "mode", "conflict"),
    [
        ("Government jets bombed a market in Tarvela.", "ASSAULT", "aerial", "air strike"),
        ("Gunmen shot dead a judge outside his home.", "ASSAULT", "firearms", "attack"),
        ("Rioters smashed windows during a demonstration.", "PROTEST", "riot", "violent demonstration"),
        ("Hundreds of nurses marched through Orlin.", "PROTEST", "demo", "peaceful protest"),
        ("Police arrested a former minister at the airport.", "COERCE", "arrest", "arrest"),
        ("The committee rejected the proposal.", "REJECT", "", ""),
        ("The union praised the mayor.", "SUPPORT", "", ""),
        ("The court urged the ministry to act.", "REQUEST", "", ""),
    ],
)
def test_a_claim_has_category_mode_and_type(text: str, category: str, mode: str, conflict: str) -> None:
    claim = first_claim(text)
    assert (claim.category, claim.mode, claim.conflict) == (category, mode, conflict)


def test_what_killed_them_may_stand_beside_the_clause() -> None:
    text = "Two airstrikes hit the old quarter of Ombra, and 14 people were killed."
    killed = [c for c in claims_of(text) if c.event == "casualties"]
    assert [c.conflict for c in killed] == ["air strike"]


@pytest.mark.parametrize("day", ["On March 5", "On 17 March", "In March", "Since mid-March"])
def test_the_month_of_march_is_no_protest(day: str) -> None:
    found = [c.name for _, c in rank_conflicts(f"{day} the police of Kolda beat a burglar with batons.")]
    assert not {"peaceful protest", "excessive force against protesters"} & set(found)


def test_moves_are_a_type_where_an_armed_body_moves() -> None:
    moved = [first_claim(f"{who} have left the valley.").conflict for who in ("The soldiers", "The passengers")]
    assert moved == ["change to group or activity", ""]


def test_who_takes_the_ground_decides() -> None:
    taken = [type_of(f"{who} captured the town of Melk.") for who in ("Rebels", "Government troops")]
    assert [c.code for c in taken if c] == ["NON_STATE_ACTOR_OVERTAKES_TER", "GOV_REGAINS_TERIT"]


def test_cues_are_words_in_lower_case() -> None:
    phrases = [p for cue in load_cues() for need in cue.needs for part in need for p in part]
    assert phrases
    assert all(
        p and p[0] != "_" and len(p[0]) <= 20 and all(w == w.lower() and "*" not in w[:-1] for w in p) for p in phrases
    )


def test_a_long_passage_costs_no_more_a_word(spend: Callable[..., float]) -> None:
    assert spend(lambda: rank_conflicts("rebels captured fire sale " * 25_000)) < 5


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200) | st.lists(st.sampled_from("İ rebels took ' the town ’s fire sale".split())).map(" ".join))
def test_any_text_has_a_ranking(text: str) -> None:
    assert all(score > 0 for score, _ in rank_conflicts(text))


def test_every_type_and_every_key_is_documented() -> None:
    page = (Path(__file__).parents[2] / "docs" / "events.md").read_text("utf8")
    assert [name for name in load_conflicts() if name not in page] == []
    keys = ("event", "category", "mode", "conflict", "actors", "polarity", "tense", "sighting", "time", "place")
    claim = first_claim("The rebels were not seen in our sector for two weeks.")
    assert all(hasattr(claim, key) and f"`{key}`" in page for key in keys)
    assert claim.sighting is not None
    assert all(f"`{field.name}`" in page for field in fields(claim.sighting) if field.name not in ("start", "end"))
