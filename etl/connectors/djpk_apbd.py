"""Budget and realisation of one regional government from DJPK: SpreadsheetML that calls itself CSV, month by month."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from pydantic import Field

from etl.catalogue.checks.parts import Check, Fault, Parts, unknown
from etl.catalogue.feeds import Feed
from etl.catalogue.period import MONTHS
from etl.catalogue.wita import WITA
from etl.connectors.base import Connector, Delivery, FetchError, Reach, Span, UnreadableError
from etl.connectors.formats.json_text import join_pages, split_pages
from etl.connectors.formats.spreadsheetml import read_spreadsheetml
from etl.connectors.portal.djpk_grid import budget_sheet
from etl.connectors.web.address import with_parameters
from etl.connectors.web.http import Answer, Web, open_web
from etl.connectors.web.network import OfficeNetwork, declared_way
from etl.connectors.web.patience import Limits, Pace
from etl.sheets.sheet import Sheet

NOTHING = re.compile(rb"tidak (?:di)?temukan|tidak ada data|data (?:tidak tersedia|kosong)", re.IGNORECASE)
GAP = 1.0  # seconds between two months
Month = tuple[int, int]  # year, month


class DjpkApbd(OfficeNetwork, title="APBD satu pemerintah daerah menurut kode DJPK."):
    """Budget and realisation of one regional government from DJPK's portal, by its own codes."""

    provinsi: str
    """Kode provinsi DJPK, misalnya 17 untuk Kalimantan Timur."""
    pemda: str
    """Kode pemerintah daerah DJPK."""
    akun: dict[str, str] = Field(default={})
    """Nama akun seperti tercetak -> id indikator, untuk kolom indikator; semua akun bila kosong."""
    base: str = "https://djpk.kemenkeu.go.id/portal/csv_apbd"
    """Alamat unduhan."""


def accounts_known(feed: Feed, parts: Parts) -> Iterator[Fault]:
    """The indicators that accounts stand for exist."""
    for account, indicator in feed.configuration.akun.items():
        yield from unknown(("djpk_apbd", "akun", account), indicator, tuple(parts.indicator))


@dataclass(frozen=True, slots=True)
class DjpkApbdConnector(Connector):
    """Asks for each month of the years, up to this month; months that DJPK does not have yet stay empty."""

    model: ClassVar = DjpkApbd
    checks: ClassVar[tuple[Check, ...]] = (accounts_known,)
    historic: ClassVar = True
    own_columns: ClassVar = True
    limits: Limits = field(default_factory=lambda: Limits(gap=GAP))
    pace: Pace = field(default_factory=Pace)

    def fetch(self, feed: Feed, reach: Reach) -> Iterator[Delivery]:
        """Yield the answers of all months as one delivery, each as it came; its name says which months they are.

        Raises FetchError, also where DJPK has none of the months.
        """
        source = DjpkApbd.model_validate(feed.configuration)
        months = _months(reach.span, self.pace.now())
        if not months:
            return
        way, limits = declared_way(source, reach), self.limits.within(feed.timeout)
        with open_web(source.base, limits=limits, pace=self.pace, way=way) as web:
            answers = [_ask(web, source, month) for month in months]
        if all(answer.kind == "html" for answer in answers):
            raise FetchError(
                f"DJPK tidak memuat APBD untuk provinsi={source.provinsi}, pemda={source.pemda}, tahun "
                f"{months[0][0]} sampai {months[-1][0]}. Periksa kode provinsi dan pemda di indicators.yaml."
            )
        yield Delivery(_name(source, months), join_pages(each.content for each in answers), self.pace.now())

    def read(self, delivery: Delivery, feed: Feed) -> list[Sheet]:
        """Give one sheet for each month that has data; raises UnreadableError."""
        wanted = DjpkApbd.model_validate(feed.configuration).akun
        pages = split_pages(delivery.content)
        months = _named_months(delivery.name, len(pages))
        found = [(month, page) for month, page in zip(months, pages, strict=True) if not _is_absent(page)]
        return [budget_sheet(read_spreadsheetml(page), month, feed, wanted) for month, page in found]


def _months(span: Span, now: dt.datetime) -> list[Month]:
    today = now.astimezone(WITA)
    every = ((year, month) for year in range(span.first, span.last + 1) for month in range(1, len(MONTHS["id"]) + 1))
    return [each for each in every if each <= (today.year, today.month)]


def _ask(web: Web, source: DjpkApbd, month: Month) -> Answer:
    """Ask for a month; a page that says "not found" is an answer, any other page is tried again."""
    year, number = month
    asked = {"type": "apbd", "periode": str(number), "tahun": str(year)}
    params = {**asked, "provinsi": source.provinsi, "pemda": source.pemda}
    answer = web.get(source.base, params, expect="any")
    if answer.kind == "html" and _is_absent(answer.content):
        return answer
    return answer if answer.kind == "xml" else web.get(source.base, params, expect="xml")


def _is_absent(content: bytes) -> bool:
    return b"<Workbook" not in content and NOTHING.search(content) is not None


def _name(source: DjpkApbd, months: list[Month]) -> str:
    first, last = (f"{year}-{month:02d}" for year, month in (months[0], months[-1]))
    named = {"type": "apbd", "bulan": f"{first}:{last}", "provinsi": source.provinsi, "pemda": source.pemda}
    return with_parameters(source.base, named.items())


def _named_months(name: str, pages: int) -> list[Month]:
    """Read from a delivery's name which months its pages are."""
    match = re.search(r"bulan=([0-9]{4})-([0-9]{2}):([0-9]{4})-([0-9]{2})", name)
    if match:
        first, last = (int(match[1]), int(match[2])), (int(match[3]), int(match[4]))
        every = ((year, month) for year in range(first[0], last[0] + 1) for month in range(1, 13))
        months = [each for each in every if first <= each <= last]
        if len(months) == pages:
            return months
    raise UnreadableError("Bulan pada jawaban DJPK ini tidak dapat dipastikan. Jalankan kirimannya lagi.")


CONNECTOR = DjpkApbdConnector()
