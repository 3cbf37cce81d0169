"""The loaded parts of a catalogue, looked up by id, and the faults that checks find in them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple, Protocol, TypeVar

from etl.catalogue.models import Document, Indicator, Office, Producer, Subdimension, Urusan
from etl.catalogue.outside_regions import OutsideRegion
from etl.catalogue.planning import Misi, Plan
from etl.catalogue.reading.partial import UndeterminedError
from etl.catalogue.reading.source import Path
from etl.catalogue.reference import (
    Alias,
    Facility,
    Instrument,
    LayoutFix,
    Model,
    NameRule,
    OfficeAlias,
    Publication,
    Region,
    Rule,
    Scheme,
    Service,
)

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)


class Fault(NamedTuple):
    """What is wrong at `path`. `first` leads to the other place that it clashes with."""

    path: Path
    found: str | None
    allowed: tuple[str, ...] = ()
    remedy: str | None = None
    first: Path | None = None


Check = Callable[[Any, "Parts"], Iterator[Fault]]


class Transport(Protocol):
    """What the catalogue knows of a connector: what its group in a feed may hold, and the checks that it brings."""

    @property
    def model(self) -> type[Model] | None: ...

    @property
    def checks(self) -> tuple[Check, ...]: ...


@dataclass(frozen=True)
class Parts:
    """Everything that was read, sound or not; faulty values are holes."""

    document: Document
    regions: tuple[Region, ...]
    aliases: tuple[Alias, ...]
    schemes: tuple[Scheme, ...]
    instruments: tuple[Instrument, ...]
    services: tuple[Service, ...]
    publications: tuple[Publication, ...]
    names: Mapping[str, NameRule]
    rules: tuple[Rule, ...]
    facilities: tuple[Facility, ...] = ()
    office_aliases: tuple[OfficeAlias, ...] = ()
    layout_fixes: tuple[LayoutFix, ...] = ()
    outside_regions: tuple[OutsideRegion, ...] = ()
    connectors: Mapping[str, Transport] = field(default_factory=dict)

    @cached_property
    def indicator(self) -> dict[str, Indicator]:
        return by_key(self.document.indicators, lambda each: each.id)

    @cached_property
    def subdimension(self) -> dict[str, Subdimension]:
        listed = [each for dimension in self.document.dimensions for each in dimension.subdimensions]
        return by_key(listed, lambda each: each.id)

    @cached_property
    def producer(self) -> dict[str, Producer]:
        return by_key(self.document.producers, lambda each: each.id)

    @cached_property
    def urusan(self) -> dict[str, Urusan]:
        return by_key(self.document.urusan, lambda each: each.id)

    @cached_property
    def office(self) -> dict[tuple[str, str], Office]:
        return by_key(self.document.offices, lambda each: (each.region, each.id))

    @cached_property
    def plan(self) -> dict[str, Plan]:
        return by_key(self.document.plans, lambda each: each.id)

    @cached_property
    def misi(self) -> dict[str, Misi]:
        return by_key(self.document.misi, lambda each: each.id)

    @cached_property
    def region(self) -> dict[str, Region]:
        return by_key(self.regions, lambda each: each.code)

    @cached_property
    def scheme(self) -> dict[str, Scheme]:
        return by_key(self.schemes, lambda each: each.id)

    @cached_property
    def publication(self) -> dict[str, Publication]:
        return by_key(self.publications, lambda each: each.id)

    def series_of(self, indicator: str) -> tuple[str, ...]:
        """Return the series that figures of an indicator may have."""
        return self.indicator[indicator].series_ids


def settled(entries: Iterable[T], key: Callable[[T], K]) -> Iterator[tuple[int, T, K]]:
    """Number the entries whose key can be determined."""
    for place, each in enumerate(entries):
        with suppress(UndeterminedError):
            found = key(each)
            hash(found)
            yield place, each, found


def by_key(entries: Iterable[T], key: Callable[[T], K]) -> dict[K, T]:
    """Look up by key; the first of two with one key is kept, the other is reported as duplicate."""
    found: dict[K, T] = {}
    for _, each, name in settled(entries, key):
        found.setdefault(name, each)
    return found


def duplicates(
    prefix: Path,
    entries: Iterable[T],
    key: Callable[[T], Hashable],
    field: str,
    once: str = "id yang belum dipakai",
) -> Iterator[Fault]:
    """Report every entry whose key an earlier one has; the error stands at `field`."""
    first: dict[Hashable, int] = {}
    for place, each, name in settled(entries, key):
        if name in first:
            found = str(getattr(each, field))
            yield Fault((*prefix, place, field), found, (once,), None, (*prefix, first[name], field))
        first.setdefault(name, place)


def refers(attribute: str, table: str) -> Check:
    """Build the check that an attribute, where it is set, is a key of a part."""

    def check(entry: Any, parts: Parts) -> Iterator[Fault]:
        word = getattr(entry, attribute)
        if word is not None and table == "region":
            yield from unknown_region((attribute,), word, parts)
        elif word is not None:
            yield from unknown((attribute,), word, tuple(getattr(parts, table)))

    return check


def unknown_region(path: Path, word: str, parts: Parts) -> Iterator[Fault]:
    """Report a code that is no region; a BPS code is told which Kemendagri code it is."""
    if word in parts.region:
        return
    meant = next((each.code for each in parts.regions if each.bps_code == word), None)
    if meant:
        yield Fault(path, word, (meant,), f"{word} adalah kode BPS; kode Kemendagri-nya {meant}.")
    else:
        yield from unknown(path, word, tuple(parts.region))


def unknown(path: Path, word: str, allowed: Sequence[str]) -> Iterator[Fault]:
    """Report a word that is not among the allowed ones."""
    if word not in set(allowed):
        yield Fault(path, word, tuple(allowed) or ("(belum ada yang dinyatakan)",))
