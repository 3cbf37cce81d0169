"""Shapes of what data/reference and data/published declare: regions, bands, instruments, publications, rules."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StrictBool,
    StringConstraints,
    WithJsonSchema,
)

from etl.catalogue.decimals import canonical

Level = Literal["country", "province", "subject", "regency", "city", "district", "village"]
Kind = Literal["realisation", "target", "plan"]
Status = Literal["final", "revised", "estimate", "preliminary", "very_preliminary", "progress"]
Channel = Literal["official", "copy", "press"]
Mark = Literal["year_inferred", "rounded", "doubtful", "claim", "ikn_included", "ikn_excluded", "ikn_unknown"]


def _number(value: Any) -> Any:
    """Let only plain digits become a number: no thousands marks, no exotic digits, no infinity."""
    if isinstance(value, str) and not re.fullmatch(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?", value):
        raise ValueError("angka ditulis dengan titik desimal dan tanpa pemisah ribuan, misalnya 1234.5")
    return value


def whole(value: Any) -> Any:
    """Let only plain digits become a whole number; anything else raises ValueError."""
    if isinstance(value, str) and not re.fullmatch(r"[-+]?[0-9]+", value):
        raise ValueError("bilangan bulat tanpa pemisah ribuan, misalnya 1234")
    return value


def _day(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise ValueError("tanggal ditulis tahun-bulan-hari, misalnya 2024-08-31")
    return value


def plain_text(value: Decimal | str) -> str:
    """Write a decimal in its one canonical form; words stay."""
    return value if isinstance(value, str) else canonical(value)


_AS_TEXT = PlainSerializer(plain_text, when_used="json")
Number = Annotated[Decimal, BeforeValidator(_number), _AS_TEXT, WithJsonSchema({"type": "number"})]
Positive = Annotated[
    Decimal,
    Field(gt=0),
    BeforeValidator(_number),
    _AS_TEXT,
    WithJsonSchema({"type": "number", "exclusiveMinimum": 0}),
]
NotNegative = Annotated[
    Decimal,
    Field(ge=0),
    BeforeValidator(_number),
    _AS_TEXT,
    WithJsonSchema({"type": "number", "minimum": 0}),
]
Month = Annotated[int, Field(ge=1, le=12), BeforeValidator(whole)]
Whole = Annotated[int, BeforeValidator(whole)]
Day = Annotated[dt.date, BeforeValidator(_day)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]*$")]  # stands in addresses
Verbatim = Annotated[str, StringConstraints(strip_whitespace=False, min_length=0)]


class Model(BaseModel):
    """Immutable, strict about unknown words; texts are trimmed and never empty.

    A text under a field is its help in the editor: the JSON Schema of indicators.yaml shows it to the steward.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        str_strip_whitespace=True,
        str_min_length=1,
        use_attribute_docstrings=True,
    )


class Text(Model):
    """One text in Indonesian (first) and English."""

    id: str
    """Teks bahasa Indonesia."""
    en: str
    """Teks bahasa Inggris."""

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
    lat: Number | None = None
    lng: Number | None = None
    area_km2: Number | None = None
    population: Whole | None = None
    capital: str | None = None
    source: str


class Alias(Model):
    """Another name of a region, with the reason why it is one."""

    alias: str
    code: str
    why: str


class Facility(Model):
    """A puskesmas, school or the like, and the kecamatan that its figures belong to."""

    facility: str
    kind: str
    code: str
    why: str


class OfficeAlias(Model):
    """Another name of an office, with the reason why it is one."""

    alias: str
    region: str
    office: str
    why: str


class LayoutFix(Model):
    """What one word, mark, head or sheet of a feed's files means, noted by the steward; see Layout."""

    feed: str
    key: Literal["words", "marks", "skip", "sheets"]
    field: str | None = None  # ours, for words only
    written: str
    meaning: str | None = None  # of words and marks


class Band(Model):
    """A half-open interval [low, high) on the unrounded value; None is unbounded."""

    label: Text
    low: Number | None
    high: Number | None


class Scheme(Model):
    """An ordered set of bands, worst to best as printed by `basis`."""

    id: str
    basis: str
    provenance: str
    bands: tuple[Band, ...]


class InstrumentIndicator(Model):
    """One assessed indicator; `gated` ones take whole levels, others decimals set by another ministry."""

    no: Whole
    name: str
    aspect: Whole
    weight: Number
    capability: str | None = None
    gated: StrictBool = True
    note: str | None = None


class Aspect(Model):
    no: Whole
    name: str
    weight: Number
    domain: Whole | None = None


class Domain(Model):
    no: Whole
    name: str
    weight: Number


class Instrument(Model):
    """A versioned assessment: weights in percent, levels 1 to 5, predicates in the scheme named."""

    id: str
    indicator: str
    name: Text
    basis: str
    first_year: Whole
    last_year: Whole | None
    scheme: str
    domains: tuple[Domain, ...] = ()
    aspects: tuple[Aspect, ...]
    indicators: tuple[InstrumentIndicator, ...]


class Service(Model):
    """A named application or service; unknown facts stay None."""

    id: Id | None = None  # catalogues recorded before it was asked for have none
    name: str
    kind: Literal["publik", "administratif"]
    owner: str | None = None
    instrument_indicator: str | None = None
    source: str | None = None


class Publication(Model):
    """Where a figure was printed. `channel` orders precedence: own release, copy, official, press."""

    id: str
    title: str
    url: Verbatim  # empty where none was printed
    publisher: str
    channel: Channel
    published: Day | None = None
    accessed: Day
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

    name: tuple[Verbatim, ...] = ()
    region: tuple[Verbatim, ...] = ()
    period: tuple[Verbatim, ...] = ()
    publication: tuple[Verbatim, ...] = ()
    value: tuple[Verbatim, ...] = ()
    note: tuple[Verbatim, ...] = ()


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


class NamesFile(Model):
    """data/published/names.yaml: every collected name and what it means."""

    names: dict[str, NameRule]


class RulesFile(Model):
    """data/published/rules.yaml: the ordered rules for rows whose name or note changes their meaning."""

    rules: tuple[Rule, ...]


class PublishedRules(NamesFile, RulesFile):
    """What the published figures mean."""
