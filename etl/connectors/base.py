"""What a connector is: it fetches bytes and turns them into grids of text, and knows nothing of their meaning."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import pandas as pd

from etl.catalogue.models import Feed


class UnreadableError(Exception):
    """Bytes that cannot be read as a table; the message is an Indonesian sentence with the next step."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What arrived: its name (path below the root, or an address without secrets) and its bytes."""

    name: str
    content: bytes = field(repr=False)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One grid of text as sent.

    `cells`: object frame of str, index the 1-based row, columns the letters A, B, …; None where a delimited row
    ends before the widest one. `typed`: bool frame of the same shape, True where a spreadsheet holds a number
    (its text is exact, with a decimal point); None where nothing is typed.
    """

    name: str | None
    cells: pd.DataFrame
    typed: pd.DataFrame | None = None


class Connector(Protocol):
    """One transport. `fetch` finds deliveries without judging them, `read` raises UnreadableError."""

    def fetch(self, feed: Feed, root: Path) -> Iterator[Delivery]: ...

    def read(self, delivery: Delivery) -> list[Sheet]: ...
