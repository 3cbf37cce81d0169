"""The staged load against what is known: one comparison in the database, new versions, no row touched twice.

The statements are plain SQL that SQLite (from 3.39) and PostgreSQL read alike.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

from etl.warehouse.schema import IDENTITY, REALISATION

# A row that only moved within its file is unchanged, so its place is not compared.
COMPARED = ("value", "category", "printed", "numerator", "denominator", "annotation_id")
CARRIED = (*IDENTITY, *COMPARED, "position_id", "row")


def _same(left: str, right: str) -> str:
    return " AND ".join(f"{left}.{name} = {right}.{name}" for name in IDENTITY)


_DIFFERS = " OR ".join(f"observation.{name} IS DISTINCT FROM stage.{name}" for name in COMPARED)
_SUPERSEDE = f"""
UPDATE observation SET superseded_in = :vintage
FROM stage
WHERE {_same("observation", "stage")} AND observation.superseded_in IS NULL AND ({_DIFFERS})
"""  # noqa: S608 - names of our own columns
# The plus keeps both planners from walking the index of superseded rows once per staged row.
_INSERT = f"""
INSERT INTO observation ({", ".join(CARRIED)}, vintage_no, version)
SELECT {", ".join(f"stage.{name}" for name in CARRIED)}, :vintage, coalesce(replaced.version, 0) + 1
FROM stage
LEFT JOIN observation AS standing ON {_same("standing", "stage")} AND standing.superseded_in IS NULL
LEFT JOIN observation AS replaced ON {_same("replaced", "stage")} AND +replaced.superseded_in = :vintage
WHERE standing.id IS NULL
ORDER BY {", ".join(f"stage.{name}" for name in IDENTITY)}
"""  # noqa: S608 - names of our own columns
_FIGURE = "(value IS NOT NULL OR category IS NOT NULL)"  # a withdrawn one has neither
_LATEST = f"""
INSERT INTO latest (region_id, series_id, period_id)
SELECT region_id, series_id, max(period_id) FROM stage
WHERE kind = {REALISATION} AND {_FIGURE}
GROUP BY region_id, series_id
ON CONFLICT (region_id, series_id) DO UPDATE SET period_id = excluded.period_id
WHERE excluded.period_id > latest.period_id
"""  # noqa: S608 - names of our own columns
_LOST = "SELECT region_id, series_id FROM stage WHERE value IS NULL AND category IS NULL"
_FORGET = f"DELETE FROM latest WHERE (region_id, series_id) IN ({_LOST})"  # noqa: S608 - names of our own columns
_REMEMBER = f"""
INSERT INTO latest (region_id, series_id, period_id)
SELECT region_id, series_id, max(period_id) FROM observation
WHERE kind = {REALISATION} AND superseded_in IS NULL AND {_FIGURE} AND (region_id, series_id) IN ({_LOST})
GROUP BY region_id, series_id
"""  # noqa: S608 - names of our own columns
_CONTESTED = """
INSERT INTO contested (base, indicator_id, period_id, kind)
SELECT touched.base, touched.indicator_id, touched.period_id, touched.kind
FROM (
    SELECT DISTINCT region.base, series.indicator_id, stage.period_id, stage.kind
    FROM stage
    JOIN region ON region.id = stage.region_id
    JOIN series ON series.id = stage.series_id
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


def merge(connection: Connection, vintage: int, withdrawn: int = 0) -> int:
    """Write the staged rows that are new or changed as versions of a vintage; return how many.

    `withdrawn` says how many of the staged rows take a figure back.
    """
    connection.execute(text(_SUPERSEDE), {"vintage": vintage})
    written = connection.execute(text(_INSERT), {"vintage": vintage}).rowcount
    if written:
        connection.execute(text(_LATEST))
        connection.execute(text(_CONTESTED))
    if withdrawn:
        connection.execute(text(_FORGET))
        connection.execute(text(_REMEMBER))
    return written
