"""A schematic map: places as tiles of a grid that keeps who lies north and who lies east of whom. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Place = tuple[float, float]  # degrees east, degrees north
WIDE, HIGH = 4, 3  # the box that the grid is to fill


@dataclass(frozen=True, slots=True)
class Grid:
    """Column from the west and row from the north of each place, and how many there are of both."""

    cells: Mapping[str, tuple[int, int]]
    columns: int
    rows: int


def grid_of(places: Mapping[str, Place]) -> Grid:
    """Return the grid whose tiles are largest in a box of 4:3; no cell holds two, none leaves its side of another."""
    if not places:
        return Grid({}, 0, 0)
    grids = [_with_rows(places, rows) for rows in range(1, len(places) + 1)]
    return max(grids, key=lambda grid: (min(WIDE / grid.columns, HIGH / grid.rows), -grid.columns * grid.rows))


def _with_rows(places: Mapping[str, Place], rows: int) -> Grid:
    """Share the places out over rows from the north; from the west, begin a column where a row is taken already."""
    southward = sorted(places, key=lambda code: (-places[code][1], places[code][0], code))
    row = {code: at * rows // len(southward) for at, code in enumerate(southward)}
    cells: dict[str, tuple[int, int]] = {}
    column, taken = 0, set[int]()
    for code in sorted(places, key=lambda code: (*places[code], code)):
        if row[code] in taken:
            column, taken = column + 1, set()
        taken.add(row[code])
        cells[code] = (column, row[code])
    return Grid(cells, column + 1, rows)


def shares_of(places: Mapping[str, Place]) -> dict[str, Place]:
    """Return where each place lies in the box around all: shares from the west and from the north."""
    east = [place[0] for place in places.values()]
    north = [place[1] for place in places.values()]
    return {
        code: (_share(x, min(east), max(east)), _share(-y, -max(north), -min(north))) for code, (x, y) in places.items()
    }


def _share(value: float, low: float, high: float) -> float:
    return round((value - low) / (high - low), 3) if high > low else 0.5
