"""A Google Sheet that its owner has published to the web as CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from etl.catalogue.feeds import Feed
from etl.connectors.base import Connector, Delivery, FetchError, Reach
from etl.connectors.formats.delimited import read_delimited
from etl.connectors.web.address import redact
from etl.connectors.web.http import open_web
from etl.connectors.web.network import OfficeNetwork, declared_way
from etl.connectors.web.patience import Limits, Pace
from etl.sheets.sheet import Sheet

PUBLISH = (
    "Buka lembarnya, pilih File > Bagikan > Publikasikan ke web, pilih satu lembar dan jenis CSV, lalu salin alamatnya "
    "ke indicators.yaml."
)


class GoogleSheets(OfficeNetwork, title="Lembar Google Sheets yang dipublikasikan sebagai CSV."):
    """A sheet published to the web as CSV."""

    address: str
    """Alamat publikasinya."""


@dataclass(frozen=True, slots=True)
class GoogleSheetsConnector(Connector):
    """Fetches the one CSV; a page where it should be means that the sheet is not published."""

    model: ClassVar = GoogleSheets
    limits: Limits = field(default_factory=Limits)
    pace: Pace = field(default_factory=Pace)

    def fetch(self, feed: Feed, reach: Reach) -> Iterator[Delivery]:
        """Yield the sheet; raises FetchError."""
        source = GoogleSheets.model_validate(feed.configuration)
        address = source.address
        name = redact(address)
        way, limits = declared_way(source, reach), self.limits.within(feed.timeout)
        with open_web(address, limits=limits, pace=self.pace, way=way) as web:
            answer = web.get(address, known=reach.known.get(name), expect="any")
        if answer.kind != "csv" and not answer.not_modified:
            found = "halaman web, mungkin halaman masuk" if answer.kind == "html" else "isi yang bukan CSV"
            raise FetchError(f"{name} memberi {found}; yang diharapkan CSV. {PUBLISH}")
        try:
            answer.content.decode("utf-8")
        except UnicodeDecodeError:
            raise FetchError(f"{name} memuat teks yang bukan UTF-8. {PUBLISH}") from None
        yield Delivery(name, answer.content, self.pace.now(), answer.etag, answer.modified)

    def read(self, delivery: Delivery, feed: Feed) -> Iterable[Sheet]:
        """Turn the CSV into a grid; raises UnreadableError."""
        return read_delimited(delivery.content)


CONNECTOR = GoogleSheetsConnector()
