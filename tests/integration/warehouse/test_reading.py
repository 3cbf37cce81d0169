"""What the readers get: the latest figures, filters, sources that speak of one key, and what changed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest

from etl.measures.observation import Observation, Vintage
from etl.warehouse.read import queries
from etl.warehouse.write.attempts import finish_attempt, start_attempt
from tests.integration.warehouse.loads import FINDING_COLUMNS, House, load, refusal, row


def now(house: House) -> Vintage:
    with house.engine.connect() as connection:
        return queries.resolve(connection, None)


def found(house: House, **filters: Any) -> list[tuple[str, str, str]]:
    with house.engine.connect() as connection:
        rows: list[Observation] = queries.observations(connection, now(house), **filters)
    return sorted((each.indicator, each.region, each.period.code) for each in rows)


@pytest.fixture
def filled(house: House) -> House:
    house.commit(
        load(
            row("70", period="2023"),
            row("71", period="2024"),
            row("71.5", period="2024", publication="salinan"),
            row("69", period="2023-Q4", series="triwulanan"),
            row("72", period="2026", kind="target"),
            row("65", region="64.08", period="2022-08"),
            row("9", indicator="poverty-rate", region="64", period="2024-S1"),
            row("8", indicator="poverty-rate", region="pemprov", period="2024-S1"),
        )
    )
    return house


def test_the_latest_period_of_each_series_comes_with_all_its_sources(filled: House) -> None:
    with filled.engine.connect() as connection:
        rows = queries.latest(connection, now(filled), "64.01")
    assert [(each.series, each.period.code, each.publication) for each in rows] == [
        ("triwulanan", "2023-Q4", "rilis-2024"),
        ("utama", "2024", "rilis-2024"),
        ("utama", "2024", "salinan"),
    ]


def test_an_older_period_that_comes_late_is_not_the_latest(filled: House) -> None:
    before = now(filled)
    filled.commit(load(row("60", period="2020"), row("73", period="2025", region="64.08")))
    with filled.engine.connect() as connection:
        newest = queries.latest(connection, now(filled), "64.01")
        assert {each.period.code for each in newest} == {"2024", "2023-Q4"}
        assert [each.period.code for each in queries.latest(connection, now(filled), "64.08")] == ["2025"]
        assert [each.period.code for each in queries.latest(connection, before, "64.08")] == ["2022-08"]
        assert queries.latest(connection, before, "64.01") == newest


def test_a_series_is_ordered_by_period(filled: House) -> None:
    with filled.engine.connect() as connection:
        rows = queries.series(connection, now(filled), "ipm", ["64.01", "64.08"])
        targets = queries.series(connection, now(filled), "ipm", ["64.01"], kinds=("target",))
    assert [each.period.code for each in rows] == ["2022-08", "2023", "2023-Q4", "2024", "2024"]
    assert [each.period.code for each in targets] == ["2026"]


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({}, 8),
        ({"region": "64.01"}, 5),
        ({"indicator": "poverty-rate"}, 2),
        ({"series": "triwulanan"}, 1),
        ({"kind": "target"}, 1),
        ({"source": "salinan"}, 1),
        ({"source": "bps"}, 8),
        ({"since": "2024"}, 5),
        ({"until": "2022"}, 1),
        ({"since": "2023-Q4", "until": "2023"}, 2),
        ({"region": "64.99"}, 0),
        ({"limit": 3}, 3),
        ({"limit": 5, "offset": 6}, 2),
    ],
)
def test_filters_narrow_the_list(filled: House, filters: dict[str, Any], count: int) -> None:
    assert len(found(filled, **filters)) == count


def test_pages_join_without_gap_or_overlap(filled: House) -> None:
    pages = [each for offset in range(0, 9, 3) for each in found(filled, limit=3, offset=offset)]
    assert sorted(pages) == found(filled)


def test_contested_keys_fold_the_provincial_government_into_its_region(filled: House) -> None:
    with filled.engine.connect() as connection:
        contests = queries.contested(connection, now(filled))
        paser = queries.contested(connection, now(filled), "64.01")
        province = queries.contested(connection, now(filled), "pemprov")
    assert [(each.indicator, each.reason) for each in contests] == [("ipm", "conflict"), ("poverty-rate", "subject")]
    assert [each.indicator for each in paser] == ["ipm"]
    assert paser[0].shown.publication == "rilis-2024"
    assert [each.indicator for each in province] == ["poverty-rate"]


@pytest.mark.parametrize("left", [("poverty-rate",), ()])
def test_a_contest_over_a_removed_indicator_is_history(filled: House, left: tuple[str, ...]) -> None:
    before = now(filled)
    kept = tuple(each for each in filled.catalogue.indicators if each.id in left)
    filled.record(filled.catalogue.model_copy(update={"indicators": kept}))
    with filled.engine.connect() as connection:
        assert {each.indicator for each in queries.contested(connection, now(filled))} == set(left)
        assert len(queries.contested(connection, before)) == 2
        old = queries.series(connection, before, "ipm", ["64.01"])
        assert [str(each.value) for each in old] == ["70", "69", "71", "71.5"]


def test_a_contest_is_known_from_its_vintage_on(house: House) -> None:
    house.commit(load(row("70")))
    before = now(house)
    house.commit(load(row("72", publication="dinas"), name="dinas.csv"))
    with house.engine.connect() as connection:
        assert len(queries.contested(connection, now(house))) == 1
        assert queries.contested(connection, before) == []


def test_changes_are_the_values_that_replaced_others(filled: House) -> None:
    before = now(filled)
    filled.commit(load(row("70.5", period="2023"), row("71", period="2024", status="revised")))
    filled.commit(load(row("71.2", period="2024", status="revised"), row("80", period="2026", kind="target")))
    with filled.engine.connect() as connection:
        changes = queries.changes(connection, now(filled), "64.01", 10)
        assert queries.changes(connection, before, "64.01", 10) == []
        assert len(queries.changes(connection, now(filled), "64.01", 1)) == 1
    assert [(str(new.value), str(old.value)) for new, old in changes] == [("71.2", "71"), ("70.5", "70")]


def test_a_failed_attempt_keeps_its_findings_until_the_next_one(house: House) -> None:
    attempt = start_attempt(house.engine, "ipm", house.now())
    findings = pd.DataFrame([refusal(3) | {"row": None}], columns=FINDING_COLUMNS)
    finish_attempt(house.engine, attempt, "failed", "Berkas kosong.", house.now(), findings, "ipm.csv")
    with house.engine.connect() as connection:
        [kept] = queries.findings(connection, feed="ipm", rule="angka")
        [status] = queries.feed_status(connection)
    assert (kept.file, kept.row, kept.run, kept.attempt) == ("ipm.csv", None, None, attempt)
    assert status.last_attempt is not None
    assert (status.last_attempt.outcome, status.last_attempt.message) == ("failed", "Berkas kosong.")
    house.commit(load(row("70")))
    with house.engine.connect() as connection:
        assert queries.findings(connection) == []
        [status] = queries.feed_status(connection)
    assert (status.rows, status.refused) == (1, 0)
    assert status.last_success is not None
    assert status.last_success > dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
