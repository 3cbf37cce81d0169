"""SPBE and Pemdi: levels, indices, intervals and predicates (rule 13)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from etl.measures.instrument import (
    InstrumentError,
    Interval,
    aspect_indices,
    difference,
    domain_indices,
    gated_level,
    index_from_levels,
    instrument_for,
    interval_from_domains,
    interval_predicate,
    predicate,
    predicate_contradiction,
)
from tests.making import PEMDI, PEMDI_SCHEME, SPBE, SPBE_SCHEME, catalogue

D = Decimal
ACEH_TENGAH = {1: D("2.30"), 2: D("1.70"), 3: D("1.00"), 4: D("3.75")}


def spbe_levels(**changes: int) -> dict[int, int]:
    return {each.no: changes.get(f"i{each.no}", 3) for each in SPBE.indicators}


def test_the_index_is_the_weighted_mean_of_the_levels() -> None:
    assert index_from_levels(SPBE, spbe_levels()) == 3
    assert index_from_levels(SPBE, spbe_levels(i1=4, i47=5)) == 3 + Fraction("0.013") + 2 * Fraction("0.03")
    pemdi = {each.no: D(2) for each in PEMDI.indicators} | {5: D("3.47"), 20: D(3)}
    assert index_from_levels(PEMDI, pemdi) == 2 + Fraction("1.47") * Fraction("0.05") + Fraction("0.15")


def test_aspects_and_domains_are_weighted_within_themselves() -> None:
    levels = spbe_levels(i1=4, i47=5)
    assert aspect_indices(SPBE, levels)[1] == Fraction(31, 10)
    assert aspect_indices(SPBE, levels)[8] == Fraction(20, 6)
    assert domain_indices(SPBE, levels) == {1: Fraction(31, 10), 2: 3, 3: 3, 4: 3 + Fraction(6) / Fraction("45.5")}
    assert domain_indices(PEMDI, {each.no: 2 for each in PEMDI.indicators}) == {}


def test_a_level_counts_only_above_met_ones() -> None:
    assert [gated_level(each) for each in ([], [1, 2, 3], [2, 4], [3, 4, 5], [2, 3, 4, 5, 6])] == [1, 3, 2, 1, 5]


def test_unlawful_levels_are_all_named() -> None:
    levels: dict[int, Decimal | int] = {**spbe_levels(), 2: 6, 3: D("2.5"), 4: 0, 48: 3}
    del levels[1]
    with pytest.raises(InstrumentError) as caught:
        index_from_levels(SPBE, levels)
    assert caught.value.faults == [
        "indikator 48 tidak ada pada SPBE",
        "indikator 1 (I1) belum ada tingkatnya; isi 1 sampai 5",
        "indikator 2: tingkat 6 di luar 1 sampai 5",
        "indikator 3: tingkat 2,5 harus bilangan bulat 1 sampai 5",
        "indikator 4: tingkat 0 di luar 1 sampai 5",
    ]
    for derive in (aspect_indices, domain_indices):
        with pytest.raises(InstrumentError, match="indikator 48"):
            derive(SPBE, levels)


def test_only_pemdi_levels_set_elsewhere_may_be_decimal() -> None:
    lawful = {each.no: D("2.5") if each.no in (5, 6, 7) else D(2) for each in PEMDI.indicators}
    assert index_from_levels(PEMDI, lawful) > 2
    with pytest.raises(InstrumentError, match="indikator 8: tingkat 2,5 harus bilangan bulat"):
        index_from_levels(PEMDI, {**lawful, 8: D("2.5")})


def test_rounded_domain_scores_give_only_an_interval() -> None:
    interval = interval_from_domains(SPBE, ACEH_TENGAH)
    assert interval.middle == Fraction("2.59525")
    assert interval.low == Fraction("2.59525") - Fraction("0.005") + Fraction("0.165") * Fraction("0.005")
    assert interval.high == Fraction("2.60025")
    assert interval.low < Fraction("2.59") + Fraction("0.005")  # the published 2.59 is possible
    assert interval_predicate(SPBE_SCHEME, interval) is None  # 2.6 lies inside


def test_away_from_a_cut_the_interval_has_a_predicate() -> None:
    found = interval_predicate(SPBE_SCHEME, interval_from_domains(SPBE, {**ACEH_TENGAH, 4: D("3.0")}))
    assert found is not None
    assert found.id == "Cukup"
    top = interval_from_domains(SPBE, dict.fromkeys(range(1, 5), D("5.00")))
    assert (top.middle, top.high) == (Fraction(5), Fraction(5))


def test_an_interval_that_reaches_a_cut_has_no_predicate_and_one_that_starts_there_has() -> None:
    cut = Fraction("1.8")
    assert interval_predicate(SPBE_SCHEME, Interval(Fraction("1.79"), Fraction("1.795"), cut)) is None
    assert interval_predicate(SPBE_SCHEME, Interval(cut, cut, Fraction("2.59"))) == SPBE_SCHEME.bands[1].label


def test_faulty_domain_scores_are_all_named() -> None:
    with pytest.raises(InstrumentError) as caught:
        interval_from_domains(SPBE, {1: D("0.5"), 2: D("2"), 9: D("2")})
    assert caught.value.faults == [
        "domain 9 tidak ada pada SPBE",
        "domain 3 belum ada nilainya",
        "domain 4 belum ada nilainya",
        "domain 1: nilai 0,5 di luar 1 sampai 5",
    ]
    with pytest.raises(InstrumentError, match="PEMDI tidak memiliki domain"):
        interval_from_domains(PEMDI, {})


@pytest.mark.parametrize(
    ("index", "word"), [("1.79", "Kurang"), ("2.83", "Baik"), ("2.6", "Baik"), ("5.00", "Memuaskan")]
)
def test_predicates_follow_the_cuts(index: str, word: str) -> None:
    assert predicate(SPBE_SCHEME, D(index)).id == word


def test_paser_2022_contradicts_its_index() -> None:
    found = predicate_contradiction(SPBE_SCHEME, "Cukup", D("2.83"))
    assert found is not None
    assert (found.published, found.computed.id) == ("Cukup", "Baik")
    assert found.sentence.id == "Sumber mencetak “Cukup”; menurut ambang, 2,83 adalah “Baik”."
    assert predicate_contradiction(SPBE_SCHEME, " baik", D("2.83")) is None
    assert predicate_contradiction(PEMDI_SCHEME, "Baik", D("2.83")) is None
    fraction = predicate_contradiction(SPBE_SCHEME, "Unggul", Fraction(283, 100))
    assert fraction is not None
    assert "2,83" in fraction.sentence.id


def test_spbe_and_pemdi_are_never_converted() -> None:
    assert difference((SPBE, D("3.27")), (SPBE, D("2.9"))) == Fraction("0.37")
    with pytest.raises(InstrumentError, match="nilai SPBE dan PEMDI tidak dapat dibandingkan"):
        difference((PEMDI, D("1.24")), (SPBE, D("2.59")))


def test_the_instrument_of_a_year() -> None:
    whole = catalogue()
    assert instrument_for(whole, "spbe", 2020) is None
    assert instrument_for(whole, "spbe", 2021) == SPBE
    assert instrument_for(whole, "spbe", 2026) is None
    assert instrument_for(whole, "pemdi", 2030) == PEMDI
