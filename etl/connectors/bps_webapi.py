"""Dynamic data of the BPS WebAPI: the years that a run asks for of one variable of one domain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar
from urllib.parse import quote

from etl.catalogue.feeds import Feed
from etl.connectors.base import Connector, Delivery, FetchError, Reach, Span, UnreadableError
from etl.connectors.bps.bps_cells import Choice, offered_instead, read_cells
from etl.connectors.bps.bps_grid import build_grid
from etl.connectors.bps.envelope import TooManyYearsError, list_years, open_envelope, sound_data
from etl.connectors.formats.json_text import join_pages, split_pages
from etl.connectors.web.address import redact
from etl.connectors.web.http import Web, open_web
from etl.connectors.web.network import OfficeNetwork, declared_way
from etl.connectors.web.patience import Limits, Pace
from etl.sheets.sheet import Sheet

GAP = 1.0  # seconds between two questions: no limit is documented, but hurried clients are cut off
MOST_PAGES = 200


class BpsWebapi(OfficeNetwork, Choice, title="Satu variabel data dinamis BPS."):
    """Dynamic data of the BPS WebAPI: one variable of one domain. Years are those asked for by the run."""

    domain: str
    """Kode domain BPS, misalnya 6400 atau 6401."""
    key: str = "PANTAU_BPS_KEY"
    """Nama variabel lingkungan yang memuat kunci."""
    base: str = "https://webapi.bps.go.id/v1/api"
    """Alamat WebAPI."""


@dataclass(frozen=True, slots=True)
class BpsWebapiConnector(Connector):
    """Asks for the list of years, then for the data in as many years at once as BPS takes."""

    model: ClassVar = BpsWebapi
    historic: ClassVar = True
    own_columns: ClassVar = True
    limits: Limits = field(default_factory=lambda: Limits(gap=GAP))
    pace: Pace = field(default_factory=Pace)

    def fetch(self, feed: Feed, reach: Reach) -> Iterator[Delivery]:
        """Yield all answers as one delivery; raises FetchError, with nothing delivered."""
        wanted = BpsWebapi.model_validate(feed.configuration)
        if not wanted.var:
            raise FetchError(f"Nomor variabel BPS belum dipilih. Jalankan: python -m etl connect {feed.id}")
        key = reach.secret(wanted.key)
        way, limits = declared_way(wanted, reach), self.limits.within(feed.timeout)
        with open_web(wanted.base, secrets=[key], limits=limits, pace=self.pace, way=way) as web:
            try:
                years, listed = _years(web, wanted, key, reach.span)
                pages = _data(web, wanted, key, years) if years else listed
            except (UnreadableError, FetchError) as error:  # BPS's own words could repeat what it was sent
                raise FetchError(redact(str(error), [key])) from None
        yield Delivery(f"{wanted.base.rstrip('/')}{_place(wanted, years)}", join_pages(pages), self.pace.now())

    def read(self, delivery: Delivery, feed: Feed) -> list[Sheet]:
        """Turn the answers into a grid with one cell of BPS in each row; raises UnreadableError."""
        wanted = BpsWebapi.model_validate(feed.configuration)
        pages = [page for content in split_pages(delivery.content) if (page := _reopen(content, wanted))]
        sheets = build_grid(cell for page in pages for cell in read_cells(page, feed, wanted))
        if not sheets and (offered := offered_instead(pages, wanted)):
            raise UnreadableError(offered)
        return sheets


def _place(wanted: BpsWebapi, years: list[str]) -> str:
    chosen = f"/th/{';'.join(years)}" if years else ""
    return f"/list/model/data/lang/ind/domain/{quote(wanted.domain, safe='')}/var/{wanted.var}{chosen}"


def _years(web: Web, wanted: BpsWebapi, key: str, span: Span) -> tuple[list[str], list[bytes]]:
    """Learn the numbers of the years that are asked for; return them, oldest first, and the pages of the list."""
    years: dict[str, int] = {}
    contents: list[bytes] = []
    pages, total = 1, 0
    while len(contents) < pages <= MOST_PAGES:
        path = f"/list/model/th/lang/ind/domain/{quote(wanted.domain, safe='')}/page/{len(contents) + 1}"
        content, page = _ask(web, wanted, key, path)
        contents.append(content)
        if page is None:
            break
        pages, total, rows = list_years(page, len(contents))
        years |= rows
    if len(years) < total or pages > MOST_PAGES:
        raise FetchError(f"BPS menyebut {total} tahun, tetapi mengirim {len(years)}. Coba lagi nanti.")
    return sorted((each for each in years if span.first <= years[each] <= span.last), key=years.__getitem__), contents


def _data(web: Web, wanted: BpsWebapi, key: str, years: list[str]) -> list[bytes]:
    """Ask for the years, all at once first, then as many at once as BPS says that it takes."""
    contents: list[bytes] = []
    rest, size = years, len(years)
    while rest:
        try:
            content, page = _ask(web, wanted, key, _place(wanted, rest[:size]))
            sound_data(page)
        except TooManyYearsError as error:
            if error.most >= len(rest[:size]):
                raise FetchError(f"BPS menolak {len(rest[:size])} tahun, batasnya sendiri {error.most}.") from None
            size = error.most
            continue
        contents.append(content)
        rest = rest[size:]
    return contents


def _ask(web: Web, wanted: BpsWebapi, key: str, path: str) -> tuple[bytes, dict[str, Any] | None]:
    answer = web.get(f"{wanted.base.rstrip('/')}{path}/key/{quote(key, safe='')}/")
    page = open_envelope(answer.content, wanted.key)
    if page is not None and not answer.ok:
        raise FetchError(f"{answer.name} dijawab dengan status {answer.status}. Periksa domain dan var kiriman ini.")
    return answer.content, page


def _reopen(content: bytes, wanted: BpsWebapi) -> dict[str, Any] | None:
    try:
        return open_envelope(content, wanted.key)
    except (FetchError, TooManyYearsError) as error:
        raise UnreadableError(f"Yang tersimpan bukan jawaban BPS yang utuh: {error}") from None


CONNECTOR = BpsWebapiConnector()
