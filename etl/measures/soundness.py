"""What makes a figure weak, and two figures unsure to be of one ground: nothing rests on it, no change is told."""

from __future__ import annotations

from etl.measures.denominator import UNSTEADY
from etl.measures.observation import Observation

IKN = frozenset({"ikn_included", "ikn_excluded", "ikn_unknown"})  # another Penajam Paser Utara with the new capital
WEAK = ("doubtful", "claim", UNSTEADY)  # the gravest first


def weakness(figure: Observation) -> str:
    """Return the gravest of what makes a figure weak; empty for a sound one."""
    marks = [each for each in WEAK if each in figure.marks]
    return marks[0] if marks else "progress" if figure.status == "progress" else ""


def is_unsure(later: Observation, earlier: Observation) -> bool:
    """Tell whether two figures may not be of the years and the ground that they are told for, so that neither moved."""
    inferred = "year_inferred" in later.marks | earlier.marks
    progress = (later.status == "progress") != (earlier.status == "progress")
    weak = not later.marks.isdisjoint(WEAK)
    return inferred or progress or weak or IKN & later.marks != IKN & earlier.marks
