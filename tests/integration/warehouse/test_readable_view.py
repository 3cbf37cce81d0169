"""The view for other programs: every version of every figure, with the names and the values that readers get."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from alembic import command
from sqlalchemy import Engine, text

from etl.catalogue.decimals import canonical
from etl.catalogue.load import load_catalogue
from etl.catalogue.observation_fields import FIELDS, Place
from etl.jobs.connector_registry import CONNECTORS
from etl.jobs.loading.feed_run import run_feeds
from etl.measures.observation import Observation
from etl.warehouse.engine import open_engine
from etl.warehouse.migration import migrate
from etl.warehouse.read import queries
from etl.warehouse.revision import alembic_config
from etl.warehouse.write.transactions import appending
from tests.integration.warehouse.loads import House, load, row
from tests.jobs import job

ROOT = Path(__file__).resolve().parents[3]
NOW = dt.datetime(2026, 11, 22, 1, tzinfo=dt.UTC)
PUBLISHED = ("published-governance", "published-economy", "published-society", "targets", "stunting_eppgbm")


def viewed(engine: Engine, where: str = "") -> list[dict[str, Any]]:
    with engine.connect() as connection:
        query = text(f"SELECT * FROM readable_observation {where} ORDER BY id")
        return [dict(each) for each in connection.execute(query).mappings()]


def known(engine: Engine) -> list[Observation]:
    with engine.connect() as connection:
        vintage = queries.current_vintage(connection)
        assert vintage is not None
        return sorted(queries.observations(connection, vintage, limit=100_000), key=lambda each: each.id)


def told(each: Observation, seals: Mapping[int, str], engine: Engine) -> dict[str, Any]:
    """Return the row of the view that a reader's observation stands for, by the list of fields."""
    found = {one.name: getattr(each.place if one.record is Place else each, one.name) for one in FIELDS}
    found |= {"period": each.period.code, "marks": ",".join(sorted(each.marks)), "superseded_in": None}
    found |= {"period_start": each.period.start, "period_end": each.period.end, "seal": seals[each.vintage]}
    return {name: plain(value, engine) for name, value in found.items()}


def plain(value: Any, engine: Engine) -> Any:
    """Return a value as SQLite holds it, which knows neither decimals nor days."""
    if engine.dialect.name == "postgresql":
        return value
    if isinstance(value, dt.datetime):
        return value.isoformat(timespec="microseconds")
    if isinstance(value, Decimal):
        return canonical(value)
    return value.isoformat() if isinstance(value, dt.date) else value


def test_the_shipped_figures_stand_in_the_view_as_readers_get_them(engine: Engine) -> None:
    catalogue = load_catalogue(ROOT, CONNECTORS)
    list(run_feeds(job(engine, catalogue, ROOT, NOW), [catalogue.feed[name] for name in PUBLISHED]))
    with engine.connect() as connection:
        seals = {each.number: each.seal for each in queries.vintages(connection, 100)}
    found = viewed(engine, "WHERE superseded_in IS NULL")
    assert len(found) > 1000
    for each in found:
        each["marks"] = ",".join(sorted(each["marks"].split(",")))
    assert found == [told(each, seals, engine) for each in known(engine)]


def test_versions_of_before_stay_and_what_was_taken_back_has_no_row(house: House) -> None:
    house.commit(load(row("70.1"), row(None, category="WTP", period="2023"), complete=True))
    house.commit(
        load(row("70.25", numerator="281", denominator="400", note="revisi"), row("8", period="2021"), complete=True)
    )
    rows = {(each["period"], each["version"]): each for each in viewed(house.engine)}
    first, second, taken_back = rows["2024", 1], rows["2024", 2], rows["2023", 1]
    assert set(rows) == {("2024", 1), ("2024", 2), ("2023", 1), ("2021", 1)}
    assert (str(first["value"]), first["superseded_in"]) == ("70.1", second["vintage"])
    assert (str(second["value"]), str(second["numerator"]), second["note"], second["plan"]) == (
        "70.25",
        "281",
        "revisi",
        None,
    )
    assert (taken_back["value"], taken_back["printed"], taken_back["superseded_in"]) == (None, "WTP", second["vintage"])


def test_the_query_of_the_document_runs(house: House) -> None:
    house.commit(load(row("70.1", series="lf"), row("71.2", series="lf", region="64.08"), row("60", series="lain")))
    [query] = re.findall(r"```sql\n(.+?)```", (ROOT / "docs/api.md").read_text(encoding="utf-8"), re.DOTALL)
    with house.engine.connect() as connection:
        found = [(each.region, str(each.value), each.unit) for each in connection.execute(text(query))]
    assert found == [("64.01", "70.1", "indeks"), ("64.08", "71.2", "indeks")]


def test_an_earlier_warehouse_gets_the_view_when_it_is_migrated(database_url: str) -> None:
    engine = open_engine(database_url)
    with appending(engine) as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
    migrate(engine)
    assert viewed(engine) == []
    engine.dispose()
