"""The staged load against what is known: one comparison in the database, new versions, no row touched twice.

The statements are plain SQL that SQLite (from 3.39) and PostgreSQL read alike.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

from etl.warehouse.schema import IDENTITY, REALISATION
from etl.warehouse.stored_fields import FIGURE

# A row that only moved within its file is unchanged, so its place is not compared.
COMPARED = (*FIGURE, "annotation_id")
CARRIED = (*IDENTITY, *COMPARED, "position_id", "row")


def _same(left: str, right: str) -> str:
    return " AND ".join(f"{left}.{name} = {right}.{name}" for name in IDENTITY)


_DIFFERS = " OR ".join(f"observation.{name} IS DISTINCT FROM stage.{name}" for name in COMPARED)
_INSERT = f"""
INSERT INTO observation ({", ".join(CARRIED)}, vintage_no, version)
SELECT {", ".join(f"stage.{name}" for name in CARRIED)}, :vintage, coalesce(observation.version, 0) + 1
FROM stage
LEFT JOIN observation ON {_same("observation", "stage")} AND observation.superseded_in IS NULL
WHERE observation.id IS NULL OR {_DIFFERS}
"""  # noqa: S608 - names of our own columns
# Rows of SQLite's stage lie as they were staged; for PostgreSQL sorting what is sorted costs little.
_ORDER = {"sqlite": "stage.rowid", "postgresql": ", ".join(f"stage.{name}" for name in IDENTITY)}
_SUPERSEDE = f"""
UPDATE observation SET superseded_in = :vintage
FROM observation AS fresh
WHERE fresh.id > :last AND fresh.version > 1 AND observation.id <= :last
    AND {_same("observation", "fresh")} AND observation.superseded_in IS NULL
"""  # noqa: S608 - names of our own columns
_STANDS = "(value IS NOT NULL OR category IS NOT NULL)"  # a withdrawn one has neither
_LATEST = """
INSERT INTO latest (region_id, series_id, period_id)
SELECT region_id, series_id, max(period_id) FROM line
WHERE period_id IS NOT NULL
GROUP BY region_id, series_id
ON CONFLICT (region_id, series_id) DO UPDATE SET period_id = excluded.period_id
WHERE excluded.period_id > latest.period_id
"""
_LOST = "SELECT region_id, series_id FROM stage WHERE value IS NULL AND category IS NULL"
_FORGET = f"DELETE FROM latest WHERE (region_id, series_id) IN ({_LOST})"  # noqa: S608 - names of our own columns
_REMEMBER = f"""
INSERT INTO latest (region_id, series_id, period_id)
SELECT region_id, series_id, max(period_id) FROM observation
WHERE kind = {REALISATION} AND superseded_in IS NULL AND {_STANDS} AND (region_id, series_id) IN ({_LOST})
GROUP BY region_id, series_id
"""  # noqa: S608 - names of our own columns
# The lines for which several can speak about one key: the load has two of an indicator, or the warehouse had one.
# The subquery with a limit is looked up in the index for each line, never joined to the whole table.
_DOUBTED = """
CREATE TEMPORARY TABLE doubted AS
SELECT DISTINCT line.region_id, line.series_id, region.base, series.indicator_id
FROM line JOIN region ON region.id = line.region_id JOIN series ON series.id = line.series_id
WHERE (region.base, series.indicator_id) IN (
    SELECT region.base, series.indicator_id
    FROM line JOIN region ON region.id = line.region_id JOIN series ON series.id = line.series_id
    GROUP BY region.base, series.indicator_id HAVING count(*) > 1
    UNION
    SELECT known.base, known.indicator_id
    FROM (
        SELECT DISTINCT region.base, series.indicator_id, other.id AS region_id, sister.id AS series_id
        FROM line JOIN region ON region.id = line.region_id JOIN series ON series.id = line.series_id
        JOIN region AS other ON other.base = region.base
        JOIN series AS sister ON sister.indicator_id = series.indicator_id
    ) AS known
    WHERE (
        SELECT id FROM observation
        WHERE observation.region_id = known.region_id AND observation.series_id = known.series_id LIMIT 1
    ) IS NOT NULL
)
"""
_CONTESTED = """
INSERT INTO contested (base, indicator_id, period_id, kind)
SELECT touched.base, touched.indicator_id, touched.period_id, touched.kind
FROM (
    SELECT DISTINCT doubted.base, doubted.indicator_id, fresh.period_id, fresh.kind
    FROM observation AS fresh
    JOIN doubted ON doubted.region_id = fresh.region_id AND doubted.series_id = fresh.series_id
    WHERE fresh.id > :last AND fresh.version = 1
) AS touched
JOIN region ON region.base = touched.base
JOIN series ON series.indicator_id = touched.indicator_id
JOIN observation ON observation.region_id = region.id AND observation.series_id = series.id
    AND observation.kind = touched.kind AND observation.period_id = touched.period_id
    AND observation.superseded_in IS NULL
GROUP BY touched.base, touched.indicator_id, touched.period_id, touched.kind
HAVING count(*) > 1
ON CONFLICT DO NOTHING
"""


def merge(connection: Connection, vintage: int, last: int, withdrawn: int = 0) -> int:
    """Write the staged rows that are new or changed as versions of a vintage; return how many.

    `last` is the greatest id of an observation so far; `withdrawn` says how many of the staged rows take a figure back.
    """
    connection.execute(text(_DOUBTED))
    insert = f"{_INSERT} ORDER BY {_ORDER[connection.dialect.name]}"
    written = connection.execute(text(insert), {"vintage": vintage}).rowcount
    if written:
        connection.execute(text(_SUPERSEDE), {"vintage": vintage, "last": last})
        connection.execute(text(_LATEST))
        if connection.scalar(text("SELECT count(*) FROM doubted")):
            connection.execute(text(_CONTESTED), {"last": last})
    if withdrawn:
        connection.execute(text(_FORGET))
        connection.execute(text(_REMEMBER))
    connection.exec_driver_sql("DROP TABLE doubted")
    return written
