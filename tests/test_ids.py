from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from sayso.ids import identify_claim, seat_of
from sayso.record import Actor, Claim, Figure, Place, Time

KYIV = timezone(timedelta(hours=2))


def make_claim(**changed):
    claim = Claim(id="", seat="", report="r1", start=0, end=9, text="They left", event="RETREAT")
    return identify_claim(replace(claim, **changed))


def make_figure(start, low):
    return Figure(start=start, end=start + 2, text="40", low=low, high=low)


def test_an_id_is_made_from_all_content():
    plain = make_claim()
    assert len(plain.id) == len(plain.seat) == 16
    assert identify_claim(plain) == plain
    assert make_claim(event="ASSAULT").id != plain.id
    assert make_claim(polarity="negative").id != plain.id
    assert make_claim(actors=(Actor(name="Army", role="actor", start=0, end=4),)).id != plain.id


def test_a_seat_is_made_from_report_span_and_wording_only():
    plain = make_claim()
    assert plain.seat == seat_of("r1", 0, 9, "They left")
    assert make_claim(event="ASSAULT", attribution=3).seat == plain.seat
    assert make_claim(report="r2").seat != plain.seat
    assert make_claim(text="They leff").seat != plain.seat


def test_two_figures_of_one_clause_sit_in_two_seats():
    assert make_claim(figure=make_figure(0, 40.0)).seat != make_claim(figure=make_figure(4, 40.0)).seat


def test_an_id_does_not_depend_on_the_zone_or_on_whole_numbers():
    noon = datetime(2024, 5, 1, 12, tzinfo=UTC)
    time = Time(start=0, end=4, text="They", type="DATE", value="2024-05-01", earliest=noon)
    assert make_claim(time=time).id == make_claim(time=replace(time, earliest=noon.astimezone(KYIV))).id
    assert make_claim(figure=make_figure(0, 40)).id == make_claim(figure=make_figure(0, 40.0)).id


@given(
    st.one_of(st.none(), st.floats(), st.integers(-(10**9), 10**9)),
    st.one_of(st.none(), st.floats()),
    st.datetimes(min_value=datetime(2, 1, 1), max_value=datetime(9990, 1, 1), timezones=st.just(KYIV)),
)
def test_an_id_survives_json(low, lat, moment):
    claim = make_claim(
        figure=Figure(start=0, end=4, text="They", low=low, high=None, as_of=moment),
        place=Place(start=0, end=4, text="They", lat=lat),
    )
    again = msgspec.json.decode(msgspec.json.encode(claim), type=Claim)
    assert identify_claim(again).id == claim.id
