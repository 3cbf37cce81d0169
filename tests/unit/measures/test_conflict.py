"""Which source is shown, and why several stand side by side (rule 9)."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from etl.measures.conflict import bands_differ, base_region, contests, reason, reasons, resolve, sides
from etl.measures.observation import Observation, Reason
from tests.making import catalogue, indicator, observation, reference, target, text

SERIES = [{"id": "ssgi", "name": text("SSGI")}, {"id": "eppgbm", "name": text("e-PPGBM")}]
STUNTING = indicator("stunting", direction="lower", producer="kemenkes", series=SERIES, score=reference("40", "10"))
HOUSE = catalogue(indicator(), STUNTING, indicator("spbe", scheme="spbe"), indicator("opini", direction="category"))


def survey(value: str, **changes: Any) -> Observation:
    plain = {"indicator": "stunting", "series": "ssgi", "region": "64.09", "producer": "kemenkes"}
    return observation(value, **{**plain, **changes})


def test_precedence_runs_from_the_own_release_to_the_press() -> None:
    ordered = [
        observation("1", publication="rilis-2024", status="revised"),
        observation("1", publication="rilis-2025"),
        observation("1", publication="rilis-2024"),
        observation("1", publication="rilis-2024", status="preliminary"),
        observation("1", publication="salinan"),
        observation("1", publication="dinas"),
        observation("1", publication="tidak-dikenal"),
        observation("1", publication="berita-b"),
        observation("1", publication="berita-a"),
        observation("1", publication="rilis-2025", marks=frozenset({"year_inferred"})),
        observation("1", publication="salinan", marks=frozenset({"rounded"})),
        observation("1", publication="rilis-2025", marks=frozenset({"doubtful"})),
        observation("1", publication="rilis-2025", marks=frozenset({"claim"})),
    ]
    for moved in range(len(ordered)):
        shown, others = resolve(ordered[moved:] + ordered[:moved], HOUSE)
        assert [shown, *others] == ordered


def test_a_publisher_may_be_named_by_its_producers_name() -> None:
    own = survey("20.6", publication="rilis-lain")
    assert resolve([survey("20.6", publication="salinan"), own], HOUSE)[0] == own


def test_another_producers_own_publication_is_not_the_release() -> None:
    quoted = survey("21.9", publication="salinan")
    office = survey("32", producer="Dinas Kesehatan", publication="dinas")
    paper = survey("32", producer="antara", publication="berita-a")
    foreign_copy = survey("32", producer="dp3a", publication="salinan")
    shown, others = resolve([paper, office, foreign_copy, quoted], HOUSE)
    assert [shown, *others] == [quoted, office, foreign_copy, paper]


def test_a_producers_revised_figure_beats_its_earlier_one_wherever_it_was_printed() -> None:
    earlier = observation("-2.77", publication="salinan", status="preliminary")
    revised = observation("-2.86", publication="berita-a", status="revised")
    foreign = observation("-3", publication="berita-a", status="revised", producer="dp3a")
    assert resolve([earlier, revised], HOUSE)[0] == revised
    assert resolve([earlier, foreign], HOUSE)[0] == earlier


def test_an_empty_key_is_an_error() -> None:
    with pytest.raises(ValueError, match="kunci kosong"):
        resolve([], HOUSE)


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ({"value": "7"}, {"value": "7.0"}, "same"),
        ({"value": "7"}, {"value": "7", "series": "lf"}, "same"),
        (
            {"value": "1200", "printed_unit": "billion rupiah"},
            {"value": "1200", "printed_unit": "trillion rupiah"},
            "unit",
        ),
        ({"value": "72.93"}, {"value": "73.74", "series": "lf"}, "series"),
        ({"value": "78", "region": "64"}, {"value": "81", "region": "pemprov"}, "subject"),
        ({"value": "6.68"}, {"value": "6.7"}, "rounding"),
        ({"value": "7.45"}, {"value": "7.5"}, "rounding"),
        ({"value": "7.49"}, {"value": "7.4", "marks": frozenset({"rounded"})}, "rounding"),
        ({"value": "7.51"}, {"value": "7.4", "marks": frozenset({"rounded"})}, "conflict"),
        ({"value": "7.44"}, {"value": "7.5"}, "conflict"),
        ({"value": "6.68"}, {"value": "6.69"}, "conflict"),
        ({"value": "29.85", "status": "preliminary"}, {"value": "29.40", "status": "revised"}, "revision"),
        (
            {"value": "5", "status": "preliminary", "publication": "salinan"},
            {"value": "6", "publication": "berita-a"},
            "conflict",
        ),
        ({"value": "29.85", "status": "preliminary", "producer": "dinas"}, {"value": "29.40"}, "conflict"),
        ({"value": "5", "publication": "rilis-2024"}, {"value": "6", "publication": "rilis-2025"}, "revision"),
        ({"value": "5", "publication": "berita-a"}, {"value": "6", "publication": "berita-b"}, "conflict"),
        ({"value": "5", "publication": "rilis-2024"}, {"value": "6", "publication": "berita-b"}, "conflict"),
        ({"value": "5", "publication": "rilis-2024"}, {"value": "6", "publication": "salinan"}, "conflict"),
        ({"value": None, "category": "WTP"}, {"value": None, "category": "wtp"}, "same"),
        ({"value": None, "category": "WTP"}, {"value": None, "category": "WDP"}, "conflict"),
        ({"value": None, "category": "WTP"}, {"value": "5"}, "conflict"),
    ],
)
def test_reasons_between_two(one: dict[str, Any], two: dict[str, Any], expected: Reason) -> None:
    first, second = observation(**one), observation(**two)
    assert reason(first, second, HOUSE) == reason(second, first, HOUSE) == expected


def test_stunting_of_ppu_is_a_conflict_that_changes_its_band() -> None:
    shown = survey("21.9", publication="berita-a")
    other = survey("32", publication="berita-b")
    copy = survey("32", publication="dinas", producer="dp3a", printed_unit="indeks")
    found = contests([other, shown, copy], HOUSE)
    assert [(each.indicator, each.region, each.period, each.kind) for each in found] == [
        ("stunting", "64.09", "2024", "realisation")
    ]
    assert (found[0].reason, found[0].shown, found[0].bands_differ) == ("conflict", copy, True)
    assert found[0].others == (other, shown)


def test_old_and_long_form_ipm_are_two_series_and_no_conflict() -> None:
    found = contests([observation("72.93"), observation("73.74", series="lf")], HOUSE)
    assert reasons(found) == {"series": 1}
    assert not found[0].bands_differ


def test_a_conflict_lists_its_own_series_only() -> None:
    numbers = [survey("21.9"), survey("32", producer="dp3a"), survey("11.55", series="eppgbm")]
    (found,) = contests(numbers, HOUSE)
    assert {each.series for each in (found.shown, *found.others)} == {"ssgi"}
    both = contests([*numbers, survey("17", series="eppgbm", producer="dinkes")], HOUSE)
    assert [(each.shown.series, each.disputed.series, each.reason) for each in both] == [
        ("ssgi", "eppgbm", "conflict"), ("ssgi", "ssgi", "conflict"),
    ]  # fmt: skip


def test_beda_data_of_another_series_shows_what_lists_show_and_contradicts_it_nowhere() -> None:
    aside = [survey("11.55", series="eppgbm"), survey("17", series="eppgbm", producer="dinkes")]
    (found,) = contests([survey("21.9"), *aside], HOUSE)
    assert (found.shown.series, str(found.shown.value), found.bands_differ) == ("ssgi", "21.9", False)
    assert [str(each.value) for each in sides(found, HOUSE)] == ["17", "11.55"]
    (alone,) = contests(aside, HOUSE)
    assert (alone.shown, alone.disputed) == (aside[1], aside[1])


def test_the_headline_series_is_the_shown_one_and_the_strongest_reason_stands() -> None:
    pair = [survey("11.55", series="eppgbm", publication="rilis-lain"), survey("21.9", publication="berita-a")]
    (found,) = contests(pair, HOUSE)
    assert (found.shown.series, found.reason) == ("ssgi", "series")
    (revised,) = contests([*pair, survey("22", status="revised", publication="berita-a")], HOUSE)
    assert revised.reason == "rounding"
    (revised,) = contests([*pair, survey("23", status="revised", publication="berita-a")], HOUSE)
    assert (revised.reason, len(revised.others)) == ("revision", 1)


def test_the_provincial_government_is_contested_with_its_region() -> None:
    (found,) = contests([observation("81", region="pemprov"), observation("78", region="64")], HOUSE)
    assert (found.region, found.reason, found.shown.region) == ("64", "subject", "64")
    assert [base_region(each) for each in ("pemprov", "64", "64.01")] == ["64", "64", "64.01"]


def test_one_source_periods_and_kinds_are_no_contest() -> None:
    assert contests([observation("1"), observation("2", "2023"), observation("3", kind="plan")], HOUSE) == []


def test_targets_of_two_plans_do_not_contest() -> None:
    assert contests([target("70"), target("75", plan="rkpd")], HOUSE) == []
    assert contests([target("70"), target("75", producer="bappeda")], HOUSE)[0].reason == "conflict"


def test_bands_come_from_the_score_else_the_own_scheme_else_the_word() -> None:
    spbe = [observation(each, indicator="spbe", producer=each) for each in ("2.5", "2.7", "2.58")]
    assert bands_differ(spbe[0], spbe[1:], HOUSE, [])
    assert not bands_differ(spbe[0], spbe[2:], HOUSE, [])
    words = [observation(None, indicator="opini", category=each) for each in ("WTP", "WDP")]
    assert bands_differ(words[0], words[1:], HOUSE, [])
    plain = [observation(each, producer=each) for each in ("2.5", "90")]
    assert not bands_differ(plain[0], plain[1:], HOUSE, [])
    assert bands_differ(plain[0], plain[1:], HOUSE, [target("90")])


def test_a_doubtful_other_does_not_move_the_band() -> None:
    pair = [survey("21.9"), survey("32", producer="dp3a", marks=frozenset({"doubtful"}))]
    (found,) = contests(pair, HOUSE)
    assert (found.reason, found.bands_differ) == ("conflict", False)


def test_order_does_not_matter() -> None:
    numbers = [
        survey("21.9", publication="rilis-lain"),
        survey("32", producer="dp3a"),
        survey("32", publication="berita-a"),
        survey("11", series="eppgbm"),
    ]
    results = [contests(each, HOUSE) for each in itertools.permutations(numbers)]
    assert all(each == results[0] for each in results)
    assert results[0][0].shown == numbers[0]
