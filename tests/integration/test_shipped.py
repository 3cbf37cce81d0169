"""The shipped figures: all 3,073 rows accounted for, with the meaning their sources give them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine

from etl.catalogue.load import load_catalogue
from etl.catalogue.models import Catalogue
from etl.jobs.connector_registry import CONNECTORS
from etl.jobs.loading.delivery_load import Report
from etl.jobs.loading.feed_run import run_feeds
from etl.jobs.reports.plausible_file import read_ranges
from etl.measures.observation import Observation
from etl.measures.plausibility import plausible_ranges
from etl.warehouse.engine import open_engine
from etl.warehouse.migration import migrate
from etl.warehouse.read import queries
from etl.warehouse.verify import verify
from tests.jobs import job

ROOT = Path(__file__).resolve().parents[2]
NOW = dt.datetime(2026, 11, 22, 1, tzinfo=dt.UTC)
# Rules that would mean that the catalogue does not know a word of the shipped files.
FOR_WANT_OF_AN_ENTRY = {
    *("nama-tak-dikenal", "indikator-tak-dikenal", "wilayah-tak-dikenal", "satuan-tak-dikenal", "seri-tak-dikenal"),
    *("kategori-tak-dikenal", "publikasi-tak-dikenal", "produsen-tak-dikenal", "dokumen-tak-dikenal", "tanpa-dokumen"),
}


class Shipped:
    """The warehouse after the first run of everything that is shipped."""

    def __init__(self, engine: Engine, catalogue: Catalogue) -> None:
        self.engine, self.catalogue = engine, catalogue
        self.reports = self.run()

    def run(self) -> list[Report]:
        feeds = [each for each in self.catalogue.feeds if each.enabled]
        return list(run_feeds(job(self.engine, self.catalogue, ROOT, NOW), feeds))

    def figures(self, **filters: str) -> list[Observation]:
        with self.engine.connect() as connection:
            vintage = queries.current_vintage(connection)
            assert vintage is not None
            return queries.observations(connection, vintage, limit=5000, **filters)  # type: ignore[arg-type]

    def values(self, **filters: str) -> set[str]:
        return {str(each.value) for each in self.figures(**filters)}


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shipped]:
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('shipped') / 'warehouse.sqlite'}")
    migrate(engine)
    yield Shipped(engine, load_catalogue(ROOT, CONNECTORS))
    engine.dispose()


def test_every_row_is_accounted_for(shipped: Shipped) -> None:
    published = [each for each in shipped.reports if each.feed.startswith("published")]
    assert all(each.ending == "loaded" for each in published)
    assert sum(each.rows_read for each in published) == 3073
    assert sum(each.accepted + each.unchanged + each.refused for each in published) == 3073
    with shipped.engine.connect() as connection:
        assert sum(each.rows for each in queries.feed_status(connection)) == 3073


def test_what_is_refused_has_a_sentence_and_none_for_want_of_an_entry(shipped: Shipped) -> None:
    with shipped.engine.connect() as connection:
        found = queries.findings(connection)
    assert len(found) == sum(each.refused for each in shipped.reports)
    assert all(each.sentence.startswith("Baris ") and each.raw for each in found)
    assert {each.rule for each in found} & FOR_WANT_OF_AN_ENTRY == set()
    undated = [each for each in found if each.raw == "undated"]
    assert len(undated) == 11
    assert all("tidak menyebut tahun" in each.sentence for each in undated)


def test_no_two_indicators_bear_one_short_name(shipped: Shipped) -> None:
    for lang in ("id", "en"):
        counts = Counter(each.short.get(lang) for each in shipped.catalogue.indicators)
        assert [name for name, count in counts.items() if count > 1] == []


def test_all_collected_names_are_mapped(shipped: Shipped) -> None:
    names = shipped.catalogue.published.names
    assert len(names) == 194
    assert {each.indicator for each in names.values()} <= set(shipped.catalogue.indicator)


def test_figures_of_kecamatan_and_desa_stand_in_their_own_place_and_basis(shipped: Shipped) -> None:
    parts = [each for each in shipped.figures() if each.region.count(".") > 1]
    assert len(parts) == 114
    slum = [each.value for each in shipped.figures(indicator="slum-area", since="2021", until="2021")
            if each.region.startswith("64.01.")]  # fmt: skip
    assert sum(filter(None, slum)) == Decimal("224.52")
    half = {"indicator": "population", "since": "2025-S1", "until": "2025-S1"}
    assert shipped.values(region="64.09.03", series="dukcapil", **half) == {"40900"}
    assert shipped.values(region="64.09.02", series="dukcapil", **half) == {"21550", "21572"}
    assert shipped.values(indicator="slum-area", region="64.09.04.1007") == {"10"}
    assert shipped.values(indicator="slum-area", region="64.09.04") == set()


def test_ppu_stunting_2024_stays_contested(shipped: Shipped) -> None:
    found = shipped.values(indicator="stunting", series="ssgi", region="64.09", since="2024", until="2024")
    assert {"21.9", "32"} <= found


def test_both_ipm_series_of_paser_2021_stand_apart(shipped: Shipped) -> None:
    year = {"indicator": "ipm", "region": "64.01", "since": "2021", "until": "2021"}
    assert "72.93" in shipped.values(series="old", **year)
    assert "73.74" in shipped.values(series="lf", **year)
    assert shipped.values(series="old", **year) & shipped.values(series="lf", **year) == set()


def test_both_ipm_series_of_2024_stand_apart_and_each_has_one_value(shipped: Shipped) -> None:
    """A press list of 2024 that names no series is of the old one, as the BPS table shows."""
    year = {"indicator": "ipm", "region": "64.72", "since": "2024", "until": "2024"}
    assert shipped.values(series="old", **year) == {"82.81"}
    assert "82.81" not in shipped.values(series="lf", **year)
    assert shipped.values(indicator="ipm", series="old", region="64.09", since="2019", until="2019") == {"71.64"}
    assert "71.41" not in shipped.values(indicator="ipm", region="64.09", since="2021", until="2022")


def test_part_of_a_year_is_never_its_result(shipped: Shipped) -> None:
    visits = shipped.figures(indicator="tourist-visits-domestic", region="64.09", since="2023", until="2023")
    assert {str(each.value): each.status for each in visits} == {"752700": "progress", "859041": "final"}
    pad = shipped.figures(indicator="pad", region="64.01", since="2025-11", until="2025-11")
    assert [each.status for each in pad] == ["progress"]
    investment = shipped.figures(indicator="investment", region="64.09", since="2024-09", until="2024-09")
    assert {each.status for each in investment} == {"progress"}


def test_categories_stay_categories(shipped: Shipped) -> None:
    opinions = shipped.figures(indicator="bpk-opinion")
    assert {each.category for each in opinions} == {"WTP", "WDP"}
    assert all(each.value is None and each.step is None for each in opinions)
    zones = shipped.figures(indicator="ombudsman-zone", region="64.01", since="2023", until="2023")
    assert {(each.category, each.printed) for each in zones} == {("Hijau", "Hijau (B)")}


def test_units_are_converted_exactly_and_the_printed_text_kept(shipped: Shipped) -> None:
    [figure] = [each for each in shipped.figures(indicator="apbd-budget") if each.printed == "2.617291082679"]
    factor = shipped.catalogue.indicator["apbd-budget"].units[figure.printed_unit]
    assert figure.printed_unit == "trillion Rp"
    assert figure.value == Decimal("2.617291082679") * factor
    assert figure.step == Decimal("0.000000000001") * factor
    people = {each.printed_unit for each in shipped.figures(indicator="population")}
    assert {"persons", "thousand persons"} <= people
    thousands = [each for each in shipped.figures(indicator="population") if each.printed_unit == "thousand persons"]
    assert all(each.value == Decimal(each.printed) * 1000 for each in thousands)


def test_plans_and_promises_are_no_realisations(shipped: Shipped) -> None:
    plans = {(each.indicator, each.printed) for each in shipped.figures(kind="plan")}
    assert {("apbd-revenue", "9.1"), ("apbd-revenue", "9148.766924112")} <= plans
    targets = shipped.figures(kind="target")
    assert {each.indicator for each in targets} >= {"ipm", "gini", "tpt", "lpe", "poverty-rate", "irb"}
    assert all(each.plan for each in targets)
    real = {(each.indicator, each.printed, each.region) for each in shipped.figures(kind="realisation")}
    assert not {("apbd-revenue", "9.1", "64.08"), ("ipm", "77.95", "64.01")} & real


def test_the_provincial_government_is_not_the_province(shipped: Shipped) -> None:
    year = {"indicator": "mcp", "since": "2021", "until": "2021"}
    assert shipped.values(region="pemprov", **year) == {"82", "82.8"}
    assert shipped.values(region="64", **year) == {"65"}
    assert shipped.figures(indicator="bpk-opinion", region="64") == []


def test_an_annual_labour_figure_is_of_august(shipped: Shipped) -> None:
    figures = shipped.figures(indicator="tpak", kind="realisation")
    assert {each.period.code[4:] for each in figures if each.period.code != "2025-11"} == {"-08"}


def test_poverty_is_of_march_for_all_regions(shipped: Shipped) -> None:
    """September is a round of its own, and of the province and the nation alone."""
    figures = shipped.figures(indicator="poverty-rate", kind="realisation")
    assert {each.period.code[4:] for each in figures if each.region not in ("64", "ID")} == {"-03"}
    assert {each.period.code[4:] for each in figures} == {"-03", "-09"}


def test_doubts_travel_with_the_figure(shipped: Shipped) -> None:
    ppu = shipped.figures(region="64.09", kind="realisation")
    assert all(any(mark.startswith("ikn_") for mark in each.marks) for each in ppu)
    year = {"indicator": "stunting", "series": "ssgi", "region": "64.01", "since": "2022", "until": "2023"}
    inferred = [each for each in shipped.figures(**year) if each.publication.startswith("prokal")]
    assert inferred
    assert all("year_inferred" in each.marks for each in inferred)


def test_a_second_run_writes_nothing(shipped: Shipped) -> None:
    with shipped.engine.connect() as connection:
        before = queries.current_vintage(connection)
    reports = shipped.run()
    assert {each.ending for each in reports} <= {"unchanged", "absent"}
    assert sum(each.accepted for each in reports) == 0
    with shipped.engine.connect() as connection:
        assert queries.current_vintage(connection) == before


def test_the_seals_hold(shipped: Shipped) -> None:
    assert verify(shipped.engine) == []


def test_what_is_usual_is_computed_from_the_figures_held(shipped: Shipped) -> None:
    catalogue = load_catalogue(ROOT, CONNECTORS)
    date = dt.date.fromisoformat(catalogue.plausible[0].date)
    with shipped.engine.connect() as connection:
        assert read_ranges(connection, catalogue, date) == list(catalogue.plausible)


def test_a_fraction_is_caught_and_nearly_nothing_held_is_unusual(shipped: Shipped) -> None:
    """Leave each region's figures out in turn: what the others hold tells whether its own are usual."""
    catalogue, flagged, tried, missed = load_catalogue(ROOT, CONNECTORS), 0, 0, 0
    with shipped.engine.connect() as connection:
        vintage = queries.current_vintage(connection)
        assert vintage is not None
        held = queries.observations(connection, vintage, kind="realisation", limit=10**9)
    for region in sorted({each.region for each in held if len(each.region) == 5}):
        others = plausible_ranges([each for each in held if each.region != region], catalogue, dt.date(2026, 11, 28))
        usual = {each.indicator: each for each in others}
        for each in held:
            known = usual.get(each.indicator)
            if each.region == region and known is not None and each.value:
                tried += 1
                flagged += not known.low <= each.value <= known.high
                missed += catalogue.indicator[each.indicator].unit == "%" and each.value / 100 >= known.low
    assert tried > 500
    assert flagged <= tried * 0.03
    assert missed == 0
