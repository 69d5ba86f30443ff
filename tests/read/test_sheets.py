import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.read.reports import Content
from sayso.read.sheets import read_sheet
from sayso.record import Problem, Remark, Report


def items_of(table: str, **columns: str) -> list[Report | Problem]:
    """The reports and problems of a table; `columns` are those that the user named."""
    content = Content(content=table.encode("utf8"), name="in.csv", columns=columns)
    return [item for item in read_sheet(content) if not isinstance(item, Remark)]


def remark_of(text: str) -> str:
    content = Content(content=text.encode("utf8"), name="in.csv")
    return " ".join(item.message for item in read_sheet(content) if isinstance(item, Remark))


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_report_a_row(mark: str) -> None:
    rows = [
        ["Title", "Text", "Source", "Date", "Code"],
        [
            "Dam gives way",
            '"The dam gave way, police said; nine are missing."',
            "Tarn Notes",
            "2031-05-03",
            "1738700000",
        ],
        ["", "Two bridges are closed to cars.", "Valley Courier", "", "7"],
    ]
    first, second = items_of("\n".join(mark.join(row) for row in rows))
    assert isinstance(first, Report) and isinstance(second, Report)
    assert (first.text, first.outlet, first.title) == (
        "The dam gave way, police said; nine are missing.",
        "Tarn Notes",
        "Dam gives way",
    )
    assert first.published_words == "2031-05-03" and (second.outlet, second.published) == ("Valley Courier", None)


@pytest.mark.parametrize(
    "text",
    [
        "name,price\nbread,3\n",
        "1230\t20310204\tTRN\t4\t-10.0\nx\ty\tz\t1\t2\n",
        "text,code\nA1,2\nB2,3\n",  # Codes, whatever the column is called.
        "text,code\n",
        "",
    ],
)
def test_tables_without_texts_are_told(text: str) -> None:
    (problem,) = items_of(text)
    assert isinstance(problem, Problem) and "column" in problem.message


def test_days_of_events_date_no_report() -> None:
    (report,) = items_of("event_date,notes\n4 May 2031,The dam above the town gave way.\n")
    assert isinstance(report, Report) and report.published is None


NOTE = "The dam above the town gave way, the police said on Friday; nine are missing."


@pytest.mark.parametrize(
    ("head", "row"),
    [
        (
            "Headline,Media Outlet,Publication Date,Hit Sentence,Link",
            f'Dam,Tarn Notes,2031-05-03,"{NOTE}",https://t.example/a',
        ),
        ("Überschrift;Quelle;Datum;Inhalt;Link", f'Dam;Tarn Notes;03.05.2031;"{NOTE}";https://t.example/a'),
        ("заголовок\tисточник\tдата\tтекст\tссылка", f"Dam\tTarn Notes\t2031-05-03\t{NOTE}\thttps://t.example/a"),
        ("a|source|published|x|url", f"1|Tarn Notes|2031-05-03|{NOTE}|https://t.example/a"),
    ],
)
def test_columns_are_guessed_by_their_names_and_what_is_in_them(head: str, row: str) -> None:
    (report,) = items_of(f"{head}\n{row}\n")
    assert isinstance(report, Report) and report.published
    assert (report.text, report.outlet, report.url) == (NOTE, "Tarn Notes", "https://t.example/a")
    assert str(report.published.date()) == "2031-05-03"
    assert 'outlet from "' in remark_of(f"{head}\n{row}\n")


def test_columns_that_the_user_names_go_before_what_is_guessed() -> None:
    table = f'text,said\n"{NOTE}",A longer word of the mayor on the dam.\n'
    (report,) = items_of(table, text="said")
    assert isinstance(report, Report) and report.text.startswith("A longer")
    (problem,) = items_of(table, text="gone")
    assert isinstance(problem, Problem) and 'no column "gone"' in problem.message


def test_nothing_is_remarked_where_columns_are_named_as_fields() -> None:
    assert remark_of(f"outlet,text\nTarn Notes,{NOTE}\n") == ""


def test_whether_the_day_comes_first_is_decided_for_the_whole_column() -> None:
    rows = "".join(f"{day},{NOTE}\n" for day in ("05/03/2031", "05/17/2031"))
    first, second = items_of(f"date,text\n{rows}")
    assert isinstance(first, Report) and first.published and str(first.published.date()) == "2031-05-03"
    assert isinstance(second, Report) and second.published and str(second.published.date()) == "2031-05-17"
    (open_one,) = items_of(f"date,text\n05/03/2031,{NOTE}\n")
    assert isinstance(open_one, Report) and (open_one.published, open_one.published_words) == (None, "05/03/2031")


def test_a_time_beside_the_day_and_titles_above_the_head() -> None:
    (report,) = items_of(
        f"Cuttings of the week,,\n,,\nDate,Time,Text\n2031-05-03,10:15,{NOTE}\n".replace(NOTE, f'"{NOTE}"')
    )
    assert isinstance(report, Report) and report.published_exact and report.published
    assert report.published.isoformat() == "2031-05-03T10:15:00+00:00"


def test_a_table_of_addresses_is_told_for_one() -> None:
    (problem,) = items_of("title,url\nDam,https://t.example/a\nBridge,https://t.example/b\n")
    assert isinstance(problem, Problem) and "2 addresses" in problem.message and "sayso add" in problem.message


@given(st.text(max_size=300))
def test_any_table_gives_items(text: str) -> None:
    assert items_of(text)
