"""The declared shape of a spreadsheet that is not a plain table."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer

from etl.catalogue.reference import Model, Whole

Meaning = Literal["final", "revised", "estimate", "preliminary", "very_preliminary", "missing", "zero"]
Told = Literal["title", "sheet", "notes", "file"]
PATH = " > "  # between a head and the one below it


LATER = ("sum", "sum_rows")  # words that came later: unset, they would change the hash of every stored catalogue


def _said(written: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in written.items() if name not in LATER or value}


class Values(Model):
    """The value columns under one head, and what their figures are.

    A head below another one is written `above > below`; parts between may be left out. What is left of a column's
    heads must be a period or a region where `reads` says so; otherwise nothing may be left.
    """

    head: str | None = None
    """Judulnya; judul bertingkat ditulis atas > bawah. Semua kolom yang cocok bila tidak ditulis."""
    reads: Literal["period", "region"] | None = None
    """Yang disebut judul kolom di bawahnya: period (periode) atau region (wilayah)."""
    sum: tuple[str, ...] = ()
    """Judul kolom-kolom bagian yang dijumlahkan karena kolom jumlahnya tidak ada, misalnya Laki-laki dan Perempuan."""
    fill: dict[str, str] = Field(default={})
    """Nama kolom kita -> isinya untuk angka-angka ini, misalnya indicator dan unit."""

    @model_serializer(mode="wrap")
    def _without_unsaid(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return _said(write(self))


class Layout(Model):
    """Where the table stands in its sheets, and what its rows, columns and marks mean.

    `columns` of the feed maps our fields to the heads of the columns that name a row; without header rows, to letters.
    """

    sheets: tuple[str, ...] = ()
    """Nama lembar yang dibaca; semua yang tampak bila kosong."""
    title: str | None = None
    """Kata-kata dari baris judul tabel yang dibaca, bila satu lembar memuat beberapa tabel."""
    header_rows: Whole = Field(default=1, ge=0, le=5)
    """Banyaknya baris judul kolom; 0 bila tanpa judul, lalu kolom disebut dengan hurufnya."""
    values: tuple[Values, ...] = ()
    """Kolom-kolom angka; satu kolom pada columns › value bila tidak ditulis."""
    period: tuple[str, ...] = ()
    """Tempat periode disebut: title, sheet, notes, file (nama berkas), atau judul kolom-kolom yang menyebutnya."""
    region: Told | None = None
    """Tempat wilayah disebut: title, sheet, notes atau file (nama berkasnya)."""
    parent: str | None = None
    """Kode wilayah yang bagian-bagiannya menjadi baris, misalnya kabupaten dari kecamatan."""
    parent_column: str | None = None
    """Judul kolom yang menyebut wilayah induk tiap baris."""
    sections: Literal["indicator", "series", "region", "period"] | None = None
    """Arti baris yang berdiri sendiri di antara baris angka."""
    fill_down: tuple[str, ...] = ()
    """Judul kolom yang sel kosongnya berarti sama dengan sel di atasnya."""
    words: dict[str, dict[str, str]] = Field(default={})
    """Nama kolom kita -> kata pada berkas -> kata pada katalog."""
    marks: dict[str, Meaning] = Field(default={})
    """Tanda pada berkas -> artinya: status angka, missing (tidak ada data) atau zero (nol)."""
    sum_rows: dict[str, tuple[str, ...]] = Field(default={})
    """Judul kolom -> isinya pada baris-baris bagian yang dijumlahkan karena baris jumlahnya tidak ada."""
    totals: Literal["check", "read"] = "check"
    """check: baris jumlah hanya untuk memeriksa; read: hanya baris jumlah yang dibaca."""
    skip: tuple[str, ...] = ()
    """Judul kolom dan nama baris yang tidak dibaca."""

    @model_serializer(mode="wrap")
    def _without_unsaid(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return _said(write(self))

    @property
    def fields(self) -> frozenset[str]:
        """The fields that figures are given by the layout itself; each entry of `values` is checked on its own."""
        given = {name for name in ("period", "region") if getattr(self, name)}
        given |= {self.sections} if self.sections else set()
        of_values = [{*each.fill, *([each.reads] if each.reads else [])} for each in self.values]
        common: set[str] = set.intersection(*of_values) if of_values else set()
        return frozenset(given | common | ({"value", "indicator", "unit"} if self.values else set()))
