"""Lemmas of words and their Penn tags."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.extract.lemmas import SECTIONS, find_lemma, load_forms, load_stems
from sayso.tables import load_toml

LEMMAS = {
    "VBD": "said:say was:be were:be had:have 'd:have left:leave found:find made:make told:tell struck:strike "
    "shot:shoot planned:plan used:use agreed:agree hoped:hope hopped:hop fled:flee tried:try died:die "
    "controlled:control created:create visited:visit killed:kill passed:pass rebuilt:rebuild put:put opened:open "
    "refused:refuse declared:declare feared:fear decided:decide avoided:avoid changed:change hanged:hang reached:reach "
    "cancelled:cancel canceled:cancel panicked:panic focused:focus ignored:ignore honored:honor overthrew:overthrow",
    "VBN": "been:be taken:take gone:go wounded:wound settled:settle seized:seize shelled:shell quoted:quote "
    "destroyed:destroy rewritten:rewrite withdrawn:withdraw bombed:bomb charged:charge arrested:arrest",
    "VBG": "making:make dying:die lying:lie being:be having:have running:run beginning:begin bringing:bring "
    "threatening:threaten targeting:target completing:complete escaping:escape exploding:explode agreeing:agree "
    "wasting:waste lasting:last gon:go going:go relying:rely",
    "VBZ": "is:be 's:be ’s:be has:have does:do goes:go says:say denies:deny dies:die reaches:reach passes:pass "
    "uses:use closes:close freezes:freeze vetoes:veto",
    "VBP": "are:be am:be 're:be ’m:be 've:have ’ve:have say:say found:found",
    "VB": "say:say leave:leave Found:found",
    "MD": "ca:can wo:will 'll:will ’ll:will 'd:would can:can could:could must:must",
    "NNS": "men:man women:woman spokesmen:spokesman children:child schoolchildren:schoolchild people:people "
    "police:police cities:city attacks:attack taxes:tax crises:crisis lives:life knives:knife moves:move heroes:hero "
    "shoes:shoe viruses:virus houses:house uses:use data:datum media:medium criteria:criterion feet:foot buses:bus "
    "cases:case losses:loss boxes:box churches:church prizes:prize ties:tie movies:movie species:species "
    "1990s:1990 bases:basis",
    "NN": "Meeting:meeting news:news left:left",
    "NNP": "Kyiv:kyiv Reuters:reuters Times:times",
    "NNPS": "Nations:nations",
    "CD": "3,000:3,000 Two:two",
    "JJR": "better:well worse:bad bigger:big larger:large earlier:early stronger:strong simpler:simple taller:tall "
    "more:more safer:safe freer:free",
    "JJS": "best:good worst:bad largest:large latest:late deadliest:deadly most:most",
    "RBR": "better:well earlier:early further:far more:more later:later",
    "RB": "n't:not n’t:not further:far Never:never",
    "PRP": "him:he them:they me:i her:she us:we it:it",
    "PRP$": "his:his her:her Their:their",
    "TO": "to:to na:to",
    "JJ": "left:left Used:used",
    "UH": "Oh:oh",
}


@pytest.mark.parametrize("tag", LEMMAS)
def test_each_tag_has_its_own_way_to_the_dictionary(tag: str) -> None:
    pairs = [pair.rpartition(":")[::2] for pair in LEMMAS[tag].split()]
    assert {word: find_lemma(word, tag) for word, _ in pairs} == dict(pairs)


def test_quotes_are_straight() -> None:
    assert [find_lemma(mark, "``") for mark in "“‘"] == ['"', "'"]
    assert [find_lemma(mark, "''") for mark in "”’"] == ['"', "'"]


@pytest.mark.parametrize("section", sorted(set(SECTIONS.values())))
def test_no_form_of_a_section_has_two_lemmas(section: str) -> None:
    forms = [form for written in load_toml("lemmas.toml")[section].values() for form in written.split()]
    assert len(set(forms)) == len(forms)
    assert load_forms(section).keys() == set(forms)


def test_a_stem_has_lost_an_e_or_not() -> None:
    lost, kept = load_stems("with_e"), load_stems("without_e")
    assert not lost & kept
    assert all(re.fullmatch("[a-z]+", stem) for stem in lost | kept)


@given(st.text(max_size=60), st.sampled_from([*SECTIONS, "NN", "NNP", ".", ""]))
def test_any_word_has_a_lemma_in_lower_case(word: str, tag: str) -> None:
    lemma = find_lemma(word, tag)
    assert lemma == lemma.lower()
    assert bool(lemma) == bool(word)


ENGLISH = st.text("abcdeghilmnoprstuvy'’", min_size=1, max_size=14)


@given(ENGLISH, st.sampled_from(["", "s", "es", "ies", "ed", "ing", "er", "est"]), st.sampled_from([*SECTIONS]))
def test_capitals_make_no_difference(stem: str, ending: str, tag: str) -> None:
    word = stem + ending
    assert find_lemma(word.upper(), tag) == find_lemma(word, tag) != ""


def test_a_word_without_end_is_its_own_lemma() -> None:
    assert find_lemma("a" * 200_000 + "ed", "VBD") == "a" * 200_000 + "ed"
