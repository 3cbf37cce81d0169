"""What unattended deliveries need: due times, reviews, tokens, notices, records; more about each attempt."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")
OUTCOMES = "outcome IN ('loaded', 'unchanged', 'empty', 'failed', 'waiting', 'returned', 'interrupted')"


def upgrade() -> None:
    with op.batch_alter_table("attempt") as table:
        table.drop_constraint(op.f("ck_attempt_outcome"), type_="check")
        table.alter_column("outcome", type_=sa.String(length=11), existing_type=sa.String(length=9))
        for name in ("accepted", "unchanged"):
            table.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("holder", sa.Text()))
        table.add_column(sa.Column("file", sa.Text()))
        table.add_column(sa.Column("sha256", sa.String(length=64)))
        table.add_column(sa.Column("reading", sa.String(length=64)))
        table.create_check_constraint(op.f("ck_attempt_outcome"), OUTCOMES)
    with op.batch_alter_table("attempt") as table:
        for name in ("accepted", "unchanged"):
            table.alter_column(name, server_default=None, existing_type=sa.Integer())
    op.add_column("finding", sa.Column("indicator", sa.Text()))
    with op.batch_alter_table("vintage") as table:
        table.drop_constraint(op.f("ck_vintage_kind"), type_="check")
        table.create_check_constraint(op.f("ck_vintage_kind"), "kind IN ('data', 'catalogue', 'review')")
    op.create_table(
        "due",
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_due_attempt_id")),
        sa.PrimaryKeyConstraint("feed", "due_at", name=op.f("pk_due")),
    )
    op.create_table(
        "scheduler",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("trouble", sa.Text()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scheduler")),
    )
    op.create_table(
        "delivered",
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_delivered_attempt_id")),
        sa.PrimaryKeyConstraint("feed", "period", "attempt_id", name=op.f("pk_delivered")),
    )
    op.create_table(
        "review",
        sa.Column("attempt_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("cause", sa.String(length=7), nullable=False),
        sa.Column("content", sa.String(length=64), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.CheckConstraint("cause IN ('steward', 'shrunk')", name=op.f("ck_review_cause")),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_review_attempt_id")),
        sa.PrimaryKeyConstraint("attempt_id", name=op.f("pk_review")),
    )
    op.create_table(
        "decision",
        sa.Column("attempt_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("vintage_no", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=6), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("decided_at", MOMENT, nullable=False),
        sa.CheckConstraint("verdict IN ('accept', 'return')", name=op.f("ck_decision_verdict")),
        sa.ForeignKeyConstraint(["attempt_id"], ["review.attempt_id"], name=op.f("fk_decision_attempt_id")),
        sa.ForeignKeyConstraint(["vintage_no"], ["vintage.no"], name=op.f("fk_decision_vintage_no")),
        sa.PrimaryKeyConstraint("attempt_id", name=op.f("pk_decision")),
        sa.UniqueConstraint("vintage_no", name=op.f("uq_decision_vintage_no")),
    )
    op.create_table(
        "token",
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("feed", name=op.f("pk_token")),
    )
    op.create_table(
        "notice",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("sent_at", MOMENT),
        sa.Column("closed_at", MOMENT),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_notice")),
    )
    op.create_table(
        "record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("vintage_no", sa.Integer(), nullable=False),
        sa.Column("superseded_in", sa.Integer()),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("content", sa.Text()),
        sa.Column("position_id", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["vintage_no"], ["vintage.no"], name=op.f("fk_record_vintage_no")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record")),
        sa.UniqueConstraint("kind", "key", "vintage_no", name=op.f("uq_record_kind_key_vintage_no")),
    )
    op.create_index(op.f("ix_record_vintage_no"), "record", ["vintage_no"], unique=False)
