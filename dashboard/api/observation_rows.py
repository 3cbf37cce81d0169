"""Figures and contested keys as rows of the API, and the columns of its CSV: all from the list of fields."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Any, get_args, get_type_hints

from pydantic import Field, TypeAdapter, create_model

from dashboard.api.row_models import BilingualRow, Row, RowModel, row_of
from dashboard.language import t
from dashboard.urls import Lang
from etl.catalogue.models import Catalogue
from etl.catalogue.period import Period
from etl.catalogue.reference import Kind
from etl.measures.observation import Contest, Observation, Reason, Vintage

LANGS: tuple[Lang, ...] = ("id", "en")


class SourceRow(RowModel):
    """Siapa yang membuat angka dan di mana angka itu dicetak."""

    producer: str
    """Id produsen angka."""
    producer_name: str
    publication: str
    """Id terbitan tempat angka dibaca."""
    title: str | None
    url: str | None


class AddedRow(RowModel):
    """What the catalogue and the vintage asked for add to an observation."""

    region_name: str
    period_start: dt.date
    period_end: dt.date
    source: SourceRow
    vintage_seal: Annotated[str, Field(pattern="^[0-9a-f]{8}$")]
    """Delapan huruf pertama segel keadaan yang diminta."""
    shown: bool
    """Apakah sumber ini yang didahulukan untuk kuncinya, apa pun saringannya."""


# Behind which field of the list each added one stands; the two of a source are within it.
BEHIND = {
    "region": ("region_name",),
    "period": ("period_start", "period_end"),
    "producer": ("source",),
    "vintage": ("vintage_seal",),
    "place": ("shown",),
}
WITHIN = ("producer", "publication")


def _fields() -> Iterator[tuple[str, Any]]:
    told = TypeAdapter(Observation).json_schema()["properties"]
    for name, hint in get_type_hints(Observation, include_extras=True).items():
        if name not in WITHIN:
            yield name, (str if Period in get_args(hint) else hint, Field(description=told[name].get("description")))
        for added in BEHIND.get(name, ()):
            yield added, (AddedRow.model_fields[added].annotation, AddedRow.model_fields[added])


ObservationRow = create_model("ObservationRow", __base__=RowModel, __doc__=Observation.__doc__, **dict(_fields()))
OtherObservationRow = create_model(
    "OtherObservationRow",
    __base__=ObservationRow,
    difference=(Decimal | None, Field(description="Selisihnya dari angka yang ditampilkan.")),
)


class ReasonRow(RowModel):
    """Alasan sebuah kunci bersumber ganda."""

    reason: Reason
    why: BilingualRow


class ReasonCountRow(ReasonRow):
    """Banyaknya kunci menurut alasan."""

    count: int


class ConflictRow(RowModel):
    """Satu kunci yang disebut lebih dari satu baris atau sumber."""

    indicator: str
    region: str
    region_name: str
    period: str
    kind: Kind
    reason: Reason
    why: BilingualRow
    bands_differ: bool
    """Apakah angka-angkanya jatuh pada pita yang berbeda."""
    shown: ObservationRow  # type: ignore[valid-type]
    others: list[OtherObservationRow]  # type: ignore[valid-type]


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
