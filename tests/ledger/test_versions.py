from floods import ONE, day, make_report, read_words

URL = "https://valley.example/flood"
BODY = "The river took houses in Rioja on Friday, the mayor said, and the bridge is closed to all"


def link(ledger, *reports, as_of=None):
    for report in reports:
        ledger.add_reading(read_words(report), extractor=ONE)
    return ledger.versions(as_of)


def test_reports_of_one_url_are_versions_in_order_of_publication(ledger):
    late = make_report(id="c", text="Ninety houses", url=URL, published=day(6))
    early = make_report(id="a", text="Forty houses", url=URL, published=day(4))
    middle = make_report(id="b", text="Sixty houses", url=URL, published=day(5))
    assert link(ledger, late, early, middle) == {late.digest: middle.digest, middle.digest: early.digest}
    assert link(ledger, as_of=day(5)) == {middle.digest: early.digest}


def test_a_report_changed_without_a_new_date_follows_by_when_it_was_retrieved(ledger):
    later = make_report(text="Sixty houses", url=URL, retrieved=day(8))
    earlier = make_report(text="Forty houses", url=URL, retrieved=day(7))
    assert link(ledger, later, earlier) == {later.digest: earlier.digest}


def test_one_id_and_outlet_and_nearly_one_text_are_versions(ledger):
    before = make_report(id="flood", text=BODY)
    after = make_report(id="flood", text=BODY.replace("houses", "90 houses"), published=day(5))
    assert link(ledger, before, after) == {after.digest: before.digest}


def test_one_id_with_another_text_or_outlet_or_url_is_no_version(ledger):
    assert not link(
        ledger,
        make_report(id="1", text=BODY, url=URL),
        make_report(id="1", text=BODY + " traffic", url=URL + "/2"),
        make_report(id="1", text="Schools stay shut until Monday while teams look for the missing"),
        make_report(id="1", text=BODY, outlet="Radio Alto Mayo"),
    )


def test_a_report_has_one_version_before_it(ledger):
    first = make_report(id="x", text=BODY, url=URL, published=day(1))
    copy = make_report(id="y", text=BODY + " again", published=day(2))
    last = make_report(id="y", text=BODY + " still", url=URL, published=day(3))
    assert link(ledger, first, copy, last) == {last.digest: first.digest}
