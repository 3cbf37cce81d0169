"""The first form of the warehouse."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# As etl.warehouse.schema had them when this was written: exact decimals and moments in UTC.
EXACT = sa.Numeric().with_variant(sa.Text(), "sqlite")
MOMENT = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "annotation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("printed_unit", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annotation")),
        sa.UniqueConstraint("key", name=op.f("uq_annotation_key")),
    )
    op.create_table(
        "attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("heartbeat_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.Column("outcome", sa.String(length=9), nullable=True),
        sa.Column("message", sa.Text(), nullable=True),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("rows_read", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.CheckConstraint("outcome IN ('loaded', 'unchanged', 'empty', 'failed')", name=op.f("ck_attempt_outcome")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
    )
    op.create_index("ix_attempt_feed_id", "attempt", ["feed", "id"], unique=False)
    op.create_table(
        "catalogue",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_catalogue")),
    )
    op.create_table(
        "file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file")),
        sa.UniqueConstraint("name", "sha256", name=op.f("uq_file_name_sha256")),
    )
    op.create_table(
        "indicator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator")),
        sa.UniqueConstraint("code", name=op.f("uq_indicator_code")),
    )
    op.create_table(
        "observation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.SmallInteger(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("vintage_no", sa.Integer(), nullable=False),
        sa.Column("superseded_in", sa.Integer(), nullable=True),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("value", EXACT, nullable=True),
        sa.Column("category", sa.Text(), nullable=True),
        sa.Column("printed", sa.Text(), nullable=True),
        sa.Column("numerator", EXACT, nullable=True),
        sa.Column("denominator", EXACT, nullable=True),
        sa.Column("annotation_id", sa.Integer(), nullable=False),
        sa.Column("position_id", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.CheckConstraint("value IS NULL OR category IS NULL", name=op.f("ck_observation_value_or_category")),
        sa.CheckConstraint("kind BETWEEN 0 AND 2", name=op.f("ck_observation_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observation")),
    )
    op.create_index(
        "ix_observation_superseded",
        "observation",
        ["superseded_in", "region_id"],
        unique=False,
        sqlite_where=sa.text("superseded_in IS NOT NULL"),
        postgresql_where=sa.text("superseded_in IS NOT NULL"),
    )
    op.create_index(
        "uq_observation_version",
        "observation",
        ["region_id", "series_id", "kind", "period_id", "source_id", "vintage_no"],
        unique=True,
    )
    op.create_table(
        "period",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("end", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_period")),
        sa.UniqueConstraint("code", name=op.f("uq_period_code")),
    )
    op.create_table(
        "position",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("column", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_position")),
        sa.UniqueConstraint("sheet", "column", name=op.f("uq_position_sheet_column")),
    )
    op.create_table(
        "region",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("base", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_region")),
        sa.UniqueConstraint("code", name=op.f("uq_region_code")),
    )
    op.create_index(op.f("ix_region_base"), "region", ["base"], unique=False)
    op.create_table(
        "source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("producer", sa.Text(), nullable=False),
        sa.Column("publication", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
        sa.UniqueConstraint("producer", "publication", name=op.f("uq_source_producer_publication")),
    )
    op.create_table(
        "contested",
        sa.Column("base", sa.Text(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicator.id"], name=op.f("fk_contested_indicator_id")),
        sa.ForeignKeyConstraint(["period_id"], ["period.id"], name=op.f("fk_contested_period_id")),
        sa.PrimaryKeyConstraint("base", "indicator_id", "period_id", "kind", name=op.f("pk_contested")),
    )
    op.create_table(
        "series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicator.id"], name=op.f("fk_series_indicator_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
        sa.UniqueConstraint("indicator_id", "code", name=op.f("uq_series_indicator_id_code")),
    )
    op.create_table(
        "vintage",
        sa.Column("no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=9), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("catalogue_hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("kind IN ('data', 'catalogue')", name=op.f("ck_vintage_kind")),
        sa.ForeignKeyConstraint(["catalogue_hash"], ["catalogue.hash"], name=op.f("fk_vintage_catalogue_hash")),
        sa.PrimaryKeyConstraint("no", name=op.f("pk_vintage")),
    )
    op.create_table(
        "latest",
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["period_id"], ["period.id"], name=op.f("fk_latest_period_id")),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_latest_region_id")),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_latest_series_id")),
        sa.PrimaryKeyConstraint("region_id", "series_id", name=op.f("pk_latest")),
    )
    op.create_table(
        "run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vintage_no", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("rows_read", sa.Integer(), nullable=False),
        sa.Column("accepted", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("findings_hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("rows_read = accepted + unchanged + refused", name=op.f("ck_run_nothing_dropped")),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_run_attempt_id")),
        sa.ForeignKeyConstraint(["vintage_no"], ["vintage.no"], name=op.f("fk_run_vintage_no")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run")),
        sa.UniqueConstraint("vintage_no", name=op.f("uq_run_vintage_no")),
    )
    op.create_table(
        "score",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("dimension", sa.Text(), nullable=False),
        sa.Column("vintage_no", sa.Integer(), nullable=False),
        sa.Column("superseded_in", sa.Integer(), nullable=True),
        sa.Column("tree", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["vintage_no"], ["vintage.no"], name=op.f("fk_score_vintage_no")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score")),
        sa.UniqueConstraint(
            "period", "region", "dimension", "vintage_no", name=op.f("uq_score_period_region_dimension_vintage_no")
        ),
    )
    op.create_index("ix_score_region_superseded_in", "score", ["region", "superseded_in"], unique=False)
    op.create_index(op.f("ix_score_vintage_no"), "score", ["vintage_no"], unique=False)
    op.create_table(
        "seal",
        sa.Column("vintage_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.String(length=64), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["vintage_no"], ["vintage.no"], name=op.f("fk_seal_vintage_no")),
        sa.PrimaryKeyConstraint("vintage_no", name=op.f("pk_seal")),
        sa.UniqueConstraint("seal", name=op.f("uq_seal_seal")),
    )
    op.create_table(
        "finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("severity", sa.String(length=7), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=True),
        sa.Column("row", sa.Integer(), nullable=True),
        sa.Column("column", sa.Text(), nullable=True),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.CheckConstraint("severity IN ('refused', 'warning')", name=op.f("ck_finding_severity")),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_finding_attempt_id")),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_finding_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
    )
    op.create_index(op.f("ix_finding_attempt_id"), "finding", ["attempt_id"], unique=False)
    op.create_index(op.f("ix_finding_run_id"), "finding", ["run_id"], unique=False)
    op.create_table(
        "run_file",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_run_file_file_id")),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_run_file_run_id")),
        sa.PrimaryKeyConstraint("run_id", "ordinal", name=op.f("pk_run_file")),
    )
    op.create_index(op.f("ix_run_file_file_id"), "run_file", ["file_id"], unique=False)
