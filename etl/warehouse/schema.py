"""The warehouse's tables: texts are interned once, observations hold integer keys and exact values."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Numeric,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import TypeDecorator, TypeEngine

from etl.catalogue.reference import Kind

KINDS: tuple[Kind, ...] = ("realisation", "target", "plan")
REALISATION = KINDS.index("realisation")


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


def _key(name: str, target: str) -> Column[int]:
    return Column(name, Integer, ForeignKey(target), nullable=False)


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True)


indicator = Table("indicator", metadata, _id(), Column("code", Text, nullable=False, unique=True))
series = Table(
    "series",
    metadata,
    _id(),
    _key("indicator_id", "indicator.id"),
    Column("code", Text, nullable=False),
    UniqueConstraint("indicator_id", "code"),
)
region = Table(  # `base` is the region a subject is compared with: 64 for pemprov, else the region itself
    "region",
    metadata,
    _id(),
    Column("code", Text, nullable=False, unique=True),
    Column("base", Text, nullable=False, index=True),
)
period = Table(  # the id sorts like the period: days of its end, then its kind
    "period",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("code", Text, nullable=False, unique=True),
    Column("start", Date, nullable=False),
    Column("end", Date, nullable=False),
)
source = Table(
    "source",
    metadata,
    _id(),
    Column("producer", Text, nullable=False),
    Column("publication", Text, nullable=False),
    UniqueConstraint("producer", "publication"),
)
annotation = Table(  # what many figures share; "" where there is none, `key` is the digest of all columns
    "annotation",
    metadata,
    _id(),
    Column("key", String(64), nullable=False, unique=True),
    *(
        Column(name, Text, nullable=False)
        for name in ("unit", "printed_unit", "step", "status", "marks", "note", "plan")
    ),
)
position = Table(  # sheet and column of a file, "" where there is none
    "position",
    metadata,
    _id(),
    Column("sheet", Text, nullable=False),
    Column("column", Text, nullable=False),
    UniqueConstraint("sheet", "column"),
)
file = Table(
    "file",
    metadata,
    _id(),
    Column("name", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("size", Integer, nullable=False),
    UniqueConstraint("name", "sha256"),
)

catalogue = Table(
    "catalogue",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("document", Text, nullable=False),
)
vintage = Table(
    "vintage",
    metadata,
    Column("no", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(9), nullable=False),
    Column("recorded_at", Moment, nullable=False),
    Column("catalogue_hash", String(64), ForeignKey("catalogue.hash"), nullable=False),
    CheckConstraint("kind IN ('data', 'catalogue', 'review')", name="kind"),
)
seal = Table(  # written last in its transaction, when everything it covers stands
    "seal",
    metadata,
    Column("vintage_no", Integer, ForeignKey("vintage.no"), primary_key=True, autoincrement=False),
    Column("content", String(64), nullable=False),
    Column("seal", String(64), nullable=False, unique=True),
)

attempt = Table(
    "attempt",
    metadata,
    _id(),
    Column("feed", Text, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("heartbeat_at", Moment, nullable=False),
    Column("finished_at", Moment),
    Column("outcome", String(11)),
    Column("message", Text),
    Column("run_id", Integer),
    Column("rows_read", Integer, nullable=False, default=0),
    Column("refused", Integer, nullable=False, default=0),
    Column("accepted", Integer, nullable=False, default=0),
    Column("unchanged", Integer, nullable=False, default=0),
    Column("holder", Text),  # the process that works on it
    Column("file", Text),
    Column("sha256", String(64)),
    Column("reading", String(64)),  # digest of the bytes and of everything that decides how they are read
    CheckConstraint(
        "outcome IN ('loaded', 'unchanged', 'empty', 'failed', 'waiting', 'returned', 'interrupted')", name="outcome"
    ),
    Index("ix_attempt_feed_id", "feed", "id"),
)
due = Table(  # each due time of a feed and the attempt that answers for it: one may cover several missed ones
    "due",
    metadata,
    Column("feed", Text, primary_key=True),
    Column("due_at", Moment, primary_key=True),
    _key("attempt_id", "attempt.id"),
)
scheduler = Table(  # the scheduler at work; one row
    "scheduler",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("holder", Text, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("trouble", Text),  # why its jobs are not those of the catalogue as it now stands
)
review = Table(  # a delivery that waits for the steward; `content` is the hash of what would be loaded
    "review",
    metadata,
    Column("attempt_id", Integer, ForeignKey("attempt.id"), primary_key=True, autoincrement=False),
    Column("cause", String(7), nullable=False),
    Column("content", String(64), nullable=False),
    Column("opened_at", Moment, nullable=False),
    CheckConstraint("cause IN ('steward', 'shrunk')", name="cause"),
)
decision = Table(  # what the steward decided, sealed by its vintage
    "decision",
    metadata,
    Column("attempt_id", Integer, ForeignKey("review.attempt_id"), primary_key=True, autoincrement=False),
    Column("vintage_no", Integer, ForeignKey("vintage.no"), nullable=False, unique=True),
    Column("verdict", String(6), nullable=False),
    Column("by", Text, nullable=False),
    Column("reason", Text),
    Column("decided_at", Moment, nullable=False),
    CheckConstraint("verdict IN ('accept', 'return')", name="verdict"),
)
token = Table(  # of feeds that are pushed; only the digest is kept
    "token",
    metadata,
    Column("feed", Text, primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("made_at", Moment, nullable=False),
)
notice = Table(  # what was said to whom it concerns, so that it is said once, and again when it is over
    "notice",
    metadata,
    Column("key", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("sent_at", Moment),
    Column("closed_at", Moment),
)
run = Table(
    "run",
    metadata,
    _id(),
    Column("vintage_no", Integer, ForeignKey("vintage.no"), nullable=False, unique=True),
    _key("attempt_id", "attempt.id"),
    Column("feed", Text, nullable=False),
    Column("started_at", Moment, nullable=False),
    *(Column(name, Integer, nullable=False) for name in ("rows_read", "accepted", "unchanged", "refused")),
    Column("findings_hash", String(64), nullable=False),
    CheckConstraint("rows_read = accepted + unchanged + refused", name="nothing_dropped"),
)
run_file = Table(  # the first file is the one its rows stand in
    "run_file",
    metadata,
    Column("run_id", Integer, ForeignKey("run.id"), primary_key=True),
    Column("ordinal", SmallInteger, primary_key=True, autoincrement=False),
    Column("file_id", Integer, ForeignKey("file.id"), nullable=False, index=True),
)
finding = Table(
    "finding",
    metadata,
    _id(),
    Column("attempt_id", Integer, ForeignKey("attempt.id"), nullable=False, index=True),
    Column("run_id", Integer, ForeignKey("run.id"), index=True),
    Column("rule", Text, nullable=False),
    Column("severity", String(7), nullable=False),
    Column("file", Text, nullable=False),
    Column("sheet", Text),
    Column("row", Integer),
    Column("column", Text),
    Column("raw", Text, nullable=False),
    Column("sentence", Text, nullable=False),
    CheckConstraint("severity IN ('refused', 'warning')", name="severity"),
)

observation = Table(  # no foreign keys: seven checks cost more than the row; verify finds a key that leads nowhere
    "observation",
    metadata,
    _id(),
    Column("region_id", Integer, nullable=False),
    Column("series_id", Integer, nullable=False),
    Column("kind", SmallInteger, nullable=False),
    Column("period_id", Integer, nullable=False),
    Column("source_id", Integer, nullable=False),
    Column("vintage_no", Integer, nullable=False),
    Column("superseded_in", Integer),
    Column("version", SmallInteger, nullable=False),
    Column("value", EXACT),
    Column("category", Text),
    Column("printed", Text),  # NULL where it is the canonical text of the value
    Column("numerator", EXACT),
    Column("denominator", EXACT),
    Column("annotation_id", Integer, nullable=False),
    Column("position_id", Integer, nullable=False),
    Column("row", Integer, nullable=False),
    # Both are NULL where a figure was taken back: see etl.warehouse.withdraw.
    CheckConstraint("value IS NULL OR category IS NULL", name="value_or_category"),
    CheckConstraint("kind BETWEEN 0 AND 2", name="kind"),
)
IDENTITY = ("region_id", "series_id", "kind", "period_id", "source_id")
Index("uq_observation_version", *(observation.c[name] for name in (*IDENTITY, "vintage_no")), unique=True)
Index(
    "ix_observation_superseded",
    observation.c.superseded_in,
    observation.c.region_id,
    sqlite_where=observation.c.superseded_in.is_not(None),
    postgresql_where=observation.c.superseded_in.is_not(None),
)
record = (
    Table(  # what is no figure: actions, levels, evidence, services; `content` is canonical JSON, NULL if withdrawn
        "record",
        metadata,
        _id(),
        Column("kind", Text, nullable=False),
        Column("key", Text, nullable=False),
        Column("vintage_no", Integer, ForeignKey("vintage.no"), nullable=False, index=True),
        Column("superseded_in", Integer),
        Column("version", SmallInteger, nullable=False),
        Column("content", Text),
        Column("position_id", Integer, nullable=False),
        Column("row", Integer, nullable=False),
        UniqueConstraint("kind", "key", "vintage_no"),
    )
)
latest = Table(  # the newest period with a realisation
    "latest",
    metadata,
    Column("region_id", Integer, ForeignKey("region.id"), primary_key=True),
    Column("series_id", Integer, ForeignKey("series.id"), primary_key=True),
    _key("period_id", "period.id"),
)
contested = Table(  # keys more than one observation speaks about; nothing is ever taken back, so rows only come
    "contested",
    metadata,
    Column("base", Text, primary_key=True),
    Column("indicator_id", Integer, ForeignKey("indicator.id"), primary_key=True),
    Column("period_id", Integer, ForeignKey("period.id"), primary_key=True),
    Column("kind", SmallInteger, primary_key=True, autoincrement=False),
)
score = Table(
    "score",
    metadata,
    _id(),
    Column("region", Text, nullable=False),
    Column("period", Text, nullable=False),
    Column("dimension", Text, nullable=False),
    Column("vintage_no", Integer, ForeignKey("vintage.no"), nullable=False, index=True),
    Column("superseded_in", Integer),
    Column("tree", Text, nullable=False),
    UniqueConstraint("period", "region", "dimension", "vintage_no"),
    Index("ix_score_region_superseded_in", "region", "superseded_in"),
)
