"""Work on a warehouse, as a program of a later version of Pantau that test_new_columns.py starts."""

from __future__ import annotations

import json
import sys
from itertools import permutations
from typing import Any

import pandas as pd
from sqlalchemy import Engine, text

from etl.warehouse.engine import open_engine
from etl.warehouse.migration import migrate
from etl.warehouse.read.held_deliveries import held
from etl.warehouse.schema import metadata
from etl.warehouse.seal_forms import CURRENT, FORMS
from etl.warehouse.verify import verify
from etl.warehouse.write.attempts import name_file, start_attempt
from etl.warehouse.write.commits import commit_load
from etl.warehouse.write.decisions import Decision, hold, return_delivery
from tests import making
from tests.integration.warehouse.loads import CATALOGUE, FINDING_COLUMNS, IPM, POVERTY, ROW, House, load, refusal, row

COLUMN = "tambahan"


def work(house: House, year: int) -> None:
    """Write something new into every sealed table: figures, records, findings, scores, decisions and a catalogue."""
    lines = (row("70", period=str(year), publication=f"rilis-{year}"), row("12", indicator="poverty-rate"))
    house.commit(load(*lines, refused=(refusal(year),), name=f"{year}.csv"))
    content = json.dumps({"action": "Kunjungan rumah", "status": str(year)})
    action = {"kind": "action", "key": "1", "content": content, "sheet": "Lembar", "row": 2}
    house.commit(load(records=True, accepted=pd.DataFrame([action]), rows_read=1, name="tindakan.csv"))
    empty = pd.DataFrame([], columns=FINDING_COLUMNS)
    waiting = load(row("71", period=str(year), region="64.08", sheet=f"Lembar {year}"), name="tahan.csv")
    for said in (Decision("accept", "Siti"), Decision("return", "Siti", "Salah tahun.")):
        attempt = start_attempt(house.engine, "tahan", house.now())
        name_file(house.engine, attempt, "tahan.csv", "a" * 64)
        hold(house.engine, attempt, "steward", "b" * 64, "tahan.csv", empty, (1, 1, 0, 0), house.now())
        if said.verdict == "accept":
            commit_load(house.engine, waiting, house.catalogue, attempt, house.now(), said)
            continue
        with house.engine.connect() as connection:
            found = held(connection, attempt)
        assert found is not None
        return_delivery(house.engine, found, said, empty, "Dikembalikan.", house.now())
    house.record(making.catalogue(IPM.model_copy(update={"decimals": year % 5}), POVERTY))


def repeat(house: House, year: int, **changes: Any) -> tuple[int, int, bool]:
    """Load the figures of `work` again; tell how many are new, how many not, and whether a vintage was sealed."""
    lines = (row("70", period=str(year), publication=f"rilis-{year}"), row("12", indicator="poverty-rate"))
    new = load(*lines, refused=(refusal(year),), name=f"{year}.csv")
    outcome = house.commit(load(*(each | changes for each in lines), refused=(refusal(year),), name=new.files[0].name))
    return outcome.accepted, outcome.unchanged, outcome.vintage is not None


def swap_form(engine: Engine, kept: int, other: int) -> bool:
    """Write another form into the newest seal of a form; tell whether that is found, and write the right one again."""
    with engine.begin() as connection:
        number = connection.scalar(text("SELECT max(vintage_no) FROM seal WHERE form = :kept"), {"kept": kept})
    found = []
    for form in (other, kept):
        with engine.begin() as connection:
            connection.execute(
                text("UPDATE seal SET form = :form WHERE vintage_no = :number"), {"form": form, "number": number}
            )
        found.append(bool(verify(engine)))
    assert found[1] is False
    return found[0]


def main(url: str) -> None:
    """Bring the warehouse up to date, verify it, work on it, verify it again, and change the new column by hand."""
    ROW[COLUMN] = ""  # what the pipeline would give
    engine = open_engine(url)
    migrate(engine)
    said: dict[str, Any] = {"columns": [name for name in FORMS[CURRENT] if COLUMN in metadata.tables[name].c]}
    said["migrated"] = [each.sentence for each in verify(engine)]
    house = House(engine, days=50)
    house.record(CATALOGUE)
    said["repeated"] = repeat(house, 2024)
    work(house, 2025)
    said["worked"] = [each.sentence for each in verify(engine)]
    with engine.connect() as connection:
        said["forms"] = list(connection.scalars(text("SELECT form FROM seal ORDER BY vintage_no")))
    forms = sorted(set(said["forms"]))
    said["swapped"] = [swap_form(engine, *pair) for pair in permutations(forms, 2)]
    said["found"] = {}
    for table in said["columns"]:
        with engine.begin() as connection:
            kept = connection.execute(text(f"SELECT DISTINCT {COLUMN} FROM {table}")).scalars().all()
            assert len(kept) == 1, (table, kept)
            connection.execute(text(f"UPDATE {table} SET {COLUMN} = 'diubah'"))
        said["found"][table] = bool(verify(engine))
        with engine.begin() as connection:
            connection.execute(text(f"UPDATE {table} SET {COLUMN} = :kept"), {"kept": kept[0]})
    said["restored"] = [each.sentence for each in verify(engine)]
    said["filled"] = repeat(house, 2025, **{COLUMN: "isi"})
    said["ended"] = [each.sentence for each in verify(engine)]
    engine.dispose()
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main(sys.argv[1])
