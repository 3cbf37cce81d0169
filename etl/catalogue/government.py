"""Who is responsible for a matter, and who makes its figures."""

from __future__ import annotations

from pydantic import Field

from etl.catalogue.reference import Id, Model


class Urusan(Model):
    """A government function; `offices` maps a region code to the office id that runs it there."""

    id: str
    """Nama pendek urusan."""
    name: str
    """Nama urusan."""
    offices: dict[str, str] = Field(default={})
    """Kode wilayah -> id Perangkat Daerah yang menangani urusan ini di sana."""


class Office(Model):
    """A Perangkat Daerah, keyed by region and id."""

    region: str
    """Kode wilayah Kemendagri, di antara tanda kutip: "64.01"."""
    id: Id
    """Nama pendek, hanya satu kali dalam wilayahnya."""
    name: str
    """Nama resmi."""
    short: str
    """Singkatan yang tampil di layar."""
    aliases: tuple[str, ...] = ()
    """Nama lain yang dipakai dalam berkas."""
    provenance: str
    """Asal keterangan ini."""


class Producer(Model):
    """Who makes the figures, apart from the office responsible for the matter."""

    id: Id
    """Nama pendek, misalnya bps."""
    name: str
    """Nama lembaga."""
    short: str | None = None
    """Singkatan yang tampil sebagai sumber angka, misalnya BPS; namanya bila tidak ditulis."""
