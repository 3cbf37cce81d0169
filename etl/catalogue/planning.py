"""What a government plans: its documents in their versions, the targets they set, its missions."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, StrictBool

from etl.catalogue.reference import Id, Model, Number, Text, Whole

PlanKind = Literal["RPJMD", "RKPD", "Renstra", "SPM", "RPJMN", "pernyataan"]


class Plan(Model):
    """A planning document in one version; targets refer to it. One version is in force."""

    id: Id
    """Nama pendek, misalnya rpjmd-paser-2025."""
    kind: PlanKind
    """Jenis dokumen; pernyataan bukan dokumen rencana dan tidak memberi capaian."""
    document: str
    """Judul dokumen."""
    version: str
    """Versi, misalnya awal atau perubahan 1."""
    region: str
    """Kode wilayah pemilik dokumen."""
    first_year: Whole
    """Tahun pertama."""
    last_year: Whole
    """Tahun terakhir."""
    in_force: StrictBool
    """Berlaku atau tidak; satu versi yang berlaku pada satu tahun."""
    source: str
    """Asal: judul atau alamat."""


class Target(Model):
    """A planned value for one period and series; `applies_below` lends it to regions without their own."""

    region: str
    """Kode wilayah."""
    period: str
    """Periode: 2024, 2024-S1, 2024-Q2, 2024-08."""
    value: Number | str = Field(union_mode="left_to_right")
    """Nilai dalam satuan indikator, atau kategori."""
    plan: str
    """Id dokumen pada plans."""
    source: str
    """Asal: alamat atau halaman."""
    series: str | None = None
    """Id seri; seri skor bila tidak ditulis."""
    page: str | None = None
    """Halaman dokumen."""
    applies_below: StrictBool = False
    """Berlaku juga untuk wilayah di bawahnya yang tidak punya target sendiri."""
    note: str | None = None
    """Keterangan."""


class Misi(Model):
    id: Id
    """Nama pendek misi."""
    region: str
    """Kode wilayah."""
    name: Text
    """Bunyi misi."""
    source: str
    """Asal: dokumen dan halaman."""
