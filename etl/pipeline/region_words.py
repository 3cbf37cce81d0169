"""Sentences about codes of regions: each code with its system, Kemendagri's or BPS's, for one place has two."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.catalogue.feeds import RegionCodes
from etl.catalogue.models import Catalogue
from etl.catalogue.outside_regions import OutsideRegion
from etl.catalogue.reference import Region
from etl.measures.conflict import base_region
from etl.measures.region import from_bps, read_region

FACILITY_NAME = re.compile(r"(?:puskesmas|pkm|pustu|rsud|rumah sakit|posyandu|klinik|sd|smp|sma|smk)\b\.? ")
RANKS = {"country": 0, "province": 1, "regency": 2, "city": 2, "district": 3, "village": 4}
CODE = re.compile(r"\d[\d.]*")


def holds(region: str, code: str) -> bool:
    """Tell whether a region is another one, or holds it, by their codes; a province holds its own government."""
    return region in ("ID", code, base_region(code)) or code.startswith(f"{region}.")


def are_apart(one: str, other: str) -> bool:
    """Tell whether neither of two regions is the other or holds it."""
    return not (holds(one, other) or holds(other, one))


def contradiction(text: str, code: str, where: str, others: Sequence[str], catalogue: Catalogue) -> str:
    """Say that a row's region and a name beside it are two places; `others` are the codes of the latter.

    They may be of regions outside the product.
    """
    said = f"“{text}” adalah {_bearing(text, code, catalogue)}"
    named = " atau ".join(f"{_place(each, catalogue).name} ({codes_of(each, catalogue)})" for each in others)
    return f"{said}, sedangkan {where} menyebut {named}. Betulkan kode atau namanya."


def _bearing(text: str, code: str, catalogue: Catalogue) -> str:
    name = catalogue.region[code].name
    if not CODE.fullmatch(text):
        return f"{name} ({codes_of(code, catalogue)})"
    return f"kode {'Kemendagri' if text == code or from_bps(text, catalogue) != code else 'BPS'} {name}"


def _place(code: str, catalogue: Catalogue) -> Region | OutsideRegion:
    return catalogue.region.get(code) or catalogue.outside[code]


def codes_of(code: str, catalogue: Catalogue) -> str:
    """Write a region's code in both systems."""
    bps = _place(code, catalogue).bps_code
    return f"kode Kemendagri {code}" + (f", kode BPS {bps}" if bps else "")


def code_unread(text: str, codes: RegionCodes | None, catalogue: Catalogue) -> str | None:
    """Say what a code that a feed cannot read is in each of the two systems; None where it is none in either."""
    if not CODE.fullmatch(text):
        return None
    readings = {"Kemendagri": read_region(text, catalogue, "kemendagri"), "BPS": from_bps(text, catalogue)}
    known = {system: code for system, code in readings.items() if code}
    if not known:
        return None
    named = " dan ".join(f"kode {system} {catalogue.region[code].name}" for system, code in known.items())
    if codes is not None:
        used = {"bps": "BPS", "kemendagri": "Kemendagri"}[codes]
        return (
            f"“{text}” adalah {named}, sedangkan kiriman ini memakai kode {used}. Samakan, atau tulis nama wilayahnya."
        )
    return (
        f"“{text}” tanpa titik dapat berarti {named}. Tulis kode Kemendagri bertitik "
        f"({' atau '.join(dict.fromkeys(known.values()))}), atau nama wilayahnya."
    )
