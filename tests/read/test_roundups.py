"""The stories of round-ups, in the markup that newsrooms set them with."""

import pytest

from sayso.read.pages import read_page
from sayso.read.reports import Content
from sayso.record import Report

STORIES = {
    "Karsko": "Police said nine people were missing after the dam gave way on Friday. Officials said 12 were rescued.",
    "Orli": "The mine operator said 40 miners were dead after a shaft collapsed. The ministry said more were trapped.",
    "Tarn": "Farmers blocked the border post on Thursday, a union said. Customs said 300 lorries were waiting.",
}


def read(
    form: str, title: str = "World in brief", around: str = "<article><h1>{title}</h1>{body}</article>"
) -> list[Report]:
    body = "".join(form.format(place=place, text=text) for place, text in STORIES.items())
    html = f"<html><head><title>{title}</title></head><body>{around.format(title=title, body=body)}</body></html>"
    return [
        item for item in read_page(Content(content=html.encode("utf8"), name="in.html")) if isinstance(item, Report)
    ]


TITLED = [
    "<h2>{place}</h2><p>{text}</p>",
    "<div><h2>{place}</h2><p>{text}</p></div>",
    "<section><h3>{place}</h3><p>{text}</p></section>",
    "<article><h2>{place}</h2><p>{text}</p></article>",
    "<p><strong>{place}</strong></p><p>{text}</p>",
    "<p><b>{place}.</b> {text}</p>",
]


@pytest.mark.parametrize("form", TITLED)
def test_stories_with_titles(form: str) -> None:
    assert [(report.title, report.text) for report in read(form)] == list(STORIES.items())


@pytest.mark.parametrize("form", ["<p>{text}</p><hr>", "<li>{text}</li>"])
def test_stories_without_titles(form: str) -> None:
    around = "<article><h1>{title}</h1><ul>{body}</ul></article>" if "<li>" in form else "<article>{body}</article>"
    assert [report.text for report in read(form, around=around)] == list(STORIES.values())


def test_stories_in_the_rows_of_a_newsletter() -> None:
    rows = read("<tr><td><h2>{place}</h2><p>{text}</p></td></tr>", "Morning newsletter", "<table>{body}</table>")
    assert [report.title for report in rows] == list(STORIES)


@pytest.mark.parametrize("title", ["The dam of Karsko", "Press briefing by the spokesman"])
def test_other_pages_are_one_report(title: str) -> None:
    assert len(read("<p><b>{place}.</b> {text}</p>", title)) == 1
