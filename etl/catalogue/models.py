"""The catalogue: what every figure means. Frozen models of indicators.yaml and the data files beside it."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import Literal

from pydantic import Field, StrictBool

from etl.catalogue.feeds import Feed, Frequency
from etl.catalogue.government import Office as Office
from etl.catalogue.government import Producer as Producer
from etl.catalogue.government import Urusan as Urusan
from etl.catalogue.indicator_parts import MaterialityRule, Release, Sanity, Score, Series
from etl.catalogue.names import bearers, normalise_name, outside_name
from etl.catalogue.outside_regions import OutsideRegion, by_every_key
from etl.catalogue.planning import Misi, Plan, Target
from etl.catalogue.reference import (
    Id,
    Instrument,
    Model,
    Month,
    NotNegative,
    Number,
    Positive,
    Publication,
    PublishedRules,
    Region,
    Scheme,
    Service,
    Text,
    Whole,
)
from etl.catalogue.usual_values import Confirmation, PlausibleRange
from etl.catalogue.wall_defaults import Wall

Direction = Literal["higher", "lower", "range", "category", "none"]


class Subdimension(Model):
    id: Id
    """Nama pendek, hanya satu kali di seluruh katalog."""
    name: Text
    """Nama subdimensi."""
    weight: Positive = Decimal(1)
    """Pengali bobot indikator di dalamnya; 1 bila tidak ditulis, sehingga tiap indikator berbobot sama."""


class Dimension(Model):
    """One of the six; sub-dimensions weigh equally unless declared."""

    id: Id
    """Nama pendek untuk alamat halaman, misalnya smart-living."""
    name: Text
    """Nama dimensi."""
    subdimensions: tuple[Subdimension, ...]
    """Subdimensi; bobotnya sama bila tidak dinyatakan lain."""
    leads: tuple[Id, ...] = ()
    """Id indikator yang tampil pada kartu dimensi, menurut urutan; yang belum ada angkanya dilewati."""


class Indicator(Model):
    """One measured matter. `units` maps printed units to the factor into `unit`."""

    id: Id
    """Nama pendek untuk alamat halaman, misalnya ipm."""
    name: Text
    """Nama lengkap."""
    short: Text
    """Nama pendek untuk kartu."""
    definition: Text
    """Definisi."""
    subdimension: str | None
    """Id subdimensi; null bila di luar enam dimensi."""
    unit: str
    """Satuan nilai yang disimpan."""
    units: dict[str, Number] = Field(default={})
    """Satuan lain yang tercetak -> pengali ke satuan indikator, misalnya juta: 1000000."""
    decimals: Whole = Field(ge=0, le=6)
    """Banyaknya angka di belakang koma pada layar."""
    direction: Direction
    """Arah baik: higher naik, lower turun, range rentang, category kategori, none tanpa arah."""
    additive: StrictBool = False
    """Boleh dijumlahkan antarwilayah."""
    cumulative: StrictBool = False
    """Dihitung sejak 1 Januari (s.d. bulan atau triwulan)."""
    frequency: Frequency
    """Seberapa sering angka terbit."""
    month: Month | None = None
    """Bulan yang dimaksud angka tahunan, misalnya 8 untuk Sakernas Agustus."""
    release: Release | None = None
    """Kalender rilis produsen."""
    producer: str
    """Id produsen data."""
    urusan: str | None = None
    """Id urusan yang bertanggung jawab."""
    series: tuple[Series, ...] = ()
    """Seri (cara ukur); seri yang berbeda tidak disambung."""
    series_from: str | None = None
    """Daftar tempat serinya berasal: services, atau id instrumen (spbe-2020, pemdi-2026)."""
    breakdown: StrictBool = False
    """true bila serinya bagian-bagian (desil), bukan cara ukur; angkanya selalu disebut bersama nama bagiannya."""
    role: Literal["core", "supporting"] = "supporting"
    """core: ikut skor; supporting: ditampilkan saja."""
    weight: Positive = Decimal(1)
    """Bobot dalam dimensi; 1 bila tidak ditulis, sehingga tiap indikator berbobot sama."""
    score: Score | None = None
    """Acuan letak pada skor. Target tidak pernah ikut skor."""
    survey: StrictBool = False
    """true bila angkanya perkiraan survei; perubahannya berwarna hanya bila sampling_error terlampaui."""
    sampling_error: NotNegative | None = None
    """Setengah lebar selang kepercayaan 95% yang diterbitkan, dalam satuan indikator."""
    denominator: Id | None = None
    """Id indikator penyebut angka per penduduk; angkanya ditahan pada tahun penyebutnya berubah lebih dari 5%."""
    nominal: StrictBool = False
    """true bila menurut harga berlaku; naik turunnya ikut harga, jadi tidak disebut membaik atau diperingkat."""
    material: Positive | None = None
    """Beda terkecil yang berarti, dalam satuan indikator; bila kosong menurut data/reference/materiality.yaml."""
    scheme: str | None = None
    """Id skema pita pada data/reference/schemes.yaml."""
    max_age: Whole = Field(default=2, ge=0)
    """Umur terlama angka yang masih dihitung, dalam periode indikator ini."""
    sanity: Sanity = Sanity()
    """Rentang nilai yang masuk akal; di luarnya baris dikembalikan."""
    tolerance: NotNegative | None = None
    """Setengah lebar rentang target, untuk arah range."""
    target_path: StrictBool = False
    """Boleh menurunkan jalur rencana di antara dua tahun target."""
    access: Literal["publik", "internal"] = "publik"
    """publik atau internal."""
    kode_referensi: str | None = None
    """Kode nasional bila ada."""
    misi: tuple[str, ...] = ()
    """Id misi yang didukung."""
    provenance: str
    """Asal keterangan tentang indikator ini."""
    targets: tuple[Target, ...] = ()
    """Target dari dokumen rencana."""

    @property
    def has_parts(self) -> bool:
        """Tell whether a figure speaks of one part only, so that it is never shown without the part's name."""
        return self.breakdown or self.series_from is not None

    @property
    def judged(self) -> bool:
        """Tell whether one of two values is the better one; where prices move them, neither is."""
        return self.direction in ("higher", "lower") and not self.nominal

    @property
    def default_series(self) -> str:
        """Series for scores and headlines: the declared one, else the first, else 'utama'."""
        if self.score and self.score.series:
            return self.score.series
        return self.series_ids[0]

    @property
    def series_ids(self) -> tuple[str, ...]:
        """The series that its figures may have; one without a name where none is declared."""
        return tuple(each.id for each in self.series) or ("utama",)


class Document(Model):
    """What stands in indicators.yaml. `simulation` marks a made-up regency: every page and export then says so."""

    simulation: StrictBool = False
    """true hanya untuk kabupaten buatan (make simulate); setiap halaman lalu bertanda SIMULASI."""
    dimensions: tuple[Dimension, ...]
    """Enam dimensi Smart City dengan subdimensinya."""
    urusan: tuple[Urusan, ...]
    """Urusan pemerintahan dan Perangkat Daerah yang menanganinya di tiap kabupaten."""
    offices: tuple[Office, ...]
    """Perangkat Daerah tiap kabupaten."""
    producers: tuple[Producer, ...]
    """Produsen data: yang menghasilkan angka, bukan yang bertanggung jawab atas urusannya."""
    plans: tuple[Plan, ...]
    """Dokumen rencana dengan versinya; target merujuk ke sini."""
    misi: tuple[Misi, ...] = ()
    """Misi kepala daerah, untuk mengelompokkan indikator."""
    headlines: tuple[Id, ...] = ()
    """Id indikator pembangunan yang tampil di halaman ringkasan, menurut urutan tampil."""
    wall: Wall = Wall()
    """Layar dinding (/wall), bila alamatnya tidak menyatakan lain."""
    indicators: tuple[Indicator, ...]
    """Indikator: arti, satuan, arah, target, dasar skor."""
    feeds: tuple[Feed, ...]
    """Kiriman data: berkas, kolom, jadwal."""


# The edition of the rules in code. Raise it with every change that can move a score: all are then computed anew.
METHOD = 2


class Catalogue(Document):
    """Everything that gives figures their meaning, hashed and stored with each vintage."""

    regions: tuple[Region, ...]
    outside_regions: tuple[OutsideRegion, ...] = ()
    aliases: dict[str, str]  # normalised region alias -> code
    schemes: tuple[Scheme, ...]
    instruments: tuple[Instrument, ...]
    services: tuple[Service, ...]
    materiality: tuple[MaterialityRule, ...] = ()
    publications: tuple[Publication, ...]
    published: PublishedRules
    plausible: tuple[PlausibleRange, ...] = ()
    confirmed: tuple[Confirmation, ...] = ()
    method: int = METHOD

    @cached_property
    def indicator(self) -> dict[str, Indicator]:
        return {each.id: each for each in self.indicators}

    @cached_property
    def plausible_range(self) -> dict[str, PlausibleRange]:
        """The usual range of each indicator that has one, by its id."""
        return {each.indicator: each for each in self.plausible}

    @cached_property
    def core(self) -> dict[str | None, tuple[Indicator, ...]]:
        """The scored indicators by sub-dimension, which each of them has."""
        scored = [each for each in self.indicators if each.role == "core"]
        parts = dict.fromkeys(each.subdimension for each in scored)
        return {part: tuple(each for each in scored if each.subdimension == part) for part in parts}

    @cached_property
    def public(self) -> dict[str, Indicator]:
        """The indicators that may be seen from outside, by id; internal ones are left out."""
        return {each.id: each for each in self.indicators if each.access == "publik"}

    @cached_property
    def region(self) -> dict[str, Region]:
        return {each.code: each for each in self.regions}

    @cached_property
    def named(self) -> dict[str, tuple[str, ...]]:
        """Codes by normalised name or alias; a name that several regions bear has several."""
        return bearers([*((normalise_name(each.name), each.code) for each in self.regions), *self.aliases.items()])

    @cached_property
    def outside(self) -> dict[str, OutsideRegion]:
        return by_every_key(self.outside_regions)

    def outside_region(self, text: str) -> OutsideRegion | None:
        """Return the province or regency outside the product that a code or name means, if any."""
        return self.outside.get(outside_name(text))

    @cached_property
    def bps(self) -> dict[str, str]:
        return {each.bps_code: each.code for each in self.regions if each.bps_code}

    @cached_property
    def publication(self) -> dict[str, Publication]:
        return {each.id: each for each in self.publications}

    @cached_property
    def producer(self) -> dict[str, Producer]:
        return {each.id: each for each in self.producers}

    @cached_property
    def plan(self) -> dict[str, Plan]:
        return {each.id: each for each in self.plans}

    @cached_property
    def scheme(self) -> dict[str, Scheme]:
        return {each.id: each for each in self.schemes}

    @cached_property
    def feed(self) -> dict[str, Feed]:
        return {each.id: each for each in self.feeds}
