"""Loads become versions: what changes is kept beside what was, what does not change leaves no trace."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select

from etl.measures.observation import Observation
from etl.warehouse import schema
from etl.warehouse.read import queries
from etl.warehouse.verify import verify
from etl.warehouse.write.attempts import heartbeat, start_attempt
from etl.warehouse.write.commits import StaleCatalogueError
from tests import making
from tests.integration.warehouse.loads import IPM, START, House, load, refusal, row


def history(house: House, indicator: str = "ipm", region: str = "64.01") -> list[Observation]:
    with house.engine.connect() as connection:
        return queries.history(connection, indicator, region)


def count(house: House, table: str) -> int:
    with house.engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(schema.metadata.tables[table])).scalar_one()


def test_a_row_keeps_all_that_was_printed_and_where(house: House) -> None:
    printed = row(
        "12.5", printed="12,50", printed_unit="persen", step="0.01", marks="doubtful,rounded", note="catatan",
        numerator="25", denominator="200", sheet="Lembar 1", row=7, column="D", status="preliminary", plan="rpjmd",
    )  # fmt: skip
    house.commit(load(printed))
    [found] = history(house)
    assert (found.value, found.step, found.printed) == (Decimal("12.5"), Decimal("0.01"), "12,50")
    assert (found.unit, found.printed_unit, found.status) == ("indeks", "persen", "preliminary")
    assert found.marks == frozenset(("doubtful", "rounded"))
    assert (found.note, found.plan) == ("catatan", "rpjmd")
    assert (found.numerator, found.denominator) == (Decimal(25), Decimal(200))
    assert (found.place.file, found.place.sheet, found.place.row, found.place.column) == ("ipm.csv", "Lembar 1", 7, "D")
    assert (found.feed, found.run, found.vintage, found.version) == ("ipm", 1, 2, 1)
    assert found.recorded_at == START.replace(day=3)


@pytest.mark.parametrize("value", ["0", "0.000000001", "-12.5", "123456789012345678901234567890.123456789", "0.1"])
def test_values_are_exact(house: House, value: str) -> None:
    house.commit(load(row(value)))
    assert str(history(house)[0].value) == str(Decimal(value))
    assert history(house)[0].printed == value


def test_categories_have_no_value(house: House) -> None:
    house.commit(load(row(None, category="WTP", step=None)))
    [found] = history(house)
    assert (found.value, found.category, found.step, found.printed) == (None, "WTP", None, "WTP")


def test_the_same_load_again_leaves_only_an_attempt(house: House) -> None:
    first = house.commit(load(row("70"), row("71", period="2025"), refused=(refusal(9),)))
    again = house.commit(load(row("70"), row("71", period="2025"), refused=(refusal(9),)))
    assert (first.run, first.accepted, first.unchanged, first.refused) == (1, 2, 0, 1)
    assert (again.run, again.accepted, again.unchanged, again.refused) == (None, 0, 2, 1)
    assert [count(house, name) for name in ("run", "vintage", "observation", "finding", "attempt")] == [1, 2, 2, 1, 2]
    with house.engine.connect() as connection:
        assert [each.outcome for each in queries.attempts(connection)] == ["unchanged", "loaded"]
        assert queries.attempts(connection)[0].rows_read == 3


def test_other_findings_alone_are_worth_a_run(house: House) -> None:
    house.commit(load(row("70"), refused=(refusal(9),)))
    outcome = house.commit(load(row("70"), refused=(refusal(9), refusal(10))))
    assert (outcome.run, outcome.accepted, outcome.unchanged, outcome.refused) == (2, 0, 1, 2)
    with house.engine.connect() as connection:
        assert [each.row for each in queries.findings(connection)] == [9, 10]
    assert house.commit(load(row("70"))).run == 3
    with house.engine.connect() as connection:
        assert queries.findings(connection) == []
        assert [each.row for each in queries.findings(connection, run_id=1)] == [9]


def test_files_of_a_feed_have_their_own_findings(house: House) -> None:
    house.commit(load(row("70"), refused=(refusal(9),), name="a.csv"))
    house.commit(load(row("71", region="64.08"), refused=(refusal(5),), name="b.csv"))
    with house.engine.connect() as connection:
        assert {(each.file, each.row) for each in queries.findings(connection)} == {("a.csv", 9), ("b.csv", 5)}
    assert house.commit(load(row("70"), refused=(refusal(9),), name="a.csv")).run is None


@pytest.mark.parametrize(
    "change",
    [
        {"value": "70.01", "printed": "70.01"},
        {"value": None, "category": "Baik"},
        {"unit": "poin"},
        {"printed": "70,00"},
        {"printed_unit": "poin"},
        {"status": "revised"},
        {"marks": "rounded"},
        {"plan": "rpjmd"},
        {"numerator": "7", "denominator": "10"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_change_is_a_new_version_and_the_old_one_stays(house: House, change: dict[str, Any]) -> None:
    house.commit(load(row("70")))
    outcome = house.commit(load(row("70") | change))
    assert (outcome.accepted, outcome.unchanged) == (1, 0)
    assert [(each.version, each.vintage) for each in history(house)] == [(1, 2), (2, 3)]
    assert history(house)[0].value == Decimal(70)
    assert verify(house.engine) == []


def test_a_row_that_only_moved_is_unchanged(house: House) -> None:
    house.commit(load(row("70")))
    moved = house.commit(load(row("70", sheet="Baru", row=99, column="Z")))
    assert (moved.run, moved.unchanged) == (None, 1)


def test_a_value_that_comes_back_is_a_third_version(house: House) -> None:
    for value in ("70", "71", "70"):
        house.commit(load(row(value)))
    assert [(each.version, str(each.value)) for each in history(house)] == [(1, "70"), (2, "71"), (3, "70")]
    assert verify(house.engine) == []


def test_a_shorter_file_erases_nothing(house: House) -> None:
    house.commit(load(row("70"), row("71", period="2025")))
    assert house.commit(load(row("70"))).run is None
    assert house.commit(load()).run is None
    assert len(history(house)) == 2


def test_lost_rows_are_an_error(house: House) -> None:
    with pytest.raises(ValueError, match="3 rows were read, but 1 accepted, 0 repeated and 0 refused"):
        house.commit(load(row("70"), rows_read=3))


def test_rows_that_repeat_another_count_as_unchanged(house: House) -> None:
    outcome = house.commit(load(row("70"), rows_read=3, repeats=2))
    assert (outcome.accepted, outcome.unchanged, outcome.refused) == (1, 2, 0)
    with house.engine.connect() as connection:
        assert queries.runs(connection, 1)[0].unchanged == 2


def test_two_rows_of_one_identity_are_an_error(house: House) -> None:
    with pytest.raises(ValueError, match="repeat the identity"):
        house.commit(load(row("70"), row("71")))
    assert count(house, "observation") == 0


def test_a_load_read_by_another_catalogue_is_an_error(house: House) -> None:
    house.catalogue = making.catalogue(IPM)
    with pytest.raises(StaleCatalogueError, match="record the catalogue"):
        house.commit(load(row("70")))


@pytest.mark.parametrize("step", ["fill_stage", "merge", "_write_run", "keep_findings", "recompute", "close_vintage"])
def test_a_fault_inside_the_transaction_leaves_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    house.commit(load(row("70")))
    before = {name: count(house, name) for name in schema.metadata.tables if name != "attempt"}
    real = getattr(__import__("etl.warehouse.write.commits", fromlist=[step]), step)

    def breaks(*arguments: Any) -> None:
        real(*arguments)
        raise OSError("disk full")

    with monkeypatch.context() as patched:
        patched.setattr(f"etl.warehouse.write.commits.{step}", breaks)
        with pytest.raises(OSError, match="disk full"):
            house.commit(load(row("71"), row("5", indicator="poverty-rate"), refused=(refusal(9),)))
    assert {name: count(house, name) for name in before} == before
    assert [each.value for each in history(house)] == [Decimal(70)]
    assert verify(house.engine) == []
    assert house.commit(load(row("71"))).accepted == 1


def test_an_attempt_that_never_ends_is_seen(house: House) -> None:
    attempt = start_attempt(house.engine, "ipm", house.now())
    alive = house.now()
    heartbeat(house.engine, attempt, alive)
    with house.engine.connect() as connection:
        [status] = queries.feed_status(connection)
    assert status.last_attempt is not None
    assert (status.last_attempt.outcome, status.last_success) == (None, None)
    assert status.last_attempt.heartbeat_at == alive
