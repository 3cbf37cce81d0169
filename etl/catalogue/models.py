"""The catalogue: what every figure means. Frozen models of indicators.yaml and the data files beside it."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import Literal

from pydantic import Field, StrictBool

from etl.catalogue.feeds import Feed, Frequency
from etl.catalogue.names import normalise_name
from etl.catalogue.planning import Misi, Plan, Target
from etl.catalogue.reference import (
    Id,
    Instrument,
    Model,
    Month,
    NotNegative,
    Number,
    Positive,
    Publication,
    PublishedRules,
    Region,
    Scheme,
    Service,
    Text,
    Whole,
)
from etl.catalogue.wall_defaults import Wall

Direction = Literal["higher", "lower", "range", "category", "none"]


class Subdimension(Model):
    id: Id
    name: Text
    weight: Positive = Decimal(1)


class Dimension(Model):
    """One of the six; sub-dimensions weigh equally unless declared."""

    id: Id
    name: Text
    subdimensions: tuple[Subdimension, ...]


class Urusan(Model):
    """A government function; `offices` maps a region code to the office id that runs it there."""

    id: str
    name: str
    offices: dict[str, str] = Field(default={})


class Office(Model):
    """A Perangkat Daerah, keyed by region and id."""

    region: str
    id: Id
    name: str
    short: str
    aliases: tuple[str, ...] = ()
    provenance: str


class Producer(Model):
    """Who makes the figures, apart from the office responsible for the matter."""

    id: Id
    name: str


class Series(Model):
    """A measurement method. Different series are never joined, nor share a target."""

    id: Id
    name: Text
    note: Text | None = None
    frequency: Frequency | None = None  # where it differs from the indicator's
    breaks: tuple[str, ...] = ()  # periods from which the method changed within the series


class Reference(Model):
    """Two frozen points: `worst` scores 0, `best` 100. Base period, scope and source are shown."""

    worst: Number
    best: Number
    base: str
    scope: str
    source: str


class Categories(Model):
    """Printed categories in order, worst first; a place in the order is the score.

    `also` maps other printed spellings to the category they mean ("Hijau (B)" is the zone "Hijau").
    """

    order: tuple[str, ...]
    source: str
    also: dict[str, str] = Field(default={})

    def meant(self, category: str) -> str:
        """Return the category of the order that a printed one means, itself where nothing else is declared."""
        return self.also.get(category.strip(), category)


class Score(Model):
    """How an indicator is scored where no due target exists."""

    series: str | None = None
    reference: Reference | None = None
    categories: Categories | None = None


class Release(Model):
    """Release calendar: months after the period's end in which the producer publishes."""

    months_after: Whole = Field(ge=0)
    note: Text | None = None


class Sanity(Model):
    """Values outside are refused, in the indicator's unit; so are those `jump` times the usual one, or as much less."""

    min: Number | None = None
    max: Number | None = None
    jump: Positive = Decimal(100)


class Indicator(Model):
    """One measured matter. `units` maps printed units to the factor into `unit`."""

    id: Id
    name: Text
    short: Text
    definition: Text
    subdimension: str | None
    unit: str
    units: dict[str, Number] = Field(default={})
    decimals: Whole = Field(ge=0, le=6)
    direction: Direction
    additive: StrictBool = False
    cumulative: StrictBool = False
    frequency: Frequency
    month: Month | None = None  # the month an annual figure refers to (Sakernas: 8)
    release: Release | None = None
    producer: str
    urusan: str | None = None
    series: tuple[Series, ...] = ()
    series_from: str | None = None  # the reference list its series come from
    breakdown: StrictBool = False  # its series are parts, as deciles are, not ways to measure one matter
    role: Literal["core", "supporting"] = "supporting"
    weight: Positive = Decimal(1)
    score: Score | None = None
    scheme: str | None = None
    max_age: Whole = Field(default=2, ge=0)
    sanity: Sanity = Sanity()
    tolerance: NotNegative | None = None  # half-width of a range target
    target_path: StrictBool = False  # a plan's path between two years may be derived
    access: Literal["publik", "internal"] = "publik"
    kode_referensi: str | None = None
    misi: tuple[str, ...] = ()
    provenance: str
    targets: tuple[Target, ...] = ()

    @property
    def has_parts(self) -> bool:
        """Tell whether a figure speaks of one part only, so that it is never shown without the part's name."""
        return self.breakdown or self.series_from is not None

    @property
    def default_series(self) -> str:
        """Series for scores and headlines: the declared one, else the first, else 'utama'."""
        if self.score and self.score.series:
            return self.score.series
        return self.series_ids[0]

    @property
    def series_ids(self) -> tuple[str, ...]:
        """The series that its figures may have; one without a name where none is declared."""
        return tuple(each.id for each in self.series) or ("utama",)


class Document(Model):
    """What stands in indicators.yaml. `simulation` marks a made-up regency: every page and export then says so."""

    simulation: StrictBool = False
    dimensions: tuple[Dimension, ...]
    urusan: tuple[Urusan, ...]
    offices: tuple[Office, ...]
    producers: tuple[Producer, ...]
    plans: tuple[Plan, ...]
    misi: tuple[Misi, ...] = ()
    headlines: tuple[Id, ...] = ()  # development indicators of the summary, in order
    wall: Wall = Wall()
    indicators: tuple[Indicator, ...]
    feeds: tuple[Feed, ...]


# The edition of the scoring and precedence rules written in code. Raise it with every change that can move a score:
# the catalogue then differs, a new vintage is recorded and all scores are computed anew.
METHOD = 1


class Catalogue(Document):
    """Everything that gives figures their meaning, hashed and stored with each vintage."""

    regions: tuple[Region, ...]
    aliases: dict[str, str]  # normalised region alias -> code
    schemes: tuple[Scheme, ...]
    instruments: tuple[Instrument, ...]
    services: tuple[Service, ...]
    publications: tuple[Publication, ...]
    published: PublishedRules
    method: int = METHOD

    @cached_property
    def indicator(self) -> dict[str, Indicator]:
        return {each.id: each for each in self.indicators}

    @cached_property
    def core(self) -> dict[str | None, tuple[Indicator, ...]]:
        """The scored indicators by sub-dimension, which each of them has."""
        scored = [each for each in self.indicators if each.role == "core"]
        parts = dict.fromkeys(each.subdimension for each in scored)
        return {part: tuple(each for each in scored if each.subdimension == part) for part in parts}

    @cached_property
    def public(self) -> dict[str, Indicator]:
        """The indicators that may be seen from outside, by id; internal ones are left out."""
        return {each.id: each for each in self.indicators if each.access == "publik"}

    @cached_property
    def region(self) -> dict[str, Region]:
        return {each.code: each for each in self.regions}

    @cached_property
    def named(self) -> dict[str, tuple[str, ...]]:
        """Codes by normalised name or alias; a name that several regions bear has several."""
        names = [(normalise_name(each.name), each.code) for each in self.regions] + list(self.aliases.items())
        found: dict[str, tuple[str, ...]] = {}
        for name, code in dict.fromkeys(names):
            found[name] = (*found.get(name, ()), code)
        return found

    @cached_property
    def bps(self) -> dict[str, str]:
        """The crosswalk: BPS code -> Kemendagri code."""
        return {each.bps_code: each.code for each in self.regions if each.bps_code}

    @cached_property
    def publication(self) -> dict[str, Publication]:
        return {each.id: each for each in self.publications}

    @cached_property
    def producer(self) -> dict[str, Producer]:
        return {each.id: each for each in self.producers}

    @cached_property
    def plan(self) -> dict[str, Plan]:
        return {each.id: each for each in self.plans}

    @cached_property
    def scheme(self) -> dict[str, Scheme]:
        return {each.id: each for each in self.schemes}

    @cached_property
    def feed(self) -> dict[str, Feed]:
        return {each.id: each for each in self.feeds}
