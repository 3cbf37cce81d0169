"""From page to page of one answer, as its portal goes on; what was lost or doubled on the way stops the walk."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import parse_qsl, urlsplit

from pydantic import Field

from etl.catalogue.reference import Model, Verbatim, Whole
from etl.connectors.base import FetchError
from etl.connectors.formats.json_rows import MISSING, find, rows_at, split_path
from etl.connectors.web.address import at_home, join, redact, with_parameters
from etl.connectors.web.network import OfficeNetwork

MOST_PAGES = 5_000
AGAIN = "Isinya mungkin berubah saat dibaca; coba lagi nanti. Bila berulang, periksa `paging` kiriman ini."
# Where portals of the known kinds say that more follows, how many pages there are, and how many rows.
NEXT = ("links.next", "next_page_url", "next", "meta.next_page_url", "pagination.has_next", "meta.has_next", "has_more")
HOLDERS = ("", "meta", "metadata", "pagination", "meta.pagination")
PAGES, TOTAL, SIZE = ("last_page", "total_pages"), ("total_record", "total"), ("per_page", "limit", "page_size")
NO = {"", "0", "false", "no", "tidak", "null", "none"}


class Paging(Model):
    """How a portal goes on to its next page."""

    style: Literal["none", "offset", "page", "link"] = "none"
    """none, offset (limit dan skip), page (nomor halaman), link (alamat halaman berikutnya)."""
    start: Whole = 1
    """Nomor halaman pertama."""
    size: Whole = 100
    """Banyaknya baris per halaman."""
    size_param: str | None = None
    """Nama parameter banyaknya baris."""
    at_param: str = "page"
    """Nama parameter nomor halaman atau offset."""
    total: str | None = None
    """Letak jumlah seluruh baris pada jawaban, misalnya meta.total_record; 0 berarti tidak diketahui."""
    pages: str | None = None
    """Letak jumlah seluruh halaman pada jawaban, misalnya meta.pagination.total_pages."""
    more: str | None = None
    """Letak tanda atau alamat halaman berikutnya, misalnya links.next."""


class Paged(OfficeNetwork):
    """Where the rows of a JSON portal lie, and how its pages go on."""

    address: str
    """Alamat lengkap."""
    params: dict[str, str] = Field(default={})
    """Parameter tetap."""
    rows: Verbatim = "data"
    """Letak daftar baris, misalnya data; kosong bila jawabannya sendiri daftar."""
    paging: Paging = Paging()
    """Cara berganti halaman."""


@dataclass(frozen=True, slots=True)
class PageRequest:
    """One request: its address, and the parameters beside those that the address has."""

    address: str
    params: Mapping[str, str]

    @property
    def whole(self) -> str:
        """The address with all its parameters."""
        return with_parameters(self.address, self.params.items())


class Walk:
    """Asks for one page after the other. `take` is given each page that came and says what to ask for next."""

    def __init__(self, source: Paged) -> None:
        self._source, self._paging = source, source.paging
        self._count, self._pages, self._number = 0, 0, source.paging.start
        self._total: int | None = None
        self._totals, self._page_counts = set[int](), set[int]()  # that any page announced, declared or not
        self._largest = 0
        self._seen: set[int] = set()
        size = {self._paging.size_param: str(self._paging.size)} if self._paging.size_param else {}
        self._fixed = {**dict(parse_qsl(urlsplit(source.address).query)), **source.params}
        self._sizes = size
        at = {"offset": {self._paging.at_param: "0"}, "page": {self._paging.at_param: str(self._number)}}
        self._ask = PageRequest(source.address, {**source.params, **size, **at.get(self._paging.style, {})})

    @property
    def first(self) -> PageRequest:
        """What to ask for first."""
        return self._ask

    def take(self, document: Any) -> PageRequest | None:
        """Count a page in; return the next request, None where the answer is whole.

        Raises FetchError where pages repeat, rows are missing, or the end cannot be told; UnreadableError where
        there are no rows at their place.
        """
        rows = rows_at(document, self._source.rows)
        self._pages, self._count = self._pages + 1, self._count + len(rows)
        self._refuse_repeats(rows)
        self._note_total(document)
        totals, page_counts = announced(document)
        self._totals, self._page_counts = self._totals | set(totals), self._page_counts | set(page_counts)
        if self._ended(document, rows):
            self._check_whole(document)
            return None
        if self._pages >= MOST_PAGES:
            raise self._fault(f"tidak berakhir sesudah {MOST_PAGES} halaman. Periksa `paging` kiriman ini.")
        self._largest = max(self._largest, len(rows))
        self._ask = self._next(document)
        return self._ask

    def _fault(self, clause: str) -> FetchError:
        return FetchError(f"{redact(self._source.address)} {clause}")

    def _refuse_repeats(self, rows: list[Any]) -> None:
        """A row of an earlier page is there again: the page's number is ignored, or rows moved while we read."""
        came = [hash(json.dumps(row, sort_keys=True)) for row in rows]
        again = sum(row in self._seen for row in came)
        if again and again == len(came):
            raise self._fault(
                f"memberi halaman yang sama lagi (halaman ke-{self._pages}). Periksa at_param dan style pada `paging`; "
                "bila semua baris memang datang sekaligus, nyatakan style: none."
            )
        if again:
            raise self._fault(f"memberi {again} baris dua kali, di dua halaman. {AGAIN}")
        self._seen.update(came)

    def _note_total(self, document: Any) -> None:
        total = self._whole_number(document, self._paging.total)
        if not total:
            return
        if self._total not in (None, total):
            raise self._fault(f"menyebut {self._total} baris, lalu {total} baris di halaman ke-{self._pages}. {AGAIN}")
        self._total = total

    def _whole_number(self, document: Any, path: str | None) -> int | None:
        found = find(document, split_path(path)) if path else MISSING
        if found is MISSING or found is None:
            return None
        if not isinstance(found, str) or not re.fullmatch(r"[0-9]{1,12}", found):
            raise self._fault(f"tidak memberi bilangan pada “{path}”. Sesuaikan `paging`.")
        return int(found)

    def _ended(self, document: Any, rows: list[Any]) -> bool:
        """Judge by what the portal says: pages, more, total; else by an empty page, or one shorter than before."""
        if self._paging.style == "none" or not rows:
            return True
        if self._paging.pages:
            pages = self._whole_number(document, self._paging.pages)
            if pages is None:
                raise self._fault(f"tidak menyebut banyaknya halaman pada “{self._paging.pages}”. Sesuaikan `paging`.")
            return self._pages >= pages
        if self._paging.more:
            return not self._more(document)
        if self._total:
            return self._count >= self._total
        return 0 < len(rows) < self._largest

    def _more(self, document: Any) -> Any:
        """Return the sign that another page follows; one that is left out where its neighbours stand says no."""
        path = split_path(self._paging.more or "")
        found, around = find(document, path), find(document, path[:-1])
        if found is MISSING and (len(path) == 1 or around is MISSING):
            raise self._fault(
                f"tidak menyebut halaman berikutnya pada “{self._paging.more}”. Sesuaikan `paging`; "
                "bila semua baris datang sekaligus, nyatakan style: none."
            )
        return found if _says_yes(found) else None

    def _check_whole(self, document: Any) -> None:
        """Compare with every count and sign of more that is there, declared or of a known kind."""
        for total in filter(None, [self._total, *self._totals]):
            if total != self._count:
                raise self._fault(
                    f"menyebut {total} baris, tetapi yang datang {self._count}. Tidak ada yang dimuat. {AGAIN}"
                )
        pages = max([self._whole_number(document, self._paging.pages) or 0, *self._page_counts])
        further = any(_says_yes(find(document, split_path(path))) for path in NEXT)
        missing = self._pages < pages and self._count not in self._totals
        if missing or (further and self._count and not self._emptied(document)):
            raise self._fault(f"masih punya halaman sesudah halaman ke-{self._pages}. Sesuaikan `paging` kiriman ini.")

    def _emptied(self, document: Any) -> bool:
        return not rows_at(document, self._source.rows)

    def _next(self, document: Any) -> PageRequest:
        if self._paging.style == "link":
            ask = self._follow(self._more(document))
        else:
            self._number += 1
            at = self._count if self._paging.style == "offset" else self._number
            ask = PageRequest(
                self._source.address, {**self._source.params, **self._sizes, self._paging.at_param: str(at)}
            )
        if ask.whole == self._ask.whole:
            raise self._fault(
                "menunjuk halaman yang sama sebagai halaman berikutnya. Laporkan kepada pengelola portal."
            )
        return ask

    def _follow(self, link: Any) -> PageRequest:
        """Go where the portal points, on its own host, with the parameters that its link forgot."""
        if not isinstance(link, str):
            raise self._fault(
                f"tidak memberi alamat halaman berikutnya pada “{self._paging.more}”. Sesuaikan `paging`."
            )
        home = self._source.address
        if home.startswith("https://") and link.startswith("http://"):  # a portal behind its proxy forgets its own s
            link = "https://" + link.removeprefix("http://")
        whole = join(self._ask.whole, link)
        if not at_home(whole, home, self._source.hosts):
            raise self._fault(
                f"menunjuk halaman berikutnya di server lain ({urlsplit(whole).hostname}). Tidak diikuti; bila itu "
                "nama lain portal yang sama, tulis pada hosts kiriman ini."
            )
        given = dict(parse_qsl(urlsplit(whole).query, keep_blank_values=True))
        if changed := [name for name, text in self._fixed.items() if given.get(name, text) != text]:
            raise self._fault(f"mengubah parameter {', '.join(changed)} pada halaman berikutnya. Tidak diikuti.")
        return PageRequest(
            whole, {name: text for name, text in {**self._sizes, **self._fixed}.items() if name not in given}
        )


def announced(document: Any) -> tuple[list[int], list[int]]:
    """List the numbers of rows and of pages that an answer announces at the places that are known.

    A `total` alone may be that of the figures; beside a page's size it counts rows.
    """
    totals, pages = list[int](), list[int]()
    for path in HOLDERS:
        holder = find(document, split_path(path))
        if isinstance(holder, dict):
            counted = TOTAL if any(name in holder for name in SIZE) else TOTAL[:1]
            totals += [int(holder[name]) for name in counted if _is_whole(holder.get(name))]
            pages += [int(holder[name]) for name in PAGES if _is_whole(holder.get(name))]
    return totals, pages


def _is_whole(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[0-9]{1,12}", value) is not None


def _says_yes(found: Any) -> bool:
    """Tell whether a sign of more is one: true, an address, a number; a word may say no."""
    if found is MISSING or not found:
        return False
    return not isinstance(found, str) or found.strip().casefold() not in NO
