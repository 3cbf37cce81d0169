"""Checks of the reference data: regions and their names, offices, bands without gaps, weights that add up."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from etl.catalogue.checks.parts import Check, Fault, Parts, duplicates, settled, unknown, unknown_region
from etl.catalogue.models import Urusan
from etl.catalogue.names import normalise_name
from etl.catalogue.reference import Facility, Instrument, OfficeAlias, Scheme


def offices_known(urusan: Urusan, parts: Parts) -> Iterator[Fault]:
    """An urusan names regions, and offices of those regions."""
    for region, office in urusan.offices.items():
        if region not in parts.region:
            yield from unknown_region(("offices", region), region, parts)
        else:
            there = tuple(name for code, name in parts.office if code == region)
            yield from unknown(("offices", region), office, there)


def aliases_are_unambiguous(parts: Parts) -> Iterator[Fault]:
    """One alias means one region, and is not the name of another of its rank."""
    ranked = {code: each for code, each in parts.region.items() if each.level not in ("district", "village")}
    names = {normalise_name(str(each.name)): code for code, each in ranked.items()}
    first: dict[str, tuple[int, str]] = {}
    for place, row, (name, code) in settled(parts.aliases, lambda each: (normalise_name(str(each.alias)), each.code)):
        before = first.setdefault(name, (place, code))
        if before[1] != code:
            found = f"{row.alias} = {code} dan {before[1]}"
            allowed: tuple[str, ...] = ("satu alias untuk satu wilayah",)
            yield Fault(("aliases", place, "alias"), found, allowed, None, ("aliases", before[0]))
        if code in ranked and names.get(name, code) != code:
            allowed = (f"nama itu milik {names[name]}",)
            yield Fault(("aliases", place, "alias"), f"{row.alias} = {code}", allowed, "Hapus alias ini.")


def facilities_are_unambiguous(parts: Parts) -> Iterator[Fault]:
    """One facility lies in one kecamatan, and bears no region's name or alias."""
    regions = {normalise_name(str(each.name)) for each in parts.regions}
    taken = regions | {name for _, _, name in settled(parts.aliases, lambda each: normalise_name(str(each.alias)))}
    first: dict[str, int] = {}
    for place, row, name in settled(parts.facilities, lambda each: normalise_name(each.facility)):
        if name in first:
            allowed: tuple[str, ...] = ("satu baris untuk satu fasilitas",)
            yield Fault(("facilities", place, "facility"), row.facility, allowed, None, ("facilities", first[name]))
        elif name in taken:
            allowed = ("nama lengkap fasilitas, misalnya Puskesmas Kuaro",)
            yield Fault(("facilities", place, "facility"), row.facility, allowed, "Nama itu nama wilayah.")
        first.setdefault(name, place)


def facility_in_a_district(facility: Facility, parts: Parts) -> Iterator[Fault]:
    """A facility is placed in a kecamatan, not in a regency or a desa."""
    region = parts.region.get(facility.code)
    if region is not None and region.level != "district":
        yield Fault(("code",), facility.code, ("kode kecamatan, misalnya 64.01.04",))


def aliased_office_known(alias: OfficeAlias, parts: Parts) -> Iterator[Fault]:
    """An office's other name belongs to an office of that region."""
    there = tuple(name for region, name in parts.office if region == alias.region)
    yield from unknown(("office",), alias.office, there)


def bands_are_gapless(scheme: Scheme, parts: Parts) -> Iterator[Fault]:
    """Bands rise, and each begins where the one before ends; only the outer ends may be open."""
    if not scheme.bands:
        yield Fault(("bands",), None, (), "Tambahkan paling sedikit satu pita.")
    for place, each in enumerate(scheme.bands):
        if each.low is not None and each.high is not None and each.low >= each.high:
            yield Fault(("bands", place), f"low {each.low}, high {each.high}", ("low lebih kecil dari high",))
    for place, (below, above) in enumerate(pairwise(scheme.bands), 1):
        end, start = below.high, above.low
        if end is None or start is None or end != start:
            fault = "celah" if end is not None and start is not None and end < start else "tumpang tindih"
            found = f"{fault}: high {_open(end)}, lalu low {_open(start)}"
            yield Fault(("bands", place, "low"), found, ("low sama dengan high pita sebelumnya",))


def _open(edge: Decimal | None) -> str:
    return "null" if edge is None else str(edge)


def weights_add_up(instrument: Instrument, parts: Parts) -> Iterator[Fault]:
    """Weights of the indicators make 100, and those of each aspect and domain."""
    total = sum(each.weight for each in instrument.indicators)
    if total != 100:
        yield Fault(("indicators",), f"jumlah bobot {total}", ("jumlah bobot 100",))
    for place, aspect in enumerate(instrument.aspects):
        inside = sum(each.weight for each in instrument.indicators if each.aspect == aspect.no)
        if inside != aspect.weight:
            yield _weight_fault(("aspects", place, "weight"), aspect.weight, inside)
    for place, domain in enumerate(instrument.domains):
        inside = sum(each.weight for each in instrument.aspects if each.domain == domain.no)
        if inside != domain.weight:
            yield _weight_fault(("domains", place, "weight"), domain.weight, inside)


def _weight_fault(path: tuple[str | int, ...], weight: Decimal, inside: Decimal | int) -> Fault:
    return Fault(path, str(weight), (f"{inside}, jumlah bobot di dalamnya",))


def aspects_known(instrument: Instrument, parts: Parts) -> Iterator[Fault]:
    """Indicators name aspects, aspects name domains, numbers occur once."""
    for name in ("indicators", "aspects", "domains"):
        yield from duplicates(
            (name,), getattr(instrument, name), lambda each: each.no, "no", "nomor yang belum dipakai"
        )
    aspects = [str(each.no) for each in instrument.aspects]
    for place, indicator in enumerate(instrument.indicators):
        yield from unknown(("indicators", place, "aspect"), str(indicator.aspect), aspects)
    domains = [str(each.no) for each in instrument.domains]
    for place, aspect in enumerate(instrument.aspects):
        if domains or aspect.domain is not None:
            yield from unknown(("aspects", place, "domain"), str(aspect.domain), domains)


def instrument_years_ordered(instrument: Instrument, parts: Parts) -> Iterator[Fault]:
    """An instrument ends after it begins."""
    if instrument.last_year is not None and instrument.first_year > instrument.last_year:
        found = f"{instrument.first_year} sampai {instrument.last_year}"
        yield Fault(("last_year",), found, ("first_year tidak sesudah last_year",))


INSTRUMENT_CHECKS: tuple[Check, ...] = (weights_add_up, aspects_known, instrument_years_ordered)
