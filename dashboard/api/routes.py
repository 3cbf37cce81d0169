"""The table of addresses: blueprint, OpenAPI document and tests all walk it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import get_args

from dashboard.api import handlers
from dashboard.api.api_request import Reply
from dashboard.api.parameters import AS_OF, INDICATOR, LIMIT, OFFSET, REGION, Parameter, choice, period, word
from etl.catalogue.reference import Kind
from etl.measures.observation import Reason

PREFIX = "/api/v1"
PAGED = (LIMIT, OFFSET)


@dataclass(frozen=True, slots=True)
class Route:
    """One address. `sealed`: the answer depends on vintage and query alone, so that its ETag needs no reading."""

    path: str
    name: str
    summary: str
    row: str
    handler: Callable[..., Reply]
    parameters: tuple[Parameter, ...] = (AS_OF,)
    single: bool = False
    sealed: bool = True
    csv: bool = False


DIMENSION = word("dimension", "Id dimensi.", "smart-economy")
FORMAT = choice("format", "Bentuk jawaban; csv berupa UTF-8 tanpa BOM dengan titik desimal.", ("json", "csv"), "json")
OBSERVATION_FILTERS = (
    INDICATOR,
    REGION,
    word("series", "Id seri; seri yang berbeda tidak pernah dicampur.", "utama"),
    choice("kind", "Realisasi, target, atau rencana.", get_args(Kind)),
    period("since", "Hanya periode yang berakhir pada atau sesudah hari pertama periode ini.", "2020"),
    period("until", "Hanya periode yang berakhir pada atau sebelum hari terakhir periode ini."),
    word("source", "Id terbitan (source.publication) atau produsen (source.producer).", "bps"),
)
REASON = choice(
    "reason", "Alasan; tanpa ini hanya beda data, `all` untuk semuanya.", ("all", *get_args(Reason)), "conflict"
)

ROUTES = (
    Route("/indicators", "indicators", "Indikator publik: arti, arah, bobot, acuan, target", "Indicator",
          handlers.indicators),
    Route("/indicators/<name>", "indicator", "Satu indikator", "Indicator", handlers.indicator, single=True),
    Route("/regions", "regions", "Wilayah dan subjek dengan kode Kemendagri dan BPS", "Region", handlers.regions),
    Route("/observations", "observations", "Angka yang berlaku, setiap sumber satu baris", "Observation",
          handlers.observations, (*OBSERVATION_FILTERS, AS_OF, *PAGED, FORMAT), csv=True),
    Route("/scores", "scores", "Skor dimensi dengan pohonnya; konstruksi Pantau sendiri, bukan nilai resmi", "Score",
          handlers.scores, (REGION, period("period", "Tahun skor."), DIMENSION, AS_OF, *PAGED)),
    Route("/conflicts", "conflicts", "Beda data", "Conflict", handlers.conflicts,
          (INDICATOR, REGION, REASON, AS_OF, *PAGED)),
    Route("/conflicts/counts", "conflict_counts", "Banyaknya kunci bersumber ganda menurut alasan", "ReasonCount",
          handlers.conflict_counts, (INDICATOR, REGION, AS_OF)),
    Route("/instruments", "instruments", "Instrumen SPBE dan Pemdi dengan bobotnya", "Instrument",
          handlers.instruments),
    Route("/offices", "offices", "Perangkat Daerah", "Office", handlers.offices, (REGION, AS_OF)),
    Route("/feeds", "feeds", "Kiriman data dan keadaannya", "Feed", handlers.feeds, (), sealed=False),
    Route("/feeds/<name>", "feed", "Satu kiriman data dan keadaannya", "Feed", handlers.feed, (), single=True,
          sealed=False),
    Route("/runs", "runs", "Penerimaan, terbaru dahulu", "Run", handlers.runs, PAGED),
    Route("/vintages", "vintages", "Rantai keadaan data dengan segelnya, terbaru dahulu", "Vintage",
          handlers.vintages, PAGED),
    Route("/findings", "findings", "Baris yang dikembalikan dan peringatan, terbaru dahulu", "Finding",
          handlers.findings,
          (word("feed", "Id kiriman data.", "targets"), word("rule", "Id aturan.", "undated"), *PAGED), sealed=False),
)  # fmt: skip
