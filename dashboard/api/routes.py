"""The table of addresses: blueprint, OpenAPI document and tests all walk it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dashboard.api import handlers
from dashboard.api.api_request import Reply
from dashboard.api.catalogue_rows import FeedRow, IndicatorRow, InstrumentRow, OfficeRow, RegionRow
from dashboard.api.load_rows import FindingRow, RunRow, VintageRow
from dashboard.api.observation_rows import ConflictRow, ObservationRow, ReasonCountRow
from dashboard.api.parameters import (
    ConflictsQuery,
    CountsQuery,
    FindingsQuery,
    ObservationsQuery,
    OfficesQuery,
    PageQuery,
    Query,
    ScoresQuery,
    StateQuery,
)
from dashboard.api.row_models import RowModel
from dashboard.api.score_rows import ScoreRow

PREFIX = "/api/v1"


@dataclass(frozen=True, slots=True)
class Route:
    """One address. `sealed`: the answer depends on vintage and query alone, so that its ETag needs no reading."""

    path: str
    name: str
    summary: str
    row: type[RowModel]
    handler: Callable[..., Reply]
    query: type[Query] = StateQuery
    single: bool = False
    sealed: bool = True
    csv: bool = False


ROUTES = (
    Route("/indicators", "indicators", "Indikator publik: arti, arah, bobot, acuan, target", IndicatorRow,
          handlers.indicators),
    Route("/indicators/<name>", "indicator", "Satu indikator", IndicatorRow, handlers.indicator, single=True),
    Route("/regions", "regions", "Wilayah dan subjek dengan kode Kemendagri dan BPS", RegionRow, handlers.regions),
    Route("/observations", "observations", "Angka yang berlaku, setiap sumber satu baris", ObservationRow,
          handlers.observations, ObservationsQuery, csv=True),
    Route("/scores", "scores", "Skor dimensi dengan pohonnya; konstruksi Pantau sendiri, bukan nilai resmi", ScoreRow,
          handlers.scores, ScoresQuery),
    Route("/conflicts", "conflicts", "Beda data", ConflictRow, handlers.conflicts, ConflictsQuery),
    Route("/conflicts/counts", "conflict_counts", "Banyaknya kunci bersumber ganda menurut alasan", ReasonCountRow,
          handlers.conflict_counts, CountsQuery),
    Route("/instruments", "instruments", "Instrumen SPBE dan Pemdi dengan bobotnya", InstrumentRow,
          handlers.instruments),
    Route("/offices", "offices", "Perangkat Daerah", OfficeRow, handlers.offices, OfficesQuery),
    Route("/feeds", "feeds", "Kiriman data dan keadaannya", FeedRow, handlers.feeds, Query, sealed=False),
    Route("/feeds/<name>", "feed", "Satu kiriman data dan keadaannya", FeedRow, handlers.feed, Query, single=True,
          sealed=False),
    Route("/runs", "runs", "Pemuatan data, terbaru dahulu", RunRow, handlers.runs, PageQuery),
    Route("/vintages", "vintages", "Rantai keadaan dan versi data, terbaru dahulu", VintageRow,
          handlers.vintages, PageQuery),
    Route("/findings", "findings", "Baris yang dikembalikan dan peringatan, terbaru dahulu", FindingRow,
          handlers.findings, FindingsQuery, sealed=False),
)  # fmt: skip
