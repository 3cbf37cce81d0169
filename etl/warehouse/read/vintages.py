"""The chain of vintages: what was known when, by date or seal, and by which catalogue."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Select, select

from etl.catalogue.canonical import from_json
from etl.catalogue.models import Catalogue
from etl.catalogue.wita import WITA
from etl.measures.observation import Vintage
from etl.warehouse import schema

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
SEAL_PREFIX = re.compile(r"[0-9a-f]{8,64}")


def _vintages() -> Select[Any]:
    vintage, run = schema.vintage, schema.run
    return (
        select(
            vintage.c.no,
            vintage.c.kind,
            vintage.c.recorded_at,
            schema.seal.c.seal,
            schema.seal.c.content,
            vintage.c.catalogue_hash,
            run.c.feed,
            run.c.id,
        )
        .join(schema.seal, schema.seal.c.vintage_no == vintage.c.no)
        .outerjoin(run, run.c.vintage_no == vintage.c.no)
        .order_by(vintage.c.no.desc())
    )


def current_vintage(connection: Connection) -> Vintage | None:
    """Return the newest vintage; None in an empty warehouse."""
    row = connection.execute(_vintages().limit(1)).first()
    return Vintage(*row) if row else None


def vintages(connection: Connection, limit: int, offset: int = 0) -> list[Vintage]:
    """Return the chain, newest first."""
    return [Vintage(*row) for row in connection.execute(_vintages().limit(limit).offset(offset))]


def resolve(connection: Connection, as_of: dt.date | str | None) -> Vintage:
    """Return the vintage of a date (the end of that day in WITA) or of a seal's first 8 or more characters.

    A text is an ISO date or a seal. Raises LookupError with a sentence when nothing was known then.
    """
    if isinstance(as_of, str) and DAY.fullmatch(as_of):
        try:
            as_of = dt.date.fromisoformat(as_of)
        except ValueError:
            raise LookupError(f"Tanggal {as_of} tidak ada di kalender.") from None
    if as_of is None:
        found, missing = _vintages(), "Gudang data masih kosong; jalankan pemuatan data lebih dahulu."
    elif isinstance(as_of, dt.date):
        found = _vintages().where(schema.vintage.c.recorded_at <= dt.datetime.combine(as_of, dt.time.max, WITA))
        missing = f"Belum ada data yang tercatat sampai akhir {as_of.isoformat()}; pilih tanggal yang lebih baru."
    elif SEAL_PREFIX.fullmatch(as_of.lower()):
        found = _vintages().where(schema.seal.c.seal.startswith(as_of.lower()))
        missing = f"Versi data {as_of} tidak ditemukan di gudang data ini; periksa kembali versi data pada dokumen."
    else:
        raise LookupError(
            f"{as_of!r} bukan tanggal (2026-11-01) dan bukan delapan huruf pertama versi data atau lebih."
        )
    rows = connection.execute(found.limit(2)).all()
    if not rows:
        raise LookupError(missing)
    if isinstance(as_of, str) and len(rows) > 1:
        raise LookupError(f"Versi data {as_of} cocok dengan lebih dari satu keadaan data; tulis lebih banyak huruf.")
    return Vintage(*rows[0])


@lru_cache(maxsize=4)
def _parsed(document: str, form: int) -> Catalogue:
    return from_json(document, form)


def catalogue_at(connection: Connection, vintage: Vintage) -> Catalogue:
    """Return the catalogue in force at the vintage, as it was stored then, in the present form."""
    table = schema.catalogue
    query = select(table.c.document, table.c.form).where(table.c.hash == vintage.catalogue)
    return _parsed(*connection.execute(query).one())
