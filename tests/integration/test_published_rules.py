"""data/published: no rule, phrase or name is dead; what a note calls a plan or a first print is never final.

Rows are matched here with the csv module, not with the pipeline, so that both would have to be wrong alike.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from etl.catalogue.load import load_catalogue
from etl.catalogue.models import Catalogue
from etl.catalogue.reference import Rule, When
from etl.jobs.connector_registry import CONNECTORS
from etl.jobs.loading.feed_run import run_feeds
from etl.measures.conflict import STATUSES
from etl.measures.observation import Contest, Observation
from etl.warehouse.engine import open_engine
from etl.warehouse.migration import migrate
from etl.warehouse.read import queries
from tests.jobs import job

ROOT = Path(__file__).resolve().parents[2]
NOW = dt.datetime(2026, 11, 22, 1, tzinfo=dt.UTC)
# A class of villages that no row of 2025 counts yet; it belongs to the rule all the same.
AHEAD_OF_ROWS = ["indeks-desa-2025: name 'idm_desa_sangat_tertinggal'"]
COLUMNS = ("name", "region", "period", "publication", "value")
# Collected names that speak of a plan or of the year under way: never a final realisation.
PLANNED_NAMES = {
    *("apbd_revenue_projection", "pad_projection", "transfer_projection", "blankspot_tower_proposals"),
    *("public_internet_points_planned", "public_wifi_points_province_support", "desa_with_free_public_internet"),
    *("target_gini", "target_ipm", "target_lpe", "target_poverty_rate", "target_rb_index", "target_tpt"),
}
PROGRESS_NAMES = {"apbd_absorption", "mcp_kpk_rank_kaltim"}
# Words of a note that exclude a final figure; population projections are the BPS method, not a plan.
PLANNING_WORDS = ("planned", "proposed", "not realisation", "rapbd", "not observation", "target,")
UNSETTLED_WORDS = (
    *("first semester", "in-year", "before audit", "provisional", "preliminary", "first published", "final validation"),
    *("as of 10 nov", "as of 31 aug", "as of 6 nov"),
)


class Published:
    """The collected rows beside what the warehouse made of them."""

    def __init__(self, catalogue: Catalogue, rows: dict[tuple[str, int], dict[str, str]]) -> None:
        self.catalogue, self.rows = catalogue, rows
        self.figures: dict[tuple[str, int], Observation] = {}
        self.contests: list[Contest] = []

    def matching(self, when: When) -> list[dict[str, str]]:
        return [row for row in self.rows.values() if _holds(when, row)]

    def pairs(self) -> Iterator[tuple[dict[str, str], Observation]]:
        for place, figure in self.figures.items():
            yield self.rows[place], figure

    def figure(self, **collected: str) -> Observation:
        [found] = [figure for row, figure in self.pairs() if collected.items() <= row.items()]
        return found


def _holds(when: When, row: dict[str, str]) -> bool:
    exact = all(not getattr(when, field) or row[field] in getattr(when, field) for field in COLUMNS)
    note = row["note"].casefold()
    return exact and (not when.note or any(part.casefold() in note for part in when.note))


def _collected() -> dict[tuple[str, int], dict[str, str]]:
    rows: dict[tuple[str, int], dict[str, str]] = {}
    for path in sorted((ROOT / "data/published").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows |= {(path.name, line): row for line, row in enumerate(csv.DictReader(file), start=2)}
    return rows


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    catalogue = load_catalogue(ROOT, CONNECTORS)
    found = Published(catalogue, _collected())
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('published') / 'warehouse.sqlite'}")
    migrate(engine)
    feeds = [each for each in catalogue.feeds if each.rules]
    assert {each.ending for each in run_feeds(job(engine, catalogue, ROOT, NOW), feeds)} == {"loaded"}
    with engine.connect() as connection:
        vintage = queries.current_vintage(connection)
        assert vintage is not None
        for figure in queries.observations(connection, vintage, limit=5000):
            found.figures[(Path(figure.place.file).name, figure.place.row)] = figure
        found.contests = queries.contested(connection, vintage)
    yield found
    engine.dispose()


def _dead_words(published: Published, rule: Rule) -> Iterator[str]:
    """Name each word of a rule's conditions without which it would match the same rows."""
    for field in (*COLUMNS, "note"):
        for word in getattr(rule.when, field):
            if not published.matching(rule.when.model_copy(update={field: (word,)})):
                yield f"{rule.id}: {field} {word!r}"


def test_every_word_of_every_rule_matches_a_row(published: Published) -> None:
    rules = published.catalogue.published.rules
    assert [word for rule in rules for word in _dead_words(published, rule)] == AHEAD_OF_ROWS
    assert all(rule.why for rule in rules)


def test_every_name_occurs_and_every_occurring_name_is_declared(published: Published) -> None:
    assert {row["name"] for row in published.rows.values()} == set(published.catalogue.published.names)


def test_the_rows_that_rules_refuse_are_these(published: Published) -> None:
    refused = Counter(
        rule.id for rule in published.catalogue.published.rules if rule.refuse for _ in published.matching(rule.when)
    )
    assert refused == {
        "tanpa-tahun": 11,
        "rerata-beberapa-tahun": 1,
        "metode-lama": 2,
        "rupiah-tanpa-kurs": 1,
        "situs-penyalin": 17,
        "daftar-pemilih-sementara": 17,
        "desa-di-luar-wilayah": 7,
        "dasar-penduduk-tak-disebut": 2,
        "status-satu-desa": 2,
        "salah-cetak": 1,
    }
    # Eleven more go back for a total that its ten parts contradict: infant deaths to October 2023.
    assert len(published.rows) - len(published.figures) == 61 + 11


def test_no_two_rows_share_an_identity(published: Published) -> None:
    identities = Counter(
        (each.indicator, each.series, each.region, each.period.code, each.kind, each.producer, each.publication)
        for each in published.figures.values()
    )
    assert [each for each, count in identities.items() if count > 1] == []


def test_planned_names_are_never_realisations(published: Published) -> None:
    loaded = {row["name"] for row, _ in published.pairs()}
    assert loaded - {row["name"] for row, figure in published.pairs() if figure.kind == "realisation"} == PLANNED_NAMES
    assert all(figure.status == "progress" for row, figure in published.pairs() if row["name"] in PROGRESS_NAMES)


def test_what_a_note_plans_is_no_realisation(published: Published) -> None:
    said = [(row, figure) for row, figure in published.pairs() if _says(row, PLANNING_WORDS)]
    assert said
    assert [row["note"] for row, figure in said if figure.kind == "realisation"] == []


def test_what_a_note_calls_unsettled_is_not_final(published: Published) -> None:
    said = [(row, figure) for row, figure in published.pairs() if _says(row, UNSETTLED_WORDS)]
    assert said
    wrong = [row for row, figure in said if figure.kind == "realisation" and figure.status in ("final", "revised")]
    # The BPS table says of its years up to 2022 nothing by "2023-2024 may be preliminary".
    wrong = [row for row in wrong if not ("2023-2024 may be" in row["note"] and row["period"] < "2023")]
    # A register's people at the end of a semester are counted, not under way.
    assert [row for row in wrong if row["name"] != "population"] == []


def _says(row: dict[str, str], words: tuple[str, ...]) -> bool:
    return any(word in row["note"].casefold() for word in words)


def test_ppu_stunting_2024_is_a_conflict(published: Published) -> None:
    [contest] = [
        each
        for each in published.contests
        if (each.indicator, each.region, each.period) == ("stunting", "64.09", "2024")
    ]
    assert contest.reason == "conflict"
    figures = (contest.shown, *contest.others)
    assert sorted(str(each.value) for each in figures) == ["21.9", "32", "32"]
    # Two sets that cannot both be: whichever stands first, no change and no score may rest on it.
    assert all("doubtful" in each.marks for each in figures)


def test_a_revision_shows_the_later_figure(published: Published) -> None:
    """What is called an earlier figure is never of a more settled status than the one shown."""
    revised = [each for each in published.contests if each.reason == "revision"]
    assert revised
    for each in revised:
        settled = min(STATUSES.index(other.status) for other in each.others)
        assert STATUSES.index(each.shown.status) <= settled, (each.indicator, each.region, each.period)


@pytest.mark.parametrize(
    ("collected", "status", "marks"),
    [
        ({"name": "lpe", "region": "paser", "period": "2020", "value": "-2.86"}, "revised", set()),
        ({"name": "lpe", "region": "paser", "period": "2020", "value": "-2.77"}, "preliminary", set()),
        ({"name": "ipm", "region": "samarinda", "period": "2018", "value": "79.73"}, "final", {"doubtful"}),
        ({"name": "gdp_per_capita_adhb", "region": "ppu", "value": "87.26"}, "preliminary", {"ikn_unknown"}),
        ({"name": "poverty_rate", "region": "ppu", "period": "2023"}, "final", {"doubtful", "ikn_unknown", "rounded"}),
    ],
)
def test_figures_that_once_misled(
    published: Published, collected: dict[str, str], status: str, marks: set[str]
) -> None:
    """A first print shown as the later one, and a whole percent that made a rise of poverty in PPU."""
    figure = published.figure(**collected)
    assert (figure.status, set(figure.marks)) == (status, marks)
