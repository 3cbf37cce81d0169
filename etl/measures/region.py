"""Regions: codes as Kemendagri writes them, names matched exactly, never guessed."""

from __future__ import annotations

import re

from etl.catalogue.feeds import RegionCodes, RegionLevel
from etl.catalogue.models import Catalogue
from etl.catalogue.names import fold_name, normalise_name

WHOLE_CODE = re.compile(r"([0-9]{2}|[0-9]{4}|[0-9]{6,7}|[0-9]{10})[.,]0")  # a code that became a number: 6401.0


def resolve_region(text: str, catalogue: Catalogue, parent: str | None = None) -> str | None:
    """Return the code that `text` stands for: a Kemendagri code as it is, a name, or an alias of the catalogue.

    `parent` (a code) looks only among its direct children: kecamatan of a regency, desa of a kecamatan. A name that
    several regions bear, and one that none bears, give None. BPS codes are never read here: see `from_bps`.
    """
    written = text.strip()
    name = normalise_name(written)
    found = (written,) if written in catalogue.region else catalogue.named.get(name, ())
    if name != fold_name(written):  # "Kab. Bontang" is not Kota Bontang
        found = tuple(code for code in found if catalogue.region[code].level == "regency")
    if parent is not None:
        found = tuple(code for code in found if catalogue.region[code].parent == parent)
    return found[0] if len(found) == 1 else None


def resolve_part(text: str, catalogue: Catalogue, level: RegionLevel, within: str | None) -> str | None:
    """Return the only region of a level that bears a name, in a regency where one is given: a kecamatan may share its
    name with a desa, and a feed by kecamatan means the former."""
    found = catalogue.named.get(normalise_name(text.strip()), ())
    inside = f"{within}." if within else ""
    found = tuple(code for code in found if catalogue.region[code].level == level and code.startswith(inside))
    return found[0] if len(found) == 1 else None


def from_bps(code: str, catalogue: Catalogue) -> str | None:
    """Return the Kemendagri code of a BPS code ("6404" is 64.08), None where the crosswalk has none.

    BPS writes one place in three lengths: province 64, 6400 and 6400000, regency 6404 and 6404000.
    """
    written = code.strip()
    if match := re.fullmatch(r"([0-9]{2})([0-9]{2})(?:000)?", written):
        written = match[1] if match[2] == "00" else match[1] + match[2]
    return catalogue.bps.get(written)


def read_region(text: str, catalogue: Catalogue, codes: RegionCodes | None) -> str | None:
    """Return the region that a feed's word stands for, its codes read by the system that the feed declares.

    Undeclared, a code without dots is nobody's: 6403 is Kutai Kartanegara to BPS, and Berau to Kemendagri once its
    dot is lost. Under `bps` a dotted code is none; under `kemendagri` the dots may be missing.
    A declared code may have become a number on its way (6401.0).
    """
    written = text.strip()
    if codes and (whole := WHOLE_CODE.fullmatch(written)):
        written = whole[1]
    if codes is None or not re.fullmatch(r"[0-9][0-9.]*", written):
        return resolve_region(written, catalogue)
    if codes == "bps":
        return from_bps(written, catalogue)
    return resolve_region(_dotted(written), catalogue)


def _dotted(code: str) -> str:
    """Write a Kemendagri code of 2, 4, 6 or 10 digits with its dots; anything else stays."""
    parts = re.fullmatch(r"([0-9]{2})([0-9]{2})?([0-9]{2})?([0-9]{4})?", code)
    return ".".join(filter(None, parts.groups())) if parts else code
