"""The catalogue's entries as rows of the API: indicators, regions, offices, instruments, feeds."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from dashboard.api.load_rows import AttemptRow
from dashboard.api.row_models import BilingualRow, Row, list_of, row_model, row_of
from dashboard.data import FeedStatus
from etl.catalogue.feeds import Feed
from etl.catalogue.indicator_parts import Categories, Reference, Score, Series
from etl.catalogue.models import Catalogue, Indicator, Office
from etl.catalogue.planning import Target
from etl.catalogue.reference import Aspect, Band, Domain, Instrument, InstrumentIndicator, Region, Scheme

TargetRow = row_model(
    "TargetRow", Target, "Target sebuah rencana; angkanya di `value`, kategorinya di `category`.",
    region=..., period=..., value=Decimal | None, category=str | None, plan=..., series=..., source=..., page=...,
    applies_below=..., note=...,
)  # fmt: skip
ReferenceRow = row_model(
    "ReferenceRow", Reference, "Titik acuan skor: terburuk dan terbaik.",
    worst=..., best=..., base=..., scope=..., source=...,
)  # fmt: skip
CategoriesRow = row_model(
    "CategoriesRow", Categories, "Urutan kategori, dari yang terburuk.", order=..., source=...
)  # fmt: skip
BasisRow = row_model(
    "BasisRow", Score, "Dasar skor indikator.",
    series=..., reference=ReferenceRow | None, categories=CategoriesRow | None,
)  # fmt: skip
SeriesRow = row_model(
    "SeriesRow", Series, "Seri sebuah indikator; `breaks` periode sejak cara mengukurnya berubah.",
    id=..., name=BilingualRow, breaks=...,
)  # fmt: skip
IndicatorRow = row_model(
    "IndicatorRow", Indicator, "Arti indikator, cara skornya dihitung, dan targetnya.",
    id=..., name=BilingualRow, short=BilingualRow, definition=BilingualRow, dimension=str | None, subdimension=...,
    unit=..., decimals=..., direction=..., additive=..., cumulative=..., frequency=..., month=...,
    release_months_after=int | None, producer=..., urusan=..., series=list_of(SeriesRow), default_series=str,
    role=..., weight=..., score=BasisRow | None, scheme=..., max_age=..., tolerance=..., kode_referensi=..., misi=...,
    provenance=..., targets=list_of(TargetRow),
)  # fmt: skip
RegionRow = row_model(
    "RegionRow", Region, "Wilayah atau subjek dengan kode, titik tengah dan ukurannya.",
    code=..., parent=..., level=..., name=..., short=..., bps_code=..., lat=..., lng=..., area_km2=..., population=...,
    capital=..., source=...,
)  # fmt: skip
OfficeRow = row_model(
    "OfficeRow", Office, "Perangkat Daerah dengan urusan yang dijalankannya di wilayahnya.",
    region=..., id=..., name=..., short=..., aliases=..., urusan=list[str], provenance=...,
)  # fmt: skip
InstrumentRow = row_model(
    "InstrumentRow", Instrument, "Penilaian dengan bobot (persen) dan predikatnya.",
    id=..., indicator=..., name=BilingualRow, basis=..., first_year=..., last_year=...,
    domains=list_of(row_model("DomainRow", Domain, "Domain sebuah instrumen.", no=..., name=..., weight=...)),
    aspects=list_of(row_model("AspectRow", Aspect, "Aspek.", no=..., name=..., weight=..., domain=...)),
    indicators=list_of(
        row_model(
            "AssessedRow", InstrumentIndicator, "Indikator sebuah instrumen; `gated`: tingkat n dihitung bila semua di "
            "bawahnya dipenuhi.", no=..., name=..., aspect=..., weight=..., gated=...,
        )
    ),
    predicates=list_of(row_model("PredicateRow", Band, "Predikat.", label=BilingualRow, low=..., high=...)),
)  # fmt: skip
FeedRow = row_model(
    "FeedRow", Feed, "Kiriman data dengan keadaannya; baris dihitung pada pemuatan data terakhir setiap berkasnya.",
    id=..., name=BilingualRow, connector=str, schedule=..., frequency=..., owner=..., last_attempt=AttemptRow | None,
    last_success=dt.datetime | None, rows=int, refused=int,
)  # fmt: skip


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
    return row_of(InstrumentRow, each, predicates=schemes[each.scheme].bands if each.scheme in schemes else ())


def feed_row(each: Feed, known: FeedStatus | None) -> Row:
    """Return a feed's declaration with its last attempt, last success and counts; nothing where it was never tried."""
    return row_of(
        FeedRow,
        each,
        last_attempt=known.last_attempt if known else None,
        last_success=known.last_success if known else None,
        rows=known.rows if known else 0,
        refused=known.refused if known else 0,
    )
