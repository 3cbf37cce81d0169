"""Shapes of what data/reference and data/published declare: regions, bands, instruments, publications, rules."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict

Level = Literal["country", "province", "subject", "regency", "city", "district", "village"]
Kind = Literal["realisation", "target", "plan"]
Status = Literal["final", "revised", "estimate", "preliminary", "very_preliminary", "progress"]
Mark = Literal["year_inferred", "rounded", "doubtful", "claim", "ikn_included", "ikn_excluded", "ikn_unknown"]


class Model(BaseModel):
    """Immutable, strict about unknown words."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(Model):
    """One text in Indonesian (first) and English."""

    id: str
    en: str

    def get(self, lang: str) -> str:
        return self.en if lang == "en" else self.id


class Region(Model):
    """A region or subject keyed by Kemendagri code with its dot; `pemprov` is the provincial government."""

    code: str
    parent: str | None
    level: Level
    name: str
    short: str
    bps_code: str | None = None
    lat: Decimal | None = None
    lng: Decimal | None = None
    area_km2: Decimal | None = None
    population: int | None = None
    capital: str | None = None
    source: str


class Band(Model):
    """A half-open interval [low, high) on the unrounded value; None is unbounded."""

    label: Text
    low: Decimal | None
    high: Decimal | None


class Scheme(Model):
    """An ordered set of bands, worst to best as printed by `basis`."""

    id: str
    basis: str
    provenance: str
    bands: tuple[Band, ...]


class InstrumentIndicator(Model):
    """One assessed indicator; `gated` ones take whole levels, others decimals set by another ministry."""

    no: int
    name: str
    aspect: int
    weight: Decimal
    capability: str | None = None
    gated: bool = True
    note: str | None = None


class Aspect(Model):
    no: int
    name: str
    weight: Decimal
    domain: int | None = None


class Domain(Model):
    no: int
    name: str
    weight: Decimal


class Instrument(Model):
    """A versioned assessment: weights in percent, levels 1 to 5, predicates in the scheme named."""

    id: str
    indicator: str
    name: Text
    basis: str
    first_year: int
    last_year: int | None
    scheme: str
    domains: tuple[Domain, ...] = ()
    aspects: tuple[Aspect, ...]
    indicators: tuple[InstrumentIndicator, ...]


class Service(Model):
    """A named application or service; unknown facts stay None."""

    name: str
    kind: Literal["publik", "administratif"]
    owner: str | None = None
    instrument_indicator: str | None = None
    source: str | None = None


class Publication(Model):
    """Where a figure was printed. `channel` orders precedence: own release, copy, official, press."""

    id: str
    title: str
    url: str
    publisher: str
    channel: Literal["official", "copy", "press"]
    published: dt.date | None = None
    accessed: dt.date
    licence: str
    note: str | None = None


class NameRule(Model):
    """What a collected name means: catalogue indicator, series and kind."""

    indicator: str
    series: str | None = None
    kind: Kind = "realisation"
    status: Status | None = None
    plan: str | None = None


class When(Model):
    """Conditions that must all hold; `note` is a case-folded substring, the others match exactly."""

    name: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    period: tuple[str, ...] = ()
    publication: tuple[str, ...] = ()
    value: tuple[str, ...] = ()
    note: tuple[str, ...] = ()


class Rule(Model):
    """A declared correction of meaning for matching rows, or their refusal with a sentence."""

    id: str
    why: str
    when: When
    indicator: str | None = None
    series: str | None = None
    region: str | None = None
    period: str | None = None
    kind: Kind | None = None
    status: Status | None = None
    producer: str | None = None
    plan: str | None = None
    marks: tuple[Mark, ...] = ()
    refuse: str | None = None


class PublishedRules(Model):
    """Every collected name and the ordered rules for rows whose name or note changes their meaning."""

    names: dict[str, NameRule]
    rules: tuple[Rule, ...]
