"""What the tables are made of: their metadata, exact decimals, moments in UTC, keys."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Column, DateTime, Dialect, ForeignKey, Integer, MetaData, Numeric, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

# A decimal without loss: canonical text in SQLite, whose own numbers are binary.
EXACT = Numeric().with_variant(Text(), "sqlite")


class Moment(TypeDecorator[dt.datetime]):
    """A moment in UTC. Naive datetimes are refused: they hide which clock was meant."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone; pass a datetime in UTC")
        value = value.astimezone(dt.UTC)
        return value.isoformat(timespec="microseconds") if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        return (dt.datetime.fromisoformat(value) if isinstance(value, str) else value).astimezone(dt.UTC)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def key(name: str, target: str) -> Column[int]:
    """Make a column that leads to another table."""
    return Column(name, Integer, ForeignKey(target), nullable=False)


def id_column() -> Column[int]:
    """Make a numbered primary key."""
    return Column("id", Integer, primary_key=True)
