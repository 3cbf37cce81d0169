"""The only door to the warehouse: typed reads, kept by vintage. Reads never write: SQLite is opened read-only."""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Any, TypeVar, cast

from sqlalchemy import Engine

from dashboard import settings
from dashboard.language import date, t
from dashboard.urls import Lang, State
from etl.catalogue.models import Catalogue, Indicator
from etl.catalogue.record_kinds import Record
from etl.catalogue.reference import Kind, Region
from etl.measures.observation import Attempt, Contest, DimensionScore, Finding, Observation, Run, Vintage
from etl.stewardship.desk import GoingBack
from etl.warehouse.read import queries

REGENCIES = settings.REGENCIES
PROVINCE = "64"
KEPT = 512
KEPT_RECORDS = 100_000  # of all kept lists together; a figure takes about a kilobyte
FeedStatus = queries.FeedStatus
Situation = queries.Situation
Result = TypeVar("Result")


def open_read_only(url: str) -> Engine:
    """Open an existing warehouse that the web cannot change."""
    return queries.open_reader(url)


def _size(result: object) -> int:
    return len(result) if isinstance(result, list) else 0


@dataclass(eq=False)
class Reader:
    """Reads at a vintage. What a vintage holds never changes, so results are kept, the least used dropped."""

    engine: Engine
    kept: OrderedDict[Hashable, object] = field(default_factory=OrderedDict)
    records: int = 0  # in all of `kept`
    lock: Lock = field(default_factory=Lock)

    def _keep(self, key: Hashable, load: Callable[[], Result]) -> Result:
        with self.lock:
            if key in self.kept:
                self.kept.move_to_end(key)
                return cast(Result, self.kept[key])
        result = load()
        with self.lock:
            self.records += _size(result) - _size(self.kept.pop(key, None))
            self.kept[key] = result
            while self.kept and (len(self.kept) > KEPT or self.records > KEPT_RECORDS):
                self.records -= _size(self.kept.popitem(last=False)[1])
        return result

    def _at(self, vintage: Vintage, name: str, *args: Hashable, **options: Hashable) -> Any:
        def load() -> Any:
            with self.engine.connect() as connection:
                return getattr(queries, name)(connection, vintage, *args, **options)

        return self._keep((vintage.seal, name, args, tuple(sorted(options.items()))), load)

    def vintage(self, as_of: dt.date | str | None = None) -> Vintage | None:
        """Return the vintage of a date or seal, the current one without; None in an empty warehouse.

        Raises LookupError with a sentence when nothing was known then.
        """
        with self.engine.connect() as connection:
            return queries.resolve(connection, as_of) if as_of else queries.current_vintage(connection)

    def catalogue(self, vintage: Vintage) -> Catalogue:
        """Return the catalogue in force at the vintage."""
        return cast(Catalogue, self._at(vintage, "catalogue_at"))

    def latest(self, vintage: Vintage, region: str) -> list[Observation]:
        """Return all sources of the latest period per series of a region."""
        return cast(list[Observation], self._at(vintage, "latest", region))

    def series(
        self, vintage: Vintage, indicator: str, regions: Iterable[str], kinds: tuple[Kind, ...] = ("realisation",)
    ) -> list[Observation]:
        """Return the figures of one indicator by period, all sources."""
        return cast(list[Observation], self._at(vintage, "series", indicator, tuple(regions), kinds=kinds))

    def observations(self, vintage: Vintage, **filters: Hashable) -> list[Observation]:
        """Return figures by filters: indicator, region, series, kind, since, until, source, limit, offset.

        Not kept: whoever walks through all pages would push out what the pages of the web read again and again.
        """
        with self.engine.connect() as connection:
            return queries.observations(connection, vintage, **cast(dict[str, Any], filters))

    def scores(self, vintage: Vintage, **filters: Hashable) -> list[DimensionScore]:
        """Return stored scores by filters: regions, period, dimension."""
        return cast(list[DimensionScore], self._at(vintage, "scores", **filters))

    def score_periods(self, vintage: Vintage, region: str) -> list[str]:
        """Return the periods a region has scores for, as stored."""
        return cast(list[str], self._at(vintage, "score_periods", region))

    def contested(self, vintage: Vintage, region: str | None = None) -> list[Contest]:
        """Return the keys more than one row or source speaks about, with the reason."""
        return cast(list[Contest], self._at(vintage, "contested", region))

    def changes(self, vintage: Vintage, region: str, limit: int = 8) -> list[tuple[Observation, Observation]]:
        """Return superseded values, newest first, as (new, old)."""
        return cast(list[tuple[Observation, Observation]], self._at(vintage, "changes", region, limit))

    def actions(self, vintage: Vintage, region: str) -> list[Record]:
        """Return what offices have recorded to do about indicators of a region, by deadline."""

        def load() -> list[Record]:
            with self.engine.connect() as connection:
                return queries.records(connection, "action", vintage.number, region=region)

        return self._keep((vintage.seal, "actions", region), load)

    def history(self, indicator: str, region: str) -> list[Observation]:
        """Return every version ever of an indicator's figures in a region."""
        with self.engine.connect() as connection:
            return queries.history(connection, indicator, region)

    def runs(self, limit: int, offset: int = 0) -> list[Run]:
        """Return sealed loads, newest first."""
        with self.engine.connect() as connection:
            return queries.runs(connection, limit, offset)

    def attempts(self, feed: str | None = None, limit: int = 50) -> list[Attempt]:
        """Return tries of feeds, newest first."""
        with self.engine.connect() as connection:
            return queries.attempts(connection, feed=feed, limit=limit)

    def findings(self, **filters: Any) -> list[Finding]:
        """Return refused rows and warnings by filters: feed, rule, limit, offset."""
        with self.engine.connect() as connection:
            return queries.findings(connection, **filters)

    def vintages(self, limit: int, offset: int = 0) -> list[Vintage]:
        """Return the chain of vintages, newest first."""
        with self.engine.connect() as connection:
            return queries.vintages(connection, limit, offset)

    def feed_status(self) -> list[queries.FeedStatus]:
        """Return last attempt, last success and counts per feed."""
        with self.engine.connect() as connection:
            return queries.feed_status(connection)

    def situation(
        self,
        catalogue: Catalogue,
        home: str,
        now: dt.datetime,
        vintage: Vintage,
        going_back: Iterable[GoingBack] = (),
    ) -> queries.Situation:
        """Return how deliveries stand at a moment: promises, what waits, what was returned, the scheduler."""
        figures = self.latest(vintage, home)
        with self.engine.connect() as connection:
            return queries.situation(connection, catalogue, home, now, figures, going_back)

    def token_digest(self, feed: str) -> str | None:
        """Return the digest of the token with which a feed is pushed, None where it has none."""
        with self.engine.connect() as connection:
            return queries.token_of(connection, feed)

    def problems(self) -> list[str]:
        """Return why the warehouse cannot serve, as sentences; empty when it can."""
        return queries.problems(self.engine)


@dataclass(frozen=True)
class Scene:
    """What a page shows: the reader's choice resolved against one vintage. `notices` say what had to be replaced."""

    reader: Reader
    state: State
    vintage: Vintage
    catalogue: Catalogue
    region: Region
    notices: tuple[str, ...] = ()

    @property
    def lang(self) -> Lang:
        return self.state.lang

    @property
    def public(self) -> dict[str, Indicator]:
        """The indicators that may be shown, by id; internal ones have no page, figure or mention."""
        return self.catalogue.public

    @property
    def regencies(self) -> tuple[Region, ...]:
        """The three regencies, in the order of the switch."""
        return tuple(self.catalogue.region[code] for code in REGENCIES if code in self.catalogue.region)


def open_scene(reader: Reader, state: State, home: str) -> Scene | None:
    """Resolve a state; an unknown region or moment is replaced by the default and said so. None: nothing loaded."""
    notices: list[str] = []
    try:
        vintage = reader.vintage(state.per)
    except LookupError:
        notices.append(_unknown_moment(state))
        state, vintage = replace(state, per=None), reader.vintage()
    if vintage is None:
        return None
    catalogue = reader.catalogue(vintage)
    code = state.wilayah or home
    if code not in REGENCIES:
        shown = catalogue.region[home].name
        notices.append(t("shell.unknown_region", state.lang, code=code[:40], shown=shown))
        code = home
    return Scene(reader, state, vintage, catalogue, catalogue.region[code], tuple(notices))


def _unknown_moment(state: State) -> str:
    """Say that nothing was known at a date, or that the text is no date and no seal."""
    asked = state.per or ""
    try:
        return t("shell.before_first_load", state.lang, when=date(dt.date.fromisoformat(asked), state.lang))
    except ValueError:
        return t("shell.unknown_moment", state.lang, asked=f"“{asked[:40]}”")
