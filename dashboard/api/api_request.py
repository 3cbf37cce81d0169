"""One request resolved: the vintage asked for, its catalogue, and the query checked against it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar, cast

from dashboard.api.problems import ProblemError, unknown_word
from dashboard.api.row_models import Row
from dashboard.data import Reader
from etl.catalogue.models import Catalogue, Indicator
from etl.catalogue.reference import Kind
from etl.measures.conflict import resolve
from etl.measures.observation import Observation, Vintage

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class ApiRequest:
    """What a handler may read: the reader, one vintage, its catalogue and the values of the query."""

    reader: Reader
    vintage: Vintage
    catalogue: Catalogue
    query: Mapping[str, object]

    def text(self, name: str) -> str | None:
        """Return a text of the query, None where it was not given."""
        return cast("str | None", self.query.get(name))

    def number(self, name: str) -> int:
        """Return a whole number of the query; it has a default."""
        return cast(int, self.query[name])

    def indicators(self) -> dict[str, Indicator]:
        """Return the public indicators by id."""
        return self.catalogue.public


@dataclass(frozen=True, slots=True)
class Reply:
    """Rows to send (or one row), how many there are in all where that is cheap, and whether more follow."""

    body: Sequence[Row] | Row
    total: int | None = None
    more: bool = False


def resolve_vintage(reader: Reader, as_of: dt.date | str | None) -> Vintage:
    """Return the vintage asked for.

    Raises ProblemError 404 for a moment or seal nothing was known at, 503 while nothing has been loaded.
    """
    try:
        vintage = reader.vintage(as_of)
    except LookupError as error:
        raise ProblemError(404, "keadaan data tidak ditemukan", str(as_of), (str(error.args[0]),),
                      "Lihat versi data dan waktunya di /api/v1/vintages.") from None  # fmt: skip
    if vintage is None:
        raise ProblemError(503, "gudang data masih kosong", None, (),
                      "Jalankan pemuatan data pertama dengan: python -m etl run --all")  # fmt: skip
    return vintage


def check_words(ask: ApiRequest) -> None:
    """Raise ProblemError 404 where the query names an indicator, region, dimension or feed the catalogue lacks."""
    known: dict[str, tuple[str, Iterable[str], str]] = {
        "indicator": ("indikator", ask.indicators(), "/api/v1/indicators"),
        "region": ("wilayah", ask.catalogue.region, "/api/v1/regions"),
        "dimension": ("dimensi", (each.id for each in ask.catalogue.dimensions), "/api/v1/indicators"),
        "source": (
            "terbitan atau produsen",
            {**ask.catalogue.publication, **ask.catalogue.producer},
            "/api/v1/observations",
        ),
        "feed": ("kiriman data", ask.catalogue.feed, "/api/v1/feeds"),
    }
    for name, (what, words, resource) in known.items():
        given, words = ask.text(name), tuple(words)
        if given and given not in words:
            raise unknown_word(what, given, words, resource)


def not_shown(ask: ApiRequest, observations: Iterable[Observation]) -> frozenset[int]:
    """Return the ids that precedence keeps behind another observation of their own key.

    All sources of the keys are read, also those that a filter or a page's end has cut off.
    """
    spans: dict[str, tuple[set[str], set[Kind]]] = {}
    for each in observations:
        regions, kinds = spans.setdefault(each.indicator, (set(), set()))
        regions.add(each.region)
        kinds.add(each.kind)
    keys: dict[tuple[str | None, ...], list[Observation]] = {}
    for indicator, (regions, kinds) in spans.items():
        for each in ask.reader.series(ask.vintage, indicator, sorted(regions), tuple(sorted(kinds))):
            key = (each.kind, each.plan, each.indicator, each.series, each.region, each.period.code)
            keys.setdefault(key, []).append(each)
    return frozenset(other.id for group in keys.values() for other in resolve(group, ask.catalogue)[1])


def page(items: Sequence[Item], ask: ApiRequest) -> tuple[Sequence[Item], bool]:
    """Cut one page by limit and offset; also say whether more follow."""
    start, limit = ask.number("offset"), ask.number("limit")
    return items[start : start + limit], len(items) > start + limit
