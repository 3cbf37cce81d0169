"""Official outlines: read, checked, fitted into the box; what is not whole is refused and told."""

from __future__ import annotations

import json
import math
import os
import re
from pathlib import Path
from typing import Any

import pytest

from dashboard.wall.boundaries import outlines

CODES = ("64.01.01", "64.01.02")
Ring = list[list[float]]


def square(at: int, size: float = 0.1) -> Ring:
    """A square beside the one before it, anticlockwise, closed."""
    west, south = 116 + at * size, -2.0
    east, north = west + size, south + size
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def collection(folder: Path, rings: dict[str, Ring], **changes: Any) -> Path:
    features = [
        {"type": "Feature", "properties": {"kode": code}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
        for code, ring in rings.items()
    ]
    path = folder / "64.01.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features} | changes), encoding="utf-8")
    return path


def corners(path: str) -> list[tuple[int, int]]:
    """Follow the steps of one ring."""
    x, y = map(int, re.findall(r"M(-?\d+) (-?\d+)", path)[0])
    found = [(x, y)]
    for dx, dy in re.findall(r"l(-?\d+) (-?\d+)", path):
        x, y = x + int(dx), y + int(dy)
        found.append((x, y))
    return found


def refused(folder: Path, caplog: pytest.LogCaptureFixture) -> str:
    assert outlines(folder, "64.01", CODES) == {}
    [record] = caplog.records
    return record.getMessage()


def test_squares_come_back_as_squares_in_one_box(tmp_path: Path) -> None:
    collection(tmp_path, {"64.01.01": square(0), "640102": square(1)})
    found = outlines(tmp_path, "64.01", CODES)
    assert list(found) == list(CODES)
    first, second = (corners(found[code]) for code in CODES)
    every = [*first, *second]
    assert (min(x for x, _ in every), max(x for x, _ in every)) == (0, 1000)
    wide = max(x for x, _ in first) - min(x for x, _ in first)
    high = max(y for _, y in first) - min(y for _, y in first)
    assert wide == 500
    assert high == round(500 / math.cos(math.radians(1.95)))
    assert set(first) & set(second) == {(500, y) for y in {y for _, y in first}}  # neighbours touch


def test_far_from_the_equator_a_degree_east_is_shorter(tmp_path: Path) -> None:
    north = {code: [[x, y + 62] for x, y in square(at, size=1.0)] for at, code in enumerate(CODES)}  # 60 to 61 degrees
    collection(tmp_path, north)
    first = corners(outlines(tmp_path, "64.01", CODES)["64.01.01"])
    assert (max(x for x, _ in first) - min(x for x, _ in first)) / (
        max(y for _, y in first) - min(y for _, y in first)
    ) == pytest.approx(math.cos(math.radians(60.5)), abs=0.002)


def test_north_is_up(tmp_path: Path) -> None:
    below = [[x, y - 0.1] for x, y in square(0)]
    collection(tmp_path, {"64.01.01": square(0), "64.01.02": below})
    first, second = (corners(outlines(tmp_path, "64.01", CODES)[code]) for code in CODES)
    assert max(y for _, y in first) == min(y for _, y in second)


def test_holes_and_islands_are_kept_and_needless_points_are_not(tmp_path: Path) -> None:
    island = square(3)
    along = [[116 + step / 1000, -2.0] for step in range(100)] + square(0)[1:]
    path = collection(tmp_path, {"64.01.01": along, "64.01.02": square(1)})
    content = json.loads(path.read_text(encoding="utf-8"))
    content["features"][1]["geometry"] = {"type": "MultiPolygon", "coordinates": [[square(1)], [island]]}
    path.write_text(json.dumps(content), encoding="utf-8")
    found = outlines(tmp_path, "64.01", CODES)
    assert found["64.01.02"].count("M") == found["64.01.02"].count("z") == 2
    assert len(corners(found["64.01.01"])) == 4


def test_without_a_file_nothing_is_said(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert outlines(tmp_path, "64.01", CODES) == {}
    assert caplog.records == []


@pytest.mark.parametrize(
    ("rings", "told"),
    [
        ({"64.01.01": square(0)}, "tidak ada batas kecamatan 64.01.02"),
        ({"64.01.01": square(0), "640101": square(1), "64.01.02": square(2)}, "64.01.01 ada dua kali"),
        ({"64.01.01": square(0), "64.01.02": square(1), "64.09.01": square(2)}, "'64.09.01' bukan kecamatan"),
        ({"64.01.01": square(0), "64.01.02": [[400_000.0, 9_800_000.0]] * 4}, "bukan derajat bujur dan lintang"),
        ({"64.01.01": square(0), "64.01.02": [[116.0, -2.0]] * 4}, "64.01.02 tidak berluas"),
    ],
)
def test_what_is_not_whole_is_refused(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, rings: dict[str, Ring], told: str
) -> None:
    collection(tmp_path, rings)
    assert told in refused(tmp_path, caplog)


@pytest.mark.parametrize(
    "geometry", [None, {"type": "Point", "coordinates": [116, -2]}, {"type": "Polygon", "coordinates": [[["a", 1]]]},
                 {"type": "Polygon", "coordinates": [[[float("nan"), 1.0]]]}, {"type": "Polygon"}],
)  # fmt: skip
def test_other_geometries_are_refused(tmp_path: Path, caplog: pytest.LogCaptureFixture, geometry: Any) -> None:
    path = collection(tmp_path, {"64.01.01": square(0), "64.01.02": square(1)})
    content = json.loads(path.read_text(encoding="utf-8"))
    content["features"][1]["geometry"] = geometry
    path.write_text(json.dumps(content), encoding="utf-8")
    assert "64.01.geojson tidak dipakai, peta kecamatan tetap skematis:" in refused(tmp_path, caplog)


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"features": [1]}', b"\xff\xfe"])
def test_a_file_that_is_no_collection_is_refused(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, content: bytes
) -> None:
    (tmp_path / "64.01.geojson").write_bytes(content)
    assert "tidak dipakai" in refused(tmp_path, caplog)


def test_a_refusal_is_told_once_and_a_mended_file_is_read_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = collection(tmp_path, {"64.01.01": square(0)})
    refused(tmp_path, caplog)
    assert refused(tmp_path, caplog)
    collection(tmp_path, {"64.01.01": square(0), "64.01.02": square(1)})
    os.utime(path, ns=(1, 1))
    assert list(outlines(tmp_path, "64.01", CODES)) == list(CODES)
