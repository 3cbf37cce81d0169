"""What came in as rows of the API: runs, vintages, attempts and findings; what a push or a refusal is answered with."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from dashboard.api.row_models import RowModel, row_model
from etl.measures.observation import Attempt, Finding, Run, Vintage

VintageRow = row_model(
    "VintageRow", Vintage, "Satu keadaan data; versinya merantai versi sebelumnya.",
    number=..., kind=..., recorded_at=..., seal=..., content=..., catalogue=..., feed=..., run=...,
)  # fmt: skip
RunRow = row_model(
    "RunRow", Run, "Satu pemuatan data yang mengubah keadaan data: rows_read = accepted + unchanged + refused.",
    id=..., feed=..., vintage=..., started_at=..., recorded_at=..., rows_read=..., accepted=..., unchanged=...,
    refused=..., content=..., files=...,
)  # fmt: skip
AttemptRow = row_model(
    "AttemptRow", Attempt, "Satu percobaan sebuah kiriman data.",
    id=..., started_at=..., heartbeat_at=..., finished_at=..., outcome=..., message=..., run=..., rows_read=...,
    refused=...,
)  # fmt: skip
FindingRow = row_model(
    "FindingRow", Finding, "Baris yang dikembalikan atau peringatan, dengan tempatnya, teks mentahnya dan kalimatnya.",
    id=..., attempt=..., run=..., feed=..., rule=..., severity=..., file=..., sheet=..., row=..., column=..., raw=...,
    sentence=...,
)  # fmt: skip


class PushedRow(RowModel):
    """Berkas yang sudah disimpan dan menunggu pemuatan data."""

    feed: str
    key: str
    size: Annotated[int, Field(description="Besarnya dalam bita.")]
    sha256: str
    next: str


class ProblemRow(RowModel):
    """Penolakan: apa yang keliru, apa yang ditemukan, apa yang diterima, langkah berikutnya."""

    error: str
    found: str | None
    allowed: list[str]
    next: str
