"""Official outlines of kecamatan: a GeoJSON file for each regency, as paths of a drawing. See its folder's README."""

from __future__ import annotations

import json
import logging
import math
from collections.abc import Mapping
from functools import lru_cache
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

LOG = logging.getLogger(__name__)
BOX = 1000
CODE = "kode"
Ring = list[tuple[float, float]]  # degrees east, degrees north
Whole = list[tuple[int, int]]  # units from the west, from the north


class OutlineError(ValueError):
    """A file of outlines that cannot be used, in one sentence."""


def outlines(folder: Path, region: str, codes: tuple[str, ...]) -> Mapping[str, str]:
    """Return the path of each kecamatan in a box of 1000 units; empty where no usable file lies there.

    The file <region>.geojson is read again when it changes. One that is refused is told in the log, once.
    """
    path = folder / f"{region}.geojson"
    try:
        changed = path.stat().st_mtime_ns
    except OSError:
        return {}
    return _read(path, changed, codes)


@lru_cache(maxsize=8)
def _read(path: Path, _changed: int, codes: tuple[str, ...]) -> Mapping[str, str]:
    try:
        return draw(_features(_content(path), codes))
    except OutlineError as error:
        LOG.warning("%s tidak dipakai, peta kecamatan tetap skematis: %s", path.name, error)
        return {}


def _content(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:  # also what is no UTF-8
        raise OutlineError("isinya tidak terbaca sebagai JSON.") from error


def _features(content: Any, codes: tuple[str, ...]) -> dict[str, list[Ring]]:
    """Return the rings of each kecamatan.

    Raises OutlineError unless every kecamatan is there exactly once, and nothing else.
    """
    listed = content.get("features") if isinstance(content, dict) else None
    if not isinstance(listed, list):
        raise OutlineError("ditemukan bukan FeatureCollection, seharusnya satu fitur untuk setiap kecamatan.")
    undotted = {code.replace(".", ""): code for code in codes}
    found: dict[str, list[Ring]] = {}
    for feature in listed:
        properties = feature.get("properties") if isinstance(feature, dict) else None
        written = str(properties.get(CODE, "")).strip() if isinstance(properties, dict) else ""
        code = undotted.get(written.replace(".", ""))
        if code is None:
            raise OutlineError(f"{CODE} {written!r} bukan kecamatan wilayah ini.")
        if code in found:
            raise OutlineError(f"kecamatan {code} ada dua kali.")
        found[code] = _rings(feature.get("geometry"), code)
    missing = [code for code in codes if code not in found]
    if missing:
        raise OutlineError(f"tidak ada batas kecamatan {', '.join(missing)}.")
    return found


def _rings(geometry: Any, code: str) -> list[Ring]:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise OutlineError(f"batas kecamatan {code} bukan Polygon atau MultiPolygon.")
    try:
        parts = [geometry["coordinates"]] if kind == "Polygon" else geometry["coordinates"]
        rings = [[(float(each[0]), float(each[1])) for each in ring] for ring in chain.from_iterable(parts)]
    except (KeyError, TypeError, IndexError, ValueError) as error:
        raise OutlineError(f"koordinat kecamatan {code} tidak terbaca.") from error
    strange = next((each for ring in rings for each in ring if not (abs(each[0]) <= 180 and abs(each[1]) <= 90)), None)
    if strange is not None:  # metres, or not a number
        raise OutlineError(f"koordinat {strange[0]}, {strange[1]} bukan derajat bujur dan lintang.")
    return rings


def draw(features: Mapping[str, list[Ring]]) -> dict[str, str]:
    """Fit outlines into the box with one scale for both ways, whole units only.

    Neighbours share their rounded corners, so no gap opens between them. Raises OutlineError where one vanishes.
    """
    points = [point for rings in features.values() for ring in rings for point in ring]
    if not points:
        raise OutlineError("tidak ada satu pun titik batas.")
    west, north = min(point[0] for point in points), max(point[1] for point in points)
    south, east = min(point[1] for point in points), max(point[0] for point in points)
    narrow = math.cos(math.radians((north + south) / 2))
    scale = BOX / (max((east - west) * narrow, north - south) or 1)
    left = (BOX - (east - west) * narrow * scale) / 2
    top = (BOX - (north - south) * scale) / 2

    def place(point: tuple[float, float]) -> tuple[int, int]:
        return round(left + (point[0] - west) * narrow * scale), round(top + (north - point[1]) * scale)

    paths = {
        code: "".join(_path(_thin([place(point) for point in ring])) for ring in rings)
        for code, rings in features.items()
    }
    vanished = [code for code, path in paths.items() if not path]
    if vanished:
        raise OutlineError(f"batas kecamatan {', '.join(vanished)} tidak berluas.")
    return paths


def _thin(ring: Whole) -> Whole:
    """Drop repeated points and those on a straight line between their neighbours."""
    kept: Whole = []
    for point in ring:
        if kept and kept[-1] == point:
            continue
        if len(kept) > 1 and _straight(kept[-2], kept[-1], point):
            kept.pop()
        kept.append(point)
    if kept and kept[0] == kept[-1]:
        kept.pop()
    return kept


def _straight(first: tuple[int, int], middle: tuple[int, int], last: tuple[int, int]) -> bool:
    return (middle[0] - first[0]) * (last[1] - first[1]) == (middle[1] - first[1]) * (last[0] - first[0])


def _path(ring: Whole) -> str:
    """Write a closed ring by its steps; nothing where it has shrunk to a line."""
    if len(ring) < 3:
        return ""
    steps = "".join(f"l{x2 - x1} {y2 - y1}" for (x1, y1), (x2, y2) in pairwise(ring))
    return f"M{ring[0][0]} {ring[0][1]}{steps}z"
