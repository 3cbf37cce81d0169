"""Which marks of a figure readers are told: none that says nothing about what the figure measures."""

from __future__ import annotations

from etl.catalogue.models import Catalogue
from etl.catalogue.reference import Mark
from etl.measures.observation import Observation

GOVERNMENT = "smart-governance"
ASSESSED_IN = ("kategori", "poin", "indeks", "tingkat", "peringkat", "skor")


def told_marks(catalogue: Catalogue, figure: Observation) -> frozenset[Mark]:
    """Return a figure's marks, without "IKN not stated" where it is an assessment of a government.

    Who is assessed is the government of the regency, wherever the new capital lies.
    """
    own = {sub.id for each in catalogue.dimensions if each.id == GOVERNMENT for sub in each.subdimensions}
    indicator = catalogue.indicator[figure.indicator]
    assessed = indicator.subdimension in own and indicator.unit in ASSESSED_IN
    return figure.marks - {"ikn_unknown"} if assessed else figure.marks
