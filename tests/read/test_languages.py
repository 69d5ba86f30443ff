import pytest

from sayso.read.languages import detect_language, name_language

TEXTS = [
    ("en", "The dam above the town gave way on Friday and hundreds left their homes."),
    ("en", "Ignacio Ramírez Cortázar met Jean-Baptiste Lemaître on the bridge and they spoke for an hour."),
    ("de", "Der Damm oberhalb der Stadt ist am Freitag gebrochen, teilte die Polizei mit."),
    ("ru", "Плотина выше города была прорвана в пятницу, сообщили власти."),
    ("uk", "Дамбу вище міста прорвало у п’ятницю, повідомила влада."),
    ("zh", "政府周五宣布大桥将继续关闭。"),
    ("ja", "政府は金曜日、橋は閉鎖されたままだと発表した。"),
    ("", "12 34"),
    ("", ""),
]


@pytest.mark.parametrize(("language", "text"), TEXTS)
def test_detect_language(language: str, text: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize(("tag", "name"), [("en-GB", "en"), ("EN", "en"), ("zh_Hant", "zh"), ("English", ""), ("", "")])
def test_name_language(tag: str, name: str) -> None:
    assert name_language(tag) == name


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Dreißig Verletzte in Brimwick, so die Polizei."),
        ("de", "Zehn Verletzte nach Explosion im Hafen"),
        ("fr", "Trente morts à Brimwick, selon la police."),
        ("en", "Brimwick Harbour was hit."),
        ("en", "Brimwick fell. Ostby fell."),
        ("de", "Fünfzig Tote in Brimwick, so die Polizei."),
        ("", "Brimwick, Ostby"),
    ],
)
def test_a_short_line_is_taken_whole(language: str, text: str) -> None:
    assert detect_language(text) == language
