"""A warehouse that 0.2.0 filled opens at each of its vintages and says what 0.2.0 said of it."""

from __future__ import annotations

import hashlib
import json
import lzma
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Engine, MetaData

from benchmarks.server import create_database
from dashboard.app import create_app
from dashboard.data import open_read_only
from dashboard.settings import WebSettings
from etl.measures.observation import DimensionScore, Observation
from etl.warehouse.engine import open_engine
from etl.warehouse.migration import migrate
from etl.warehouse.read import queries
from etl.warehouse.revision import alembic_config
from etl.warehouse.verify import verify
from etl.warehouse.write.transactions import appending

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "warehouse-0.2"
ANSWERS: list[dict[str, Any]] = json.loads((SAMPLE / "answers.json").read_text(encoding="utf-8"))
SOME = (("ipm", "2016"), ("ipm", "2017"), ("ipm", "2021"), ("pemdi-level", "2026"))
REVISION = "0002"  # of its tables


def unpack(folder: Path) -> str:
    path = folder / "warehouse.sqlite"
    path.write_bytes(lzma.decompress((SAMPLE / "warehouse.sqlite.xz").read_bytes()))
    return f"sqlite:///{path}"


def copy_to(url: str, source: str) -> None:
    """Write all rows of the sample into a database of the same form."""
    old, new = open_engine(source), open_engine(url)
    config = alembic_config()
    with appending(new) as writer, old.connect() as reader:
        config.attributes["connection"] = writer
        command.upgrade(config, REVISION)
        tables = MetaData()
        tables.reflect(writer)
        for table in tables.sorted_tables:
            found = reader.exec_driver_sql(f'SELECT * FROM "{table.name}"')
            names, rows = list(found.keys()), found.all()
            if table.name != "alembic_version" and rows:
                into = ", ".join(f'"{name}"' for name in names)
                marks = ", ".join(["%s"] * len(names))
                writer.exec_driver_sql(
                    f'INSERT INTO "{table.name}" ({into}) VALUES ({marks})', [tuple(row) for row in rows]
                )
    old.dispose()
    new.dispose()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give the sample's address on each kind of database, brought up to date."""
    address = unpack(tmp_path_factory.mktemp("sample"))
    if request.param == "postgresql":
        server, source = request.getfixturevalue("postgres_server"), address
        address = create_database(server, "contoh")
        copy_to(address, source)
    engine = open_engine(address)
    migrate(engine)
    engine.dispose()
    return address


@pytest.fixture
def engine(url: str) -> Iterable[Engine]:
    opened = open_engine(url)
    yield opened
    opened.dispose()


def figure(each: Observation) -> list[Any]:
    def text(value: object) -> str | None:
        return None if value is None else str(value)

    return [
        *(each.kind, each.indicator, each.series, each.region, each.period.code, text(each.value), each.category),
        *(text(each.step), each.unit, each.printed, each.printed_unit, each.status, sorted(each.marks), each.note),
        *(each.producer, each.publication, each.plan, text(each.numerator), text(each.denominator)),
        *(each.feed, each.vintage, each.version, each.recorded_at.isoformat()),
        *(each.place.file, each.place.sha256, each.place.sheet, each.place.row, each.place.column),
    ]


def score(each: DimensionScore) -> list[Any]:
    value = None if each.score is None else str(each.score)
    bounds = (str(each.low), str(each.high), str(each.coverage))
    return [each.region, each.period, each.dimension, value, *bounds, each.present, each.total, each.band]


def digest(rows: list[list[Any]]) -> str:
    return hashlib.sha256(json.dumps(sorted(rows, key=json.dumps)).encode()).hexdigest()


def test_it_is_whole(engine: Engine) -> None:
    assert verify(engine) == []


def test_each_vintage_says_what_it_said(engine: Engine) -> None:
    with engine.connect() as connection:
        chain = list(reversed(queries.vintages(connection, 100)))
        assert len(chain) == len(ANSWERS)
        for vintage, then in zip(chain, ANSWERS, strict=True):
            assert queries.resolve(connection, then["seal"]) == vintage
            known = (vintage.number, vintage.kind, vintage.recorded_at.isoformat(), vintage.content, vintage.feed)
            assert known == tuple(then[name] for name in ("number", "kind", "recorded_at", "content", "feed"))
            every = [figure(each) for each in queries.observations(connection, vintage, limit=100_000)]
            assert (len(every), digest(every)) == (then["observations"], then["observations_digest"])
            some = [
                figure(each)[1:6]
                for name, period in SOME
                for each in queries.observations(
                    connection, vintage, indicator=name, region="64.01", since=period, until=period
                )
            ]
            assert some == then["some"]
            stored = queries.scores(connection, vintage)
            assert {(each.method, each.position, each.variants) for each in stored} <= {(1, None, 0)}
            scores = [score(each) for each in stored]
            assert [each[2:7] for each in scores if each[:2] == ["64.01", "2024"]] == then["paser_2024"]
            assert (len(scores), digest(scores)) == (then["scores"], then["scores_digest"])
            assert len(queries.catalogue_at(connection, vintage).indicators) == then["indicators"]
            actions = queries.records(connection, "action", vintage.number)
            assert [[each.content["action"], each.content["status"]] for each in actions] == then["actions"]


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_its_pages_open_at_each_vintage(url: str) -> None:
    client = create_app(WebSettings(database_url=url), open_read_only(url)).server.test_client()
    for then in ANSWERS:
        for path in ("/", "/indikator/ipm"):
            answer = client.get(f"{path}?per={then['seal'][:8]}")
            assert answer.status_code == 200, (then["number"], path)
