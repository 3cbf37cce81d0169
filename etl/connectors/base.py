"""What a connector is: it fetches bytes and turns them into grids of text, and knows nothing of their meaning."""

from __future__ import annotations

import datetime as dt
import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from etl.catalogue.checks.parts import Check
from etl.catalogue.feeds import Feed
from etl.catalogue.reference import Model

if TYPE_CHECKING:
    from etl.sheets.sheet import Sheet

MOST_TEXT_BYTES = 500_000_000  # of delimited text, which is read in parts


class UnreadableError(Exception):
    """Bytes that cannot be read as a table; the message is an Indonesian sentence with the next step."""


class FetchError(Exception):
    """A source that could not be read whole; the message is an Indonesian sentence with the next step, no secret."""


@dataclass(frozen=True, slots=True)
class Span:
    """The years that are asked for, both included."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Known:
    """An earlier answer of an address: its validators, and the bytes that they stand for."""

    etag: str | None
    modified: str | None
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Reach:
    """What a connector may use beside the feed: the checkout's folder, the environment, the years, earlier answers.

    `environ` is read for the variables that the feed names, and never repeated. `known` gives the earlier answer of a
    delivery's name, so that an unchanged one need not be sent again. A file of the inbox is left for later until nobody
    has written to it for `settled` seconds: the first half of a figure is another figure.
    """

    root: Path
    span: Span
    environ: Mapping[str, str] = field(default_factory=dict, repr=False)
    known: Mapping[str, Known] = field(default_factory=dict, repr=False)
    settled: float = 0

    def secret(self, variable: str) -> str:
        """Return what an environment variable holds; raises FetchError where it is not set."""
        text = self.environ.get(variable, "").strip()
        if not text:
            raise FetchError(f"Variabel lingkungan {variable} belum diisi. Isi di server, lalu jalankan lagi.")
        return text


@dataclass(frozen=True, slots=True)
class Delivery:
    """What arrived: its name (path below the root, or an address without secrets) and its bytes.

    Answers of several pages are one delivery: each page behind a record separator, as JSON text sequences have it.
    `withheld` says why a file was left where it lies, unread: then there are no bytes.
    """

    name: str
    content: bytes = field(repr=False)
    fetched_at: dt.datetime | None = None
    etag: str | None = None
    modified: str | None = None
    withheld: str | None = None

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content or (self.withheld or "").encode()).hexdigest()


class Connector(ABC):
    """One transport, in a module of etl/connectors that names it CONNECTOR; the module's name is the connector's.

    `model` says what the group of that name in a feed may hold; without one a feed has `path`. `checks` compare it with
    the rest of the feed and of the catalogue. A `historic` one asks its source for years, so that old ones can be asked
    for again. One with `own_columns` names them itself, and a feed maps only a few.
    """

    model: ClassVar[type[Model] | None] = None
    checks: ClassVar[tuple[Check, ...]] = ()
    historic: ClassVar[bool] = False
    own_columns: ClassVar[bool] = False

    @abstractmethod
    def fetch(self, feed: Feed, reach: Reach) -> Iterator[Delivery]:
        """Find deliveries without judging them; raises FetchError or OSError."""

    @abstractmethod
    def read(self, delivery: Delivery, feed: Feed) -> Iterable[Sheet]:
        """Turn a delivery into grids; raises UnreadableError."""
