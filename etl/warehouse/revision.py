"""The form of the tables as their last migration left it, and whether this version of Pantau can work with it."""

from __future__ import annotations

from pathlib import Path

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from etl.warehouse.db_errors import explain

NEWER = "Gudang data dibentuk oleh Pantau yang lebih baru dari ini. Perbarui Pantau; gudangnya tidak diubah."


def alembic_config() -> Config:
    """Say where the migrations lie."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def revision(connection: Connection) -> str | None:
    """Return the last migration of the tables; None where there are no tables."""
    return MigrationContext.configure(connection).get_current_revision()


def is_newer(found: str | None) -> bool:
    """Tell whether a revision is none that this version of Pantau knows."""
    known = {each.revision for each in ScriptDirectory.from_config(alembic_config()).walk_revisions()}
    return found is not None and found not in known


def schema_is_current(engine: Engine) -> bool:
    """Tell whether the tables have the form this version of Pantau works with."""
    with engine.connect() as connection:
        found = revision(connection)
    return found == head()


def head() -> str | None:
    """Return the last migration that this version of Pantau knows."""
    return ScriptDirectory.from_config(alembic_config()).get_current_head()


def problems(engine: Engine) -> list[str]:
    """Return why the warehouse cannot serve, as sentences; empty when it can."""
    try:
        if schema_is_current(engine):
            return []
        with engine.connect() as connection:
            newer = is_newer(revision(connection))
    except DBAPIError as error:
        return [f"Gudang data tidak terjangkau: {explain(error)}. Periksa PANTAU_DATABASE_URL."]
    return [NEWER if newer else "Susunan gudang data belum mutakhir; jalankan: python -m etl migrate."]
