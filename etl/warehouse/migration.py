"""Bringing the tables to the current form."""

from __future__ import annotations

from alembic import command
from sqlalchemy import Engine

from etl.warehouse.engine import open_migrator
from etl.warehouse.readable import create_view, drop_view
from etl.warehouse.revision import NEWER, alembic_config, head, is_newer, revision
from etl.warehouse.write.transactions import appending


def migrate(engine: Engine) -> None:
    """Bring the tables and the readable view to the current form; nothing happens when they are.

    Raises ValueError with a sentence where they already have a later form than this version of Pantau knows.
    """
    config = alembic_config()
    sqlite, migrator = engine.dialect.name == "sqlite", open_migrator(engine)
    with appending(migrator) as connection:
        found = revision(connection)
        if is_newer(found):
            raise ValueError(NEWER)
        if found != head():
            drop_view(connection)
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            create_view(connection)
        if sqlite and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").first()):
            raise ValueError(
                f"Susunan gudang data tidak dapat diperbarui: tabel {broken[0]} merujuk baris yang hilang."
            )
    if sqlite:
        migrator.dispose()
