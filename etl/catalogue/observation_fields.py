"""The one list of an observation's fields: name, type, meaning, and where the warehouse keeps it.

The warehouse reads its rows by it, and from it come the view `readable_observation`, the API's rows, their schema, the
columns of its CSV and what a load hands over. The API's document shows the meanings to those who read figures by
program, so they are Indonesian.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, get_args, get_type_hints

from pydantic import ConfigDict

from etl.catalogue.period import Period
from etl.catalogue.reference import Kind, Mark, Status

SHOWN = ConfigDict(extra="forbid", use_attribute_docstrings=True)


@dataclass(frozen=True, slots=True)
class Given:
    """A field that a load brings; it stands in this column of the warehouse."""

    table: str
    column: str


@dataclass(frozen=True, slots=True)
class Kept(Given):
    """A field that the warehouse adds when it takes a load in."""


@dataclass(frozen=True, slots=True)
class Place:
    """Sel asal angka di dalam berkas yang dikirim."""

    __pydantic_config__ = SHOWN

    file: Annotated[str, Kept("file", "name")]
    """Nama berkas."""
    sheet: Annotated[str | None, Given("position", "sheet")]
    """Lembar kerja, null bila berkasnya tidak berlembar."""
    row: Annotated[int, Given("observation", "row")]
    """Baris pada berkas, dihitung dari 1."""
    column: Annotated[str | None, Given("position", "column")]
    """Huruf atau nama kolom."""
    sha256: Annotated[str, Kept("file", "sha256")]
    """Sidik berkas."""


@dataclass(frozen=True, slots=True)
class Observation:
    """Satu versi dari satu angka, dengan sumber, pemuatan data dan selnya."""

    __pydantic_config__ = SHOWN

    id: Annotated[int, Kept("observation", "id")]
    """Nomor versi ini; `observation` pada daun skor merujuknya."""
    indicator: Annotated[str, Given("indicator", "code")]
    """Id indikator."""
    series: Annotated[str, Given("series", "code")]
    """Id seri; seri yang berbeda tidak pernah dicampur."""
    region: Annotated[str, Given("region", "code")]
    """Kode Kemendagri dengan titik, `ID`, `64` atau `pemprov`."""
    period: Annotated[Period, Given("observation", "period_id")]
    """Periode: 2024, 2024-S1, 2024-Q2, 2024-08 atau 2024-08-31."""
    kind: Annotated[Kind, Given("observation", "kind")]
    """Realisasi, target atau rencana."""
    value: Annotated[Decimal | None, Given("observation", "value")]
    """Angkanya dalam satuan `unit`, persis; null bila kategori."""
    category: Annotated[str | None, Given("observation", "category")]
    """Kategori, misalnya WTP; null bila angka."""
    unit: Annotated[str, Given("annotation", "unit")]
    """Satuan indikatornya."""
    printed: Annotated[str, Given("observation", "printed")]
    """Teks sebagaimana tercetak pada sumber."""
    printed_unit: Annotated[str, Given("annotation", "printed_unit")]
    """Satuan sebagaimana tercetak pada sumber."""
    step: Annotated[Decimal | None, Given("annotation", "step")]
    """Ketelitian tercetak dalam satuan `unit`."""
    numerator: Annotated[Decimal | None, Given("observation", "numerator")]
    """Pembilang sebuah rasio, bila dikirim."""
    denominator: Annotated[Decimal | None, Given("observation", "denominator")]
    """Penyebut sebuah rasio, bila dikirim."""
    status: Annotated[Status, Given("annotation", "status")]
    """Angka tetap, revisi, perkiraan, sementara, sangat sementara atau berjalan."""
    marks: Annotated[frozenset[Mark], Given("annotation", "marks")]
    """Tanda yang dibawa angka ini."""
    note: Annotated[str | None, Given("annotation", "note")]
    """Catatan sumber."""
    plan: Annotated[str | None, Given("annotation", "plan")]
    """Id dokumen rencana sebuah target."""
    producer: Annotated[str, Given("source", "producer")]
    """Id produsen angka."""
    publication: Annotated[str, Given("source", "publication")]
    """Id terbitan tempat angka dibaca."""
    feed: Annotated[str, Kept("run", "feed")]
    """Id kiriman data yang membawanya."""
    run: Annotated[int, Kept("run", "id")]
    """Nomor pemuatan data yang membawanya."""
    version: Annotated[int, Kept("observation", "version")]
    """Versi keberapa dari angka ini, dari 1."""
    vintage: Annotated[int, Kept("vintage", "no")]
    """Nomor keadaan data yang membawanya."""
    recorded_at: Annotated[dt.datetime, Kept("vintage", "recorded_at")]
    """Waktu dicatat, UTC."""
    place: Place
    """Sel asal angka."""


@dataclass(frozen=True, slots=True)
class ListedField:
    """One line of the list: `record` is the class it belongs to, `kind` its type."""

    name: str
    record: type
    kind: Any
    stored: Given


def _listed(record: type) -> Iterator[ListedField]:
    for name, hint in get_type_hints(record, include_extras=True).items():
        if hint is Place:
            yield from _listed(Place)
            continue
        kind, stored, *_ = get_args(hint)
        yield ListedField(name, record, kind, stored)


FIELDS = tuple(_listed(Observation))
GIVEN = tuple(each.name for each in FIELDS if not isinstance(each.stored, Kept))
