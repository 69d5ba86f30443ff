from sayso.settings import Settings, read_settings


def test_the_ledger_is_that_of_the_environment():
    assert read_settings({}).ledger == Settings().ledger == "sayso.db"
    assert read_settings({"SAYSO_LEDGER": ""}).ledger == "sayso.db"
    assert read_settings({"SAYSO_LEDGER": "postgresql://team/story"}).ledger == "postgresql://team/story"
