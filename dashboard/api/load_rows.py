"""What came in as rows of the API: runs, vintages, attempts, findings, and what a push or a refusal is answered with."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from dashboard.api.row_models import RowModel
from etl.measures.observation import AttemptOutcome


class VintageRow(RowModel):
    """Satu keadaan data; segelnya merantai keadaan sebelumnya."""

    number: int
    kind: Literal["data", "catalogue", "review"]
    recorded_at: dt.datetime
    seal: str
    content: str
    """Sidik isi, sama pada gudang data mana pun."""
    catalogue: str
    """Sidik katalog yang berlaku."""
    feed: str | None
    run: int | None


class RunRow(RowModel):
    """Satu penerimaan yang disegel: rows_read = accepted + unchanged + refused."""

    id: int
    feed: str
    vintage: int
    started_at: dt.datetime
    recorded_at: dt.datetime
    rows_read: int
    accepted: int
    unchanged: int
    refused: int
    content: str
    files: tuple[str, ...]


class AttemptRow(RowModel):
    """Satu percobaan sebuah kiriman data."""

    id: int
    started_at: dt.datetime
    heartbeat_at: dt.datetime
    finished_at: dt.datetime | None
    outcome: AttemptOutcome | None
    """Hasilnya; null selama berjalan."""
    message: str | None
    run: int | None
    rows_read: int
    refused: int


class FindingRow(RowModel):
    """Baris yang dikembalikan atau peringatan, dengan tempatnya, teks mentahnya dan kalimatnya."""

    id: int
    attempt: int
    run: int | None
    feed: str
    rule: str
    severity: Literal["refused", "warning"]
    file: str
    sheet: str | None
    row: int | None
    column: str | None
    raw: str
    sentence: str


class PushedRow(RowModel):
    """Berkas yang sudah disimpan dan menunggu penerimaan."""

    feed: str
    key: str
    size: int
    """Besarnya dalam bita."""
    sha256: str
    next: str


class ProblemRow(RowModel):
    """Penolakan: apa yang keliru, apa yang ditemukan, apa yang diterima, langkah berikutnya."""

    error: str
    found: str | None
    allowed: list[str]
    next: str
