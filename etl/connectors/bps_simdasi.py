"""Tables of "Daerah Dalam Angka" (SIMDASI) from the BPS WebAPI, one answer for each year."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, ClassVar
from urllib.parse import quote

from pydantic import Field

from etl.catalogue.checks.parts import Check, Fault, Parts, unknown
from etl.catalogue.feeds import Feed
from etl.connectors.base import Connector, Delivery, FetchError, Reach, UnreadableError
from etl.connectors.bps.envelope import TooManyYearsError, open_envelope
from etl.connectors.bps.simdasi_table import TableRefusedError, open_table, table_sheet
from etl.connectors.formats.json_text import join_pages, split_pages
from etl.connectors.web.address import redact
from etl.connectors.web.http import Web, open_web
from etl.connectors.web.network import OfficeNetwork, declared_way
from etl.connectors.web.patience import Limits, Pace
from etl.sheets.sheet import Sheet

GAP = 1.0  # seconds between two questions


class BpsSimdasi(OfficeNetwork, title="Satu tabel Daerah Dalam Angka (SIMDASI) dari BPS."):
    """One table of "Daerah Dalam Angka" from the BPS WebAPI, for the years asked for by the run."""

    wilayah: str
    """Kode wilayah BPS tujuh angka, misalnya 6401000."""
    id_tabel: str
    """Id tabel menurut SIMDASI."""
    variabel: dict[str, str] = Field(default={})
    """Id kolom tabel -> id indikator, untuk kolom indikator; semua kolom bila kosong."""
    key: str = "PANTAU_BPS_KEY"
    """Nama variabel lingkungan yang memuat kunci."""
    base: str = "https://webapi.bps.go.id/v1/api"
    """Alamat WebAPI."""


def variables_known(feed: Feed, parts: Parts) -> Iterator[Fault]:
    """The indicators that the table's columns stand for exist."""
    for column, indicator in feed.configuration.variabel.items():
        yield from unknown(("bps_simdasi", "variabel", column), indicator, tuple(parts.indicator))


@dataclass(frozen=True, slots=True)
class BpsSimdasiConnector(Connector):
    """Asks for the table of each year; a year that BPS does not have stays empty."""

    model: ClassVar = BpsSimdasi
    checks: ClassVar[tuple[Check, ...]] = (variables_known,)
    historic: ClassVar = True
    own_columns: ClassVar = True
    limits: Limits = field(default_factory=lambda: Limits(gap=GAP))
    pace: Pace = field(default_factory=Pace)

    def fetch(self, feed: Feed, reach: Reach) -> Iterator[Delivery]:
        """Yield the answers of all years as one delivery; raises FetchError, with nothing delivered."""
        wanted = BpsSimdasi.model_validate(feed.configuration)
        key = reach.secret(wanted.key)
        years = range(reach.span.first, reach.span.last + 1)
        way, limits = declared_way(wanted, reach), self.limits.within(feed.timeout)
        with open_web(wanted.base, secrets=[key], limits=limits, pace=self.pace, way=way) as web:
            try:
                pages = [_ask(web, wanted, key, year) for year in years]
                _one_is_open(pages, wanted)
            except (UnreadableError, FetchError) as error:  # BPS's own words could repeat what it was sent
                raise FetchError(redact(str(error), [key])) from None
        name = f"{wanted.base.rstrip('/')}{_place(wanted, f'{years[0]}-{years[-1]}')}"
        yield Delivery(name, join_pages(pages), self.pace.now())

    def read(self, delivery: Delivery, feed: Feed) -> list[Sheet]:
        """Give one sheet for each year, one figure in each row; raises UnreadableError."""
        wanted = BpsSimdasi.model_validate(feed.configuration)
        tables = (_table(page, wanted) for page in split_pages(delivery.content))
        return [table_sheet(table, feed, wanted.variabel) for table in tables if table]


def _place(wanted: BpsSimdasi, years: str) -> str:
    table, region = quote(wanted.id_tabel, safe=""), quote(wanted.wilayah, safe="")
    return f"/interoperabilitas/datasource/simdasi/id/25/wilayah/{region}/tahun/{years}/id_tabel/{table}"


def _ask(web: Web, wanted: BpsSimdasi, key: str, year: int) -> bytes:
    """Return the answer for a year; raises FetchError where it is no answer, or one for another year."""
    answer = web.get(f"{wanted.base.rstrip('/')}{_place(wanted, str(year))}/key/{quote(key, safe='')}/")
    table = None
    with suppress(TableRefusedError):
        table = open_table(open_envelope(answer.content, wanted.key))
    if table and not answer.ok:
        raise FetchError(f"{answer.name} dijawab dengan status {answer.status}. Periksa wilayah dan id_tabel.")
    if table and str(table.get("tahun_data")) != str(year):
        raise FetchError(f"SIMDASI menjawab tahun {table.get('tahun_data')}, padahal yang diminta {year}. Coba lagi.")
    return answer.content


def _one_is_open(pages: list[bytes], wanted: BpsSimdasi) -> None:
    """Raise FetchError where SIMDASI refuses every year; a single one may be a year that is not there yet."""
    refusals = []
    for page in pages:
        try:
            open_table(open_envelope(page, wanted.key))
        except TableRefusedError as error:
            refusals.append(error)
    if len(refusals) == len(pages):
        raise FetchError(f"{refusals[0]} Periksa wilayah dan id_tabel di indicators.yaml.")


def _table(page: bytes, wanted: BpsSimdasi) -> dict[str, Any] | None:
    """Open a page that was fetched; None where it holds no table."""
    try:
        return open_table(open_envelope(page, wanted.key))
    except TableRefusedError:
        return None
    except (FetchError, TooManyYearsError) as error:
        raise UnreadableError(f"Yang tersimpan bukan jawaban BPS yang utuh: {error}") from None


CONNECTOR = BpsSimdasiConnector()
