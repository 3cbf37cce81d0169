"""The tables of deliveries: attempts and their due times, reviews, tokens, notices. Unsealed but for decisions."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, String, Table, Text

from etl.warehouse.column_types import Moment, id_column, key, metadata

attempt = Table(
    "attempt",
    metadata,
    id_column(),
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
    key("attempt_id", "attempt.id"),
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
delivered = Table(  # when a feed brought a period first; the attempt's outcome says whether it was taken
    "delivered",
    metadata,
    Column("feed", Text, primary_key=True),
    Column("period", Text, primary_key=True),
    Column("attempt_id", Integer, ForeignKey("attempt.id"), primary_key=True, autoincrement=False),
    Column("received_at", Moment, nullable=False),
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
    Column("weight", Integer, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("sent_at", Moment),
    Column("closed_at", Moment),
)
