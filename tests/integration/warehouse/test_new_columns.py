"""A column that comes later breaks no seal: older ones go on without it, those of its own form cover it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from alembic.script import ScriptDirectory

from etl.warehouse import schema
from etl.warehouse.engine import open_engine
from etl.warehouse.migration import migrate
from etl.warehouse.revision import alembic_config
from etl.warehouse.seal_forms import CURRENT, FORMS
from etl.warehouse.verify import verify
from tests.integration.warehouse.loads import CATALOGUE, House
from tests.integration.warehouse.next_version import COLUMN, work
from tests.integration.warehouse.test_verify import tamper

ROOT = Path(__file__).resolve().parents[3]
TABLES = f"""

for _each in {sorted(FORMS[CURRENT])}:
    # A finding that nobody gives the new text has none; elsewhere it is empty.
    _empty = dict() if _each == "finding" else dict(nullable=False, server_default="")
    metadata.tables[_each].append_column(Column("{COLUMN}", Text, **_empty))
"""
REVISION = """
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "later", "{head}", None, None


def upgrade():
    for table in {tables}:
        empty = dict() if table == "finding" else dict(nullable=False, server_default="")
        op.add_column(table, sa.Column("{column}", sa.Text(), **empty))
"""
FORM = f"""
CURRENT += 1
FORMS[CURRENT] = {{table: (*names, "{COLUMN}") for table, names in FORMS[CURRENT - 1].items()}}
"""
LAST = "    place: Place\n"
FIELD = f'    {COLUMN}: Annotated[str | None, Given("annotation", "{COLUMN}")] = None\n'


def extend(path: Path, lines: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + lines, encoding="utf-8")


def later_version(folder: Path, *, sealed: bool) -> Path:
    """Copy the code and give every sealed table one more column, as CONTRIBUTING says."""
    shutil.copytree(ROOT / "etl", folder / "etl", ignore=shutil.ignore_patterns("__pycache__"))
    warehouse = folder / "etl" / "warehouse"
    extend(warehouse / "schema.py", TABLES)
    head = ScriptDirectory.from_config(alembic_config()).get_current_head()
    revision = REVISION.format(head=head, tables=sorted(FORMS[CURRENT]), column=COLUMN)
    (warehouse / "migrations" / "versions" / "9999_later.py").write_text(revision, encoding="utf-8")
    if sealed:
        extend(warehouse / "seal_forms.py", FORM)
        listed = folder / "etl" / "catalogue" / "observation_fields.py"
        text = listed.read_text(encoding="utf-8")
        assert text.count(LAST) == 1
        listed.write_text(text.replace(LAST, LAST + FIELD), encoding="utf-8")
    return folder


def run(version: Path, url: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.integration.warehouse.next_version", url]
    environ = os.environ | {"PYTHONPATH": str(ROOT)}
    outcome = subprocess.run(command, cwd=version, env=environ, capture_output=True, text=True, check=False)
    assert outcome.returncode == 0, outcome.stderr
    found: dict[str, Any] = json.loads(outcome.stdout)
    return found


@pytest.mark.parametrize("sealed", [False, True], ids=["unsealed", "sealed"])
def test_a_column_in_each_sealed_table_leaves_old_seals_whole(database_url: str, tmp_path: Path, sealed: bool) -> None:
    engine = open_engine(database_url)
    migrate(engine)
    house = House(engine)
    house.record(CATALOGUE)
    work(house, 2024)
    assert verify(engine) == []
    engine.dispose()
    said = run(later_version(tmp_path / "later", sealed=sealed), database_url)
    assert said["migrated"] == said["worked"] == said["restored"] == said["ended"] == []
    assert set(said["columns"]) == set(FORMS[CURRENT])
    assert said["repeated"] == [0, 2, False]  # the same figures and findings again
    assert set(said["forms"]) == ({CURRENT, CURRENT + 1} if sealed else {CURRENT})
    assert said["forms"] == sorted(said["forms"])
    assert said["swapped"] == [True] * (2 if sealed else 0)
    assert set(said["found"].values()) == {sealed}
    assert said["filled"] == ([2, 0, True] if sealed else [0, 2, False])


def test_every_form_names_columns_that_there_are() -> None:
    for form in FORMS.values():
        for table, names in form.items():
            assert set(names) <= set(schema.metadata.tables[table].c.keys())


def test_a_changed_number_of_a_form_is_found(house: House) -> None:
    work(house, 2024)
    for table, number in (("seal", CURRENT + 1), ("seal", 0), ("catalogue", 2), ("catalogue", 0)):
        tamper(house.engine, f"UPDATE {table} SET form = {number}")
        assert any("versi data" in each.sentence for each in verify(house.engine)), table
        tamper(house.engine, f"UPDATE {table} SET form = {CURRENT if table == 'seal' else 1}")
        assert verify(house.engine) == []
