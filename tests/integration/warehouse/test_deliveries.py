"""When which period came: the first delivery that stands, also where many figures lie in the warehouse."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Engine, update

from etl.stewardship.obligation import Delivered
from etl.warehouse import schema
from etl.warehouse.read.delivered_periods import deliveries, filled, first_day
from etl.warehouse.write.attempts import finish_attempt, note_periods, start_attempt
from etl.warehouse.write.transactions import writing
from tests.integration.warehouse.loads import House, load, row

EVENING = dt.datetime(2026, 11, 5, 17, 0, tzinfo=dt.UTC)  # the sixth in WITA
LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


def bring(engine: Engine, outcome: str, *periods: str, at: dt.datetime = EVENING, rows: int = 3) -> None:
    attempt = start_attempt(engine, "layanan", at)
    note_periods(engine, "layanan", attempt, periods, at)
    with writing(engine) as connection:
        connection.execute(update(schema.attempt).where(schema.attempt.c.id == attempt).values(rows_read=rows))
    finish_attempt(engine, attempt, outcome, None, at)  # type: ignore[arg-type]


def test_bytes_that_are_run_again_came_when_they_came_first(engine: Engine) -> None:
    for days, outcome in ((0, "returned"), (1, "failed"), (9, "loaded")):
        at = EVENING + dt.timedelta(days=days)
        attempt = start_attempt(engine, "layanan", at)
        with writing(engine) as connection:
            connection.execute(update(schema.attempt).where(schema.attempt.c.id == attempt).values(sha256="a" * 64))
        note_periods(engine, "layanan", attempt, ["2026-10"], at)
        note_periods(engine, "layanan", attempt, ["2026-10"], at)
        finish_attempt(engine, attempt, outcome, None, at)  # type: ignore[arg-type]
    assert told(engine) == [Delivered("layanan", "2026-10", dt.date(2026, 11, 7))]


def told(engine: Engine, *without_period: str) -> list[Delivered]:
    with engine.connect() as connection:
        return sorted(deliveries(connection, LONG_AGO, without_period), key=str)


def test_a_period_came_on_the_day_in_wita_of_its_first_delivery(engine: Engine) -> None:
    bring(engine, "loaded", "2026-10", "2026-09")
    bring(engine, "loaded", "2026-10", at=EVENING + dt.timedelta(days=9))
    day = dt.date(2026, 11, 6)
    assert told(engine) == [Delivered("layanan", "2026-09", day), Delivered("layanan", "2026-10", day)]


def test_what_waits_has_come_and_what_was_returned_or_failed_has_not(engine: Engine) -> None:
    bring(engine, "failed", "2026-08")
    bring(engine, "returned", "2026-10")
    assert told(engine) == []
    bring(engine, "waiting", "2026-10", at=EVENING + dt.timedelta(days=3))
    bring(engine, "loaded", "2026-10", at=EVENING + dt.timedelta(days=4))
    assert told(engine) == [Delivered("layanan", "2026-10", dt.date(2026, 11, 9))]


def test_feeds_without_periods_are_judged_by_the_days_on_which_something_came(engine: Engine) -> None:
    bring(engine, "unchanged", at=EVENING, rows=0)  # a turn that found no file
    assert told(engine, "layanan") == []
    bring(engine, "loaded", at=EVENING)
    bring(engine, "failed", at=EVENING + dt.timedelta(days=1))
    assert told(engine, "layanan") == [Delivered("layanan", None, dt.date(2026, 11, 6))]
    assert told(engine) == []


def test_cells_are_filled_by_figures_that_stand(engine: Engine) -> None:
    house = House(engine)
    house.record(house.catalogue)
    house.commit(load(row("70"), row("71", region="64.09", period="2023"), row("72", region="64.08")))
    with engine.connect() as connection:
        assert first_day(connection) == dt.date(2026, 11, 2)
        found = filled(connection, ["ipm", "tak-ada"], ["64.01", "64.09"], ["2024", "2023"])
        assert found == {("ipm", "utama", "64.01", "2024"), ("ipm", "utama", "64.09", "2023")}
        assert filled(connection, [], ["64.01"], ["2024"]) == set()


def test_a_new_warehouse_has_no_first_day(engine: Engine) -> None:
    with engine.connect() as connection:
        assert first_day(connection) is None
