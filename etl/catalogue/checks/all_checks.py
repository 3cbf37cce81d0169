"""All checks of a catalogue, each run on its own, so that one fault hides no other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from etl.catalogue.checks.feed_checks import FEED_CHECKS
from etl.catalogue.checks.indicator_checks import INDICATOR_CHECKS
from etl.catalogue.checks.layout_fix_checks import layout_fixes_fit
from etl.catalogue.checks.parts import Check, Fault, Parts, duplicates, refers, settled, unknown
from etl.catalogue.checks.published_checks import NAME_CHECKS, RULE_CHECKS
from etl.catalogue.checks.reference_checks import (
    INSTRUMENT_CHECKS,
    aliased_office_known,
    aliases_are_unambiguous,
    bands_are_gapless,
    facilities_are_unambiguous,
    facility_in_a_district,
    offices_known,
)
from etl.catalogue.checks.target_checks import TARGET_CHECKS, Aimed, one_version_in_force, years_are_ordered
from etl.catalogue.reading.partial import guarded
from etl.catalogue.reading.source import Path

Entries = Callable[[Parts], Iterator[tuple[Path, Any]]]
IN_DOCUMENT = ("dimensions", "urusan", "producers", "plans", "misi", "indicators", "feeds")
IN_PARTS = ("schemes", "instruments", "publications", "rules")


def find_faults(parts: Parts) -> Iterator[Fault]:
    """Run every check on every entry; what holes leave undetermined is passed over."""
    for whole in WHOLE_CHECKS:
        yield from guarded(whole(parts))
    for entries, checks in ENTRY_CHECKS:
        for prefix, entry in guarded(entries(parts)):
            for check in checks:
                for fault in guarded(check(entry, parts)):
                    first = fault.first and (*prefix, *fault.first)
                    yield fault._replace(path=(*prefix, *fault.path), first=first)


def _listed(name: str) -> Entries:
    def entries(parts: Parts) -> Iterator[tuple[Path, Any]]:
        owner: Any = parts.document if name in (*IN_DOCUMENT, "offices") else parts
        for place, each in enumerate(getattr(owner, name)):
            yield (name, place), each

    return entries


def _names(parts: Parts) -> Iterator[tuple[Path, Any]]:
    for name, each in parts.names.items():
        yield ("names", name), each


def _targets(parts: Parts) -> Iterator[tuple[Path, Any]]:
    for place, indicator in enumerate(parts.document.indicators):
        for path, target in guarded(enumerate(indicator.targets)):
            yield ("indicators", place, "targets", path), Aimed(indicator, target)


def _ids_are_unique(parts: Parts) -> Iterator[Fault]:
    for name in IN_DOCUMENT:
        yield from guarded(duplicates((name,), getattr(parts.document, name), lambda each: each.id, "id"))
    for name in IN_PARTS:
        yield from guarded(duplicates((name,), getattr(parts, name), lambda each: each.id, "id"))
    offices = parts.document.offices
    yield from guarded(duplicates(("offices",), offices, lambda each: (each.region, each.id), "id"))


def _codes_are_unique(parts: Parts) -> Iterator[Fault]:
    yield from duplicates(("regions",), parts.regions, lambda each: each.code, "code", "kode yang belum dipakai")
    coded = [each.bps_code or f"tanpa kode {each.code}" for each in parts.regions]
    first = {code: place for place, code in reversed(list(enumerate(coded)))}
    for place, code in enumerate(coded):
        if first[code] != place:
            yield Fault(
                ("regions", place, "bps_code"), code, ("kode yang belum dipakai",), None, ("regions", first[code])
            )


def _parts_are_unique(parts: Parts) -> Iterator[Fault]:
    """Sub-dimensions have one id in all dimensions."""
    first: dict[str, Path] = {}
    for place, dimension in enumerate(parts.document.dimensions):
        for number, _, name in settled(dimension.subdimensions, lambda each: each.id):
            path: Path = ("dimensions", place, "subdimensions", number, "id")
            if name in first:
                yield Fault(path, name, ("id yang belum dipakai",), None, first[name])
            first.setdefault(name, path)


def _series_are_unique(indicator: Any, parts: Parts) -> Iterator[Fault]:
    yield from duplicates(("series",), indicator.series, lambda each: each.id, "id")


def _targets_are_unique(indicator: Any, parts: Parts) -> Iterator[Fault]:
    def key(each: Any) -> tuple[Any, ...]:
        return each.region, each.period, each.series or indicator.default_series, each.plan

    yield from duplicates(
        ("targets",), indicator.targets, key, "period", "satu target tiap wilayah, periode, seri dan dokumen"
    )


def _subdimensions_are_filled(parts: Parts) -> Iterator[Fault]:
    used = {each for _, _, each in settled(parts.document.indicators, lambda each: each.subdimension)}
    for place, dimension in enumerate(parts.document.dimensions):
        for number, each, name in settled(dimension.subdimensions, lambda each: each.id):
            if name not in used:
                remedy = "Setiap subdimensi memerlukan paling sedikit satu indikator, dengan atau tanpa angka."
                yield Fault(("dimensions", place, "subdimensions", number), each.id, ("berisi indikator",), remedy)


def _services_have_ids(parts: Parts) -> Iterator[Fault]:
    """Series are named by the ids of services; those recorded before had none, so the model cannot ask for them."""
    for place, each in enumerate(parts.services):
        if each.id is None:
            yield Fault(("services", place, "id"), None, (), "Tambahkan id: nama pendek dengan huruf kecil.")
    yield from duplicates(("services",), parts.services, lambda each: each.id, "id")


def _headlines_are_known(parts: Parts) -> Iterator[Fault]:
    for place, each in enumerate(parts.document.headlines):
        yield from unknown(("headlines", place), each, tuple(parts.indicator))


def _leads_are_known(parts: Parts) -> Iterator[Fault]:
    for number, dimension in enumerate(parts.document.dimensions):
        for place, each in enumerate(dimension.leads):
            yield from unknown(("dimensions", number, "leads", place), each, tuple(parts.indicator))


def _materiality_names_indicators(parts: Parts) -> Iterator[Fault]:
    for number, rule in enumerate(parts.materiality):
        for place, each in enumerate(rule.indicators):
            yield from unknown(("materiality", number, "indicators", place), each, tuple(parts.indicator))


def _wall_is_settled(parts: Parts) -> Iterator[Fault]:
    """A scene has one place, and light that is dimmed is bright again at another hour."""
    scenes, dim = parts.document.wall.scenes, parts.document.wall.dim
    if not scenes:
        yield Fault(("wall", "scenes"), "daftar kosong", ("paling sedikit satu tampilan",))
    first: dict[str, int] = {}
    for place, each, _ in settled(scenes, lambda each: each):
        if first.setdefault(each, place) < place:
            clash = ("wall", "scenes", first[each])
            yield Fault(("wall", "scenes", place), each, ("tampilan yang belum disebut",), None, clash)
    if dim and len(set(dim)) < len(dim):
        remedy = "Tanpa jam redup, hapus kunci dim."
        yield Fault(("wall", "dim"), " sampai ".join(map(str, dim)), ("dua jam yang berbeda",), remedy)


WHOLE_CHECKS: tuple[Callable[[Parts], Iterator[Fault]], ...] = (
    _ids_are_unique,
    _codes_are_unique,
    _parts_are_unique,
    _subdimensions_are_filled,
    _headlines_are_known,
    _leads_are_known,
    _materiality_names_indicators,
    _wall_is_settled,
    _services_have_ids,
    one_version_in_force,
    aliases_are_unambiguous,
    facilities_are_unambiguous,
    layout_fixes_fit,
)
ENTRY_CHECKS: tuple[tuple[Entries, tuple[Check, ...]], ...] = (
    (_listed("urusan"), (offices_known,)),
    (_listed("offices"), (refers("region", "region"),)),
    (_listed("plans"), (refers("region", "region"), years_are_ordered)),
    (_listed("misi"), (refers("region", "region"),)),
    (_listed("indicators"), (*INDICATOR_CHECKS, _series_are_unique, _targets_are_unique)),
    (_targets, TARGET_CHECKS),
    (_listed("feeds"), FEED_CHECKS),
    (_listed("regions"), (refers("parent", "region"),)),
    (_listed("aliases"), (refers("code", "region"),)),
    (_listed("facilities"), (refers("code", "region"), facility_in_a_district)),
    (_listed("office_aliases"), (refers("region", "region"), aliased_office_known)),
    (_listed("plausible"), (refers("indicator", "indicator"),)),
    (_listed("confirmed"), (refers("indicator", "indicator"), refers("region", "region"))),
    (_listed("schemes"), (bands_are_gapless,)),
    (_listed("instruments"), (refers("indicator", "indicator"), refers("scheme", "scheme"), *INSTRUMENT_CHECKS)),
    (_names, NAME_CHECKS),
    (_listed("rules"), RULE_CHECKS),
)
