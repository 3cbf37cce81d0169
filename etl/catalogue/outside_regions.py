"""Regions that the product holds nothing of: the other provinces and regencies of the country."""

from __future__ import annotations

from collections.abc import Iterable

from etl.catalogue.names import outside_name
from etl.catalogue.reference import Level, Model


class OutsideRegion(Model):
    """A province or regency of which nothing is held: known, so that a row of it is told from a misspelt one.

    `former_codes` and `other_names` are lists parted by "; ": codes until 2022, former names and usual spellings.
    """

    code: str
    level: Level
    name: str
    bps_code: str | None = None
    former_codes: str | None = None
    other_names: str | None = None


def by_every_key(regions: Iterable[OutsideRegion]) -> dict[str, OutsideRegion]:
    """Map both codes, former codes and all names of regions, normalised, to them."""
    found: dict[str, OutsideRegion] = {}
    for each in regions:
        also = [part for text in (each.former_codes, each.other_names) if text for part in text.split("; ")]
        for key in (each.code, each.bps_code, each.name, *also):
            if key:
                found.setdefault(outside_name(key), each)
    return found
