"""Figures and contested keys as rows of the API, and the columns of its CSV: all from the list of fields."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field

from dashboard.api.row_models import BilingualRow, Row, RowModel, list_of, row_model, row_of
from dashboard.citation import cited, source_kind
from dashboard.language import t
from dashboard.urls import Lang
from etl.catalogue.models import Catalogue
from etl.catalogue.observation_fields import SHOWN
from etl.catalogue.reference import Channel
from etl.measures.observation import Contest, Observation, Reason, Vintage

VintageSeal = Annotated[
    str, Field(pattern="^[0-9a-f]{8}$", description="Delapan huruf pertama versi data yang diminta.")
]
Shown = Annotated[bool, Field(description="Apakah sumber ini didahulukan untuk kuncinya, apa pun saringannya.")]
Difference = Annotated[Decimal | None, Field(description="Selisihnya dari angka yang ditampilkan.")]
LANGS: tuple[Lang, ...] = ("id", "en")


class SourceRow(RowModel):
    """Siapa yang membuat angka dan di mana angka itu dicetak."""

    model_config = SHOWN

    producer: str
    """Id produsen angka."""
    producer_name: str
    publication: str
    """Id terbitan tempat angka dibaca."""
    title: str | None
    url: str | None
    kind: Channel
    """Cara angka dibaca: official terbitan resmi, copy salinan, press berita."""
    cited: str
    """Produsen dan siapa yang mengutipnya, seperti tertulis di halaman."""


# What the catalogue and the vintage asked for add, behind which field of the list. The two of a source stand within it.
ADDED: dict[str, dict[str, Any]] = {
    "region": {"region_name": str},
    "period": {"period_start": dt.date, "period_end": dt.date},
    "producer": {"source": SourceRow},
    "vintage": {"vintage_seal": VintageSeal},
    "place": {"shown": Shown},
}
WITHIN = ("producer", "publication")


def _fields() -> Iterator[tuple[str, Any]]:
    for each in dataclasses.fields(Observation):
        if each.name not in WITHIN:
            yield each.name, str if each.name == "period" else ...
        yield from ADDED.get(each.name, {}).items()


MEANING = "Satu versi dari satu angka, dengan sumber, pemuatan data dan selnya."
FIELDS = dict(_fields())
ObservationRow = row_model("ObservationRow", Observation, MEANING, **FIELDS)
OtherObservationRow = row_model("OtherObservationRow", Observation, MEANING, **FIELDS, difference=Difference)
ReasonCountRow = row_model(
    "ReasonCountRow", Contest, "Banyaknya kunci bersumber ganda menurut alasan.",
    reason=..., why=BilingualRow, count=int,
)  # fmt: skip
ConflictRow = row_model(
    "ConflictRow", Contest, "Satu kunci yang disebut lebih dari satu baris atau sumber.",
    indicator=..., region=..., region_name=str, period=..., kind=..., reason=..., why=BilingualRow, bands_differ=...,
    shown=ObservationRow, others=list_of(OtherObservationRow),
)  # fmt: skip


def why_row(reason: Reason) -> Row:
    """Return the rule behind a reason in both languages."""
    return {lang: t(f"reasons.{reason}_why", lang) for lang in LANGS}


def observation_row(
    each: Observation, catalogue: Catalogue, vintage: Vintage, shown: bool, model: type = ObservationRow, **more: object
) -> Row:
    """Return one observation with its source, receipt and place in the file.

    `value` stays a Decimal in the indicator's unit, or None for a category. `vintage` is the one asked for;
    the row's own `vintage` is the one that brought it.
    """
    period = each.period
    return row_of(
        model,
        each,
        region_name=region_name(each.region, catalogue),
        period=period.code,
        period_start=period.start,
        period_end=period.end,
        source=_source(each, catalogue),
        vintage_seal=vintage.seal[:8],
        shown=shown,
        **more,
    )


def region_name(code: str, catalogue: Catalogue) -> str:
    """Return a region's name, its code where the catalogue lacks it."""
    region = catalogue.region.get(code)
    return region.name if region else code


def _source(each: Observation, catalogue: Catalogue) -> Row:
    producer = catalogue.producer.get(each.producer)
    publication = catalogue.publication.get(each.publication)
    return row_of(
        SourceRow,
        each,
        producer_name=producer.name if producer else each.producer,
        title=publication.title if publication else None,
        url=publication.url if publication else None,
        kind=source_kind(catalogue, each.publication),
        cited=cited(catalogue, each, "id"),
    )


def contest_row(each: Contest, catalogue: Catalogue, vintage: Vintage, hidden: frozenset[int]) -> Row:
    """Return one contested key: the shown observation, the others and the reason in words.

    `hidden` are the ids behind another of their own key; one of another series is shown under its own.
    """
    others = [
        observation_row(
            other, catalogue, vintage, other.id not in hidden, OtherObservationRow,
            difference=_difference(each.shown, other),
        )
        for other in each.others
    ]  # fmt: skip
    return row_of(
        ConflictRow,
        each,
        region_name=region_name(each.region, catalogue),
        why=why_row(each.reason),
        shown=observation_row(each.shown, catalogue, vintage, True),
        others=others,
    )


def _difference(shown: Observation, other: Observation) -> Decimal | None:
    """Return the other value minus the shown one; None where a category or another unit stands between."""
    if shown.value is None or other.value is None or shown.unit != other.unit:
        return None
    return other.value - shown.value
