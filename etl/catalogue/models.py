"""The catalogue: what every figure means. Frozen models of indicators.yaml and the data files beside it."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import Literal

from pydantic import Field

from etl.catalogue.reference import (
    Instrument,
    Model,
    PublishedRules,
    Publication,
    Region,
    Scheme,
    Service,
    Text,
)

Direction = Literal["higher", "lower", "range", "category", "none"]
Frequency = Literal["year", "semester", "quarter", "month", "day"]
PlanKind = Literal["RPJMD", "RKPD", "Renstra", "SPM", "RPJMN", "pernyataan"]


class Subdimension(Model):
    id: str
    name: Text
    weight: Decimal = Field(default=Decimal(1), gt=0)


class Dimension(Model):
    """One of the six; sub-dimensions weigh equally unless declared."""

    id: str
    name: Text
    subdimensions: tuple[Subdimension, ...]


class Urusan(Model):
    """A government function; `offices` maps a region code to the office id that runs it there."""

    id: str
    name: str
    offices: dict[str, str] = {}


class Office(Model):
    """A Perangkat Daerah, keyed by region and id."""

    region: str
    id: str
    name: str
    short: str
    aliases: tuple[str, ...] = ()
    provenance: str


class Producer(Model):
    """Who makes the figures, apart from the office responsible for the matter."""

    id: str
    name: str


class Plan(Model):
    """A planning document in one version; targets refer to it. One version is in force."""

    id: str
    kind: PlanKind
    document: str
    version: str
    region: str
    first_year: int
    last_year: int
    in_force: bool
    source: str


class Target(Model):
    """A planned value for one period and series; `applies_below` lends it to regions without their own."""

    region: str
    period: str
    value: Decimal | str
    plan: str
    source: str
    series: str | None = None
    page: str | None = None
    applies_below: bool = False
    note: str | None = None


class Series(Model):
    """A measurement method. Different series are never joined, nor share a target."""

    id: str
    name: Text
    note: Text | None = None
    breaks: tuple[str, ...] = ()  # periods from which the method changed within the series


class Reference(Model):
    """Two frozen points: `worst` scores 0, `best` 100. Base period, scope and source are shown."""

    worst: Decimal
    best: Decimal
    base: str
    scope: str
    source: str


class Categories(Model):
    """Printed categories in order, worst first; a place in the order is the score."""

    order: tuple[str, ...]
    source: str


class Score(Model):
    """How an indicator is scored where no due target exists."""

    series: str | None = None
    reference: Reference | None = None
    categories: Categories | None = None


class Release(Model):
    """Release calendar: months after the period's end in which the producer publishes."""

    months_after: int
    note: Text | None = None


class Sanity(Model):
    """Values outside are refused, in the indicator's unit."""

    min: Decimal | None = None
    max: Decimal | None = None


class Indicator(Model):
    """One measured matter. `units` maps printed units to the factor into `unit`."""

    id: str
    name: Text
    short: Text
    definition: Text
    subdimension: str | None
    unit: str
    units: dict[str, Decimal] = {}
    decimals: int = Field(ge=0, le=6)
    direction: Direction
    additive: bool = False
    cumulative: bool = False
    frequency: Frequency
    month: int | None = None  # the month an annual figure refers to (Sakernas: 8)
    release: Release | None = None
    producer: str
    urusan: str | None = None
    series: tuple[Series, ...] = ()
    role: Literal["core", "supporting"] = "supporting"
    weight: Decimal = Field(default=Decimal(1), gt=0)
    score: Score | None = None
    scheme: str | None = None
    max_age: int = Field(default=2, ge=0)
    sanity: Sanity = Sanity()
    tolerance: Decimal | None = None  # half-width of a range target
    target_path: bool = False  # a plan's path between two years may be derived
    access: Literal["publik", "internal"] = "publik"
    kode_referensi: str | None = None
    misi: tuple[str, ...] = ()
    provenance: str
    targets: tuple[Target, ...] = ()

    @property
    def default_series(self) -> str:
        """Series for scores and headlines: the declared one, else the first, else 'utama'."""
        if self.score and self.score.series:
            return self.score.series
        return self.series[0].id if self.series else "utama"


class Feed(Model):
    """A kiriman data. `columns` maps our fields to the file's headers; `defaults` fill what it does not say."""

    id: str
    name: Text
    connector: Literal["file"]
    path: str
    decimal: Literal[".", ","]
    missing: tuple[str, ...] = ("",)
    columns: dict[str, str]
    defaults: dict[str, str] = {}
    rules: bool = False  # apply data/published/rules.yaml
    schedule: str | None = None  # five-field cron in WITA, weekdays by name
    frequency: Frequency | None = None
    owner: str | None = None  # urusan


class Misi(Model):
    id: str
    region: str
    name: Text
    source: str


class Catalogue(Model):
    """Everything that gives figures their meaning, hashed and stored with each vintage."""

    dimensions: tuple[Dimension, ...]
    urusan: tuple[Urusan, ...]
    offices: tuple[Office, ...]
    producers: tuple[Producer, ...]
    plans: tuple[Plan, ...]
    misi: tuple[Misi, ...] = ()
    indicators: tuple[Indicator, ...]
    feeds: tuple[Feed, ...]
    regions: tuple[Region, ...]
    aliases: dict[str, str]  # normalised region alias -> code
    schemes: tuple[Scheme, ...]
    instruments: tuple[Instrument, ...]
    services: tuple[Service, ...]
    publications: tuple[Publication, ...]
    published: PublishedRules

    @cached_property
    def indicator(self) -> dict[str, Indicator]:
        return {each.id: each for each in self.indicators}

    @cached_property
    def region(self) -> dict[str, Region]:
        return {each.code: each for each in self.regions}

    @cached_property
    def publication(self) -> dict[str, Publication]:
        return {each.id: each for each in self.publications}

    @cached_property
    def plan(self) -> dict[str, Plan]:
        return {each.id: each for each in self.plans}

    @cached_property
    def scheme(self) -> dict[str, Scheme]:
        return {each.id: each for each in self.schemes}

    @cached_property
    def feed(self) -> dict[str, Feed]:
        return {each.id: each for each in self.feeds}
