from sayso.tables import load_toml


def test_tables_are_in_small_letters_and_fit_their_shapes() -> None:
    for name in ("furniture.toml", "letterheads.toml"):
        for kind, words in load_toml(name).items():
            assert words == words.lower(), kind
    table = load_toml("furniture.toml")
    assert not {"said", "was"} & set(table["things"].split())
    assert all(len(phrase) < 60 for line in table["lines"].splitlines() for phrase in line.split("|"))
    letterheads = load_toml("letterheads.toml")
    assert not set(letterheads["bodies"].split()) & set(letterheads["labels"].split())
