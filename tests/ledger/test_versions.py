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


def test_the_versions_of_some_articles_alone_are_found(ledger):
    one, two = (make_report(id=f"a{n}", text=f"{n} houses", url=URL, published=day(n)) for n in (4, 5))
    three, four = (make_report(id="b", text=BODY + more, outlet="Radio", published=day(6)) for more in ("", " again"))
    every = link(ledger, one, two, three, four)
    assert len(every) == 2
    assert ledger.versions(only=[two.digest]) == {two.digest: one.digest}
    assert ledger.versions(only=[three.digest]) == {d: b for d, b in every.items() if three.digest in (d, b)}
    assert ledger.versions(only=[one.digest, four.digest]) == every
    assert ledger.versions(only=[]) == {}


def test_what_was_read_for_the_first_time_is_told_from_what_was_read_again(ledger):
    one, two = make_report(id="a"), make_report(id="b", text=BODY)
    ledger.add_reading(read_words(one), extractor=ONE)
    ledger.add_reading(read_words(one), extractor="later")
    ledger.add_reading(read_words(two), extractor=ONE)
    numbers = [number for number, _ in ledger.list_new()]
    assert [digest for _, digest in ledger.list_new()] == [one.digest, one.digest, two.digest]
    assert ledger.list_new(numbers[0], first=True) == [(numbers[2], two.digest)]
    assert [digest for _, digest in ledger.list_new(first=True)] == [one.digest, one.digest, two.digest]
