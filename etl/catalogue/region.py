"""Regions: codes as Kemendagri writes them, names matched exactly, never guessed."""

from __future__ import annotations

from etl.catalogue.models import Catalogue
from etl.catalogue.names import fold_name, normalise_name


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


def from_bps(code: str, catalogue: Catalogue) -> str | None:
    """Return the Kemendagri code of a BPS code ("6404" is 64.08), None where the crosswalk has none."""
    return catalogue.bps.get(code.strip())
