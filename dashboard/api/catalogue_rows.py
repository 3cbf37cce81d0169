"""The catalogue's entries as rows of the API: indicators, regions, offices, instruments, feeds."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Literal

from dashboard.api.load_rows import AttemptRow
from dashboard.api.row_models import BilingualRow, Row, RowModel, row_of
from dashboard.data import FeedStatus
from etl.catalogue.feeds import Feed, Frequency
from etl.catalogue.models import Catalogue, Direction, Indicator, Office
from etl.catalogue.planning import Target
from etl.catalogue.reference import Instrument, Level, Scheme


class TargetRow(RowModel):
    """Target sebuah rencana; angkanya di `value`, kategorinya di `category`."""

    region: str
    period: str
    value: Decimal | None
    category: str | None
    plan: str
    series: str | None
    source: str
    page: str | None
    applies_below: bool
    """Apakah berlaku juga bagi wilayah di bawahnya yang tidak punya target sendiri."""
    note: str | None


class ReferenceRow(RowModel):
    """Titik acuan skor: terburuk dan terbaik."""

    worst: Decimal
    best: Decimal
    base: str
    scope: str
    source: str


class CategoriesRow(RowModel):
    """Urutan kategori, dari yang terburuk."""

    order: tuple[str, ...]
    source: str


class BasisRow(RowModel):
    """Dasar skor indikator."""

    series: str | None
    reference: ReferenceRow | None
    categories: CategoriesRow | None


class SeriesRow(RowModel):
    """Seri sebuah indikator; seri yang berbeda tidak pernah disambung."""

    id: str
    name: BilingualRow
    breaks: tuple[str, ...]
    """Periode sejak cara mengukurnya berubah."""


class IndicatorRow(RowModel):
    """Arti indikator, cara skornya dihitung, dan targetnya."""

    id: str
    name: BilingualRow
    short: BilingualRow
    definition: BilingualRow
    dimension: str | None
    subdimension: str | None
    unit: str
    decimals: int
    direction: Direction
    additive: bool
    cumulative: bool
    """Angkanya dihitung sejak 1 Januari."""
    frequency: Frequency
    month: int | None
    """Bulan acuan angka tahunan."""
    release_months_after: int | None
    """Bulan sesudah periode berakhir sampai rilisnya."""
    producer: str
    urusan: str | None
    series: tuple[SeriesRow, ...]
    default_series: str
    role: Literal["core", "supporting"]
    weight: Decimal
    score: BasisRow | None
    scheme: str | None
    max_age: int
    """Umur terlama, dalam periode, yang masih dihitung."""
    tolerance: Decimal | None
    kode_referensi: str | None
    misi: tuple[str, ...]
    provenance: str
    targets: list[TargetRow]


class RegionRow(RowModel):
    """Wilayah atau subjek dengan kode, titik tengah dan ukurannya."""

    code: str
    parent: str | None
    level: Level
    name: str
    short: str
    bps_code: str | None
    lat: Decimal | None
    lng: Decimal | None
    area_km2: Decimal | None
    population: int | None
    capital: str | None
    source: str


class OfficeRow(RowModel):
    """Perangkat Daerah dengan urusan yang dijalankannya di wilayahnya."""

    region: str
    id: str
    name: str
    short: str
    aliases: tuple[str, ...]
    urusan: list[str]
    provenance: str


class DomainRow(RowModel):
    """Domain sebuah instrumen; bobotnya dalam persen."""

    no: int
    name: str
    weight: Decimal


class AspectRow(DomainRow):
    """Aspek sebuah instrumen."""

    domain: int | None


class AssessedRow(RowModel):
    """Indikator sebuah instrumen."""

    no: int
    name: str
    aspect: int
    weight: Decimal
    gated: bool
    """Tingkatnya bulat dan dihitung hanya bila semua tingkat di bawahnya dipenuhi."""


class PredicateRow(RowModel):
    """Predikat dengan batas bawah dan atasnya."""

    label: BilingualRow
    low: Decimal | None
    high: Decimal | None


class InstrumentRow(RowModel):
    """Penilaian dengan bobot dan predikatnya."""

    id: str
    indicator: str
    name: BilingualRow
    basis: str
    first_year: int
    last_year: int | None
    domains: tuple[DomainRow, ...]
    aspects: tuple[AspectRow, ...]
    indicators: tuple[AssessedRow, ...]
    predicates: list[PredicateRow]


class FeedRow(RowModel):
    """Kiriman data, percobaan dan keberhasilan terakhirnya."""

    id: str
    name: BilingualRow
    connector: str
    schedule: str | None
    frequency: Frequency | None
    owner: str | None
    last_attempt: AttemptRow | None
    last_success: dt.datetime | None
    rows: int
    """Baris yang diterima pada keberhasilan terakhir."""
    refused: int


def indicator_row(each: Indicator, catalogue: Catalogue) -> Row:
    """Return what an indicator means, how it is scored and its declared targets."""
    homes = {sub.id: dimension.id for dimension in catalogue.dimensions for sub in dimension.subdimensions}
    return row_of(
        IndicatorRow,
        each,
        dimension=homes.get(each.subdimension) if each.subdimension else None,
        release_months_after=each.release.months_after if each.release else None,
        targets=[_target_row(target) for target in each.targets],
    )


def _target_row(each: Target) -> Row:
    worded = isinstance(each.value, str)
    return row_of(TargetRow, each, value=None if worded else each.value, category=each.value if worded else None)


def office_row(each: Office, catalogue: Catalogue) -> Row:
    """Return a Perangkat Daerah with the urusan it runs in its region."""
    runs = [urusan.id for urusan in catalogue.urusan if urusan.offices.get(each.region) == each.id]
    return row_of(OfficeRow, each, urusan=runs)


def instrument_row(each: Instrument, schemes: dict[str, Scheme]) -> Row:
    """Return an assessment with its weights in percent and its predicates."""
    bands = schemes[each.scheme].bands if each.scheme in schemes else ()
    return row_of(InstrumentRow, each, predicates=[row_of(PredicateRow, band) for band in bands])


def feed_row(each: Feed, known: FeedStatus | None) -> Row:
    """Return a feed's declaration with its last attempt, last success and counts; nothing where it was never tried."""
    last = known.last_attempt if known else None
    return row_of(
        FeedRow,
        each,
        last_attempt=row_of(AttemptRow, last) if last else None,
        last_success=known.last_success if known else None,
        rows=known.rows if known else 0,
        refused=known.refused if known else 0,
    )
