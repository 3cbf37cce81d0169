"""Regions that the product holds nothing of: the other provinces and regencies of the country."""

from __future__ import annotations

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
