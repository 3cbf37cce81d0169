"""What an indicator is made of: its series, how it is scored, when it is released, which values are sane."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import Field, StrictBool

from etl.catalogue.feeds import Frequency
from etl.catalogue.reference import Id, Model, Number, Positive, Text, Whole


class Series(Model):
    """A measurement method. Different series are never joined, nor share a target."""

    id: Id
    """Nama pendek seri."""
    name: Text
    """Nama seri."""
    note: Text | None = None
    """Keterangan seri."""
    heads: tuple[str, ...] = ()
    """Kata pada judul berkas yang berarti seri ini, selain id-nya."""
    frequency: Frequency | None = None
    """Seberapa sering seri ini terbit, bila berbeda dari indikatornya."""
    survey: StrictBool | None = None
    """Perkiraan survei atau bukan, bila berbeda dari indikatornya."""
    breaks: tuple[str, ...] = ()
    """Periode mulai berubahnya cara ukur di dalam seri."""


RulerBasis = Literal["pooled", "coverage", "normative"]


class Reference(Model):
    """Two frozen points, one ruler for all regions: `worst` is 0, `best` 100. All of it is shown."""

    worst: Number
    """Nilai terburuk."""
    best: Number
    """Nilai terbaik."""
    base: str
    """Periode dasar."""
    scope: str
    """Wilayah yang dibandingkan, misalnya sepuluh kabupaten/kota Kaltim."""
    source: str
    """Asal kedua nilai: terbitan, dan halaman bila ada."""
    basis: RulerBasis | None = None
    """pooled: terburuk dan terbaik wilayah pembanding; coverage: terbaiknya 100; normative: batas suatu aturan."""
    n: Whole | None = Field(default=None, ge=1)
    """Banyaknya angka yang dibandingkan; kosong untuk batas aturan."""
    skewed: StrictBool = False
    """true bila sebarannya miring; ketangguhan skor lalu mencoba logaritma."""


class Categories(Model):
    """Printed categories in order, worst first; a place in the order is the score.

    `also` maps other printed spellings to the category they mean ("Hijau (B)" is the zone "Hijau").
    """

    order: tuple[str, ...]
    """Urutan dari terburuk ke terbaik."""
    source: str
    """Asal urutan."""
    also: dict[str, str] = Field(default={})
    """Ejaan lain yang tercetak -> kategori pada urutan."""

    def meant(self, category: str) -> str:
        """Return the category of the order that a printed one means, itself where nothing else is declared."""
        return self.also.get(category.strip(), category)


class Score(Model):
    """Where an indicator has its place: reference points, an order of categories, or what it waits for."""

    series: str | None = None
    """Id seri yang dinilai; seri pertama bila tidak ditulis."""
    reference: Reference | None = None
    """Dua titik acuan yang dibekukan."""
    categories: Categories | None = None
    """Urutan kategori."""
    waits: Text | None = None
    """Mengapa acuannya belum ada; indikator ini lalu dihitung sebagai belum ada."""


class Release(Model):
    """Release calendar: months after the period's end in which the producer publishes."""

    months_after: Whole = Field(ge=0)
    """Berapa bulan sesudah akhir periode."""
    note: Text | None = None
    """Keterangan rilis."""


class Sanity(Model):
    """Values outside are refused, in the indicator's unit; so are those `jump` times the usual one, or as much less."""

    min: Number | None = None
    """Nilai terkecil."""
    max: Number | None = None
    """Nilai terbesar."""
    jump: Positive = Decimal(100)
    """Berapa kali lipat dari nilai biasanya yang masih diterima; 100 bila tidak ditulis."""


class MaterialityRule(Model):
    """The least difference that means something, by kind of unit; the first rule that fits an indicator holds."""

    kind: str
    indicators: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    up_to: Number | None = None  # of indices whose greatest sound value is at most this
    least: Number | None = None  # in the indicator's unit
    percent: Number | None = None  # of the greater value
    above: Number | None = None  # from this value on `least_above` holds
    least_above: Number | None = None
    below: Number | None = None  # any difference counts below this value
