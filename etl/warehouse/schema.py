"""The warehouse's tables: texts are interned once, observations hold integer keys and exact values."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from etl.catalogue.reference import Kind
from etl.warehouse.column_types import EXACT as EXACT
from etl.warehouse.column_types import Moment as Moment
from etl.warehouse.column_types import id_column, key
from etl.warehouse.column_types import metadata as metadata
from etl.warehouse.delivery_tables import attempt as attempt
from etl.warehouse.delivery_tables import decision as decision
from etl.warehouse.delivery_tables import delivered as delivered
from etl.warehouse.delivery_tables import due as due
from etl.warehouse.delivery_tables import notice as notice
from etl.warehouse.delivery_tables import review as review
from etl.warehouse.delivery_tables import scheduler as scheduler
from etl.warehouse.delivery_tables import token as token

KINDS: tuple[Kind, ...] = ("realisation", "target", "plan")
REALISATION = KINDS.index("realisation")


indicator = Table("indicator", metadata, id_column(), Column("code", Text, nullable=False, unique=True))
series = Table(
    "series",
    metadata,
    id_column(),
    key("indicator_id", "indicator.id"),
    Column("code", Text, nullable=False),
    UniqueConstraint("indicator_id", "code"),
)
region = Table(  # `base` is the region a subject is compared with: 64 for pemprov, else the region itself
    "region",
    metadata,
    id_column(),
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
    id_column(),
    Column("producer", Text, nullable=False),
    Column("publication", Text, nullable=False),
    UniqueConstraint("producer", "publication"),
)
annotation = Table(  # what many figures share; "" where there is none, `key` is the digest of its texts when written
    "annotation",
    metadata,
    id_column(),
    Column("key", String(64), nullable=False, unique=True),
    *(
        Column(name, Text, nullable=False)
        for name in ("unit", "printed_unit", "step", "status", "marks", "note", "plan")
    ),
)
position = Table(  # sheet and column of a file, "" where there is none
    "position",
    metadata,
    id_column(),
    Column("sheet", Text, nullable=False),
    Column("column", Text, nullable=False),
    UniqueConstraint("sheet", "column"),
)
file = Table(
    "file",
    metadata,
    id_column(),
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
    Column("form", SmallInteger, nullable=False, server_default="1"),  # see etl.catalogue.stored_forms
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
    Column("form", SmallInteger, nullable=False, server_default="1"),  # see etl.warehouse.seal_forms
)

run = Table(
    "run",
    metadata,
    id_column(),
    Column("vintage_no", Integer, ForeignKey("vintage.no"), nullable=False, unique=True),
    key("attempt_id", "attempt.id"),
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
    id_column(),
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
    Column("indicator", Text),  # what it speaks about; decides who may read it
    CheckConstraint("severity IN ('refused', 'warning')", name="severity"),
)

observation = Table(  # no foreign keys: seven checks cost more than the row; verify finds a key that leads nowhere
    "observation",
    metadata,
    id_column(),
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
    # Both are NULL where a figure was taken back: see etl.warehouse.write.withdraw.
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
        id_column(),
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
    key("period_id", "period.id"),
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
    id_column(),
    Column("region", Text, nullable=False),
    Column("period", Text, nullable=False),
    Column("dimension", Text, nullable=False),
    Column("vintage_no", Integer, ForeignKey("vintage.no"), nullable=False, index=True),
    Column("superseded_in", Integer),
    Column("tree", Text, nullable=False),
    UniqueConstraint("period", "region", "dimension", "vintage_no"),
    Index("ix_score_region_superseded_in", "region", "superseded_in"),
)
