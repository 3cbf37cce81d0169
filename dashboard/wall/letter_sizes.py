"""How large the letters of a wall are, for the page that sets it up; assets/wall/screen.js reckons the same and draws.

Capitals take at least so many arc-minutes for the reader, but no letters are smaller than the design's, and none larger
than the screen has room for.
"""

from __future__ import annotations

import math

CAP = 0.727  # height of Inter's capitals in its font size
MINUTES = {"hero": 40, "body": 16, "foot": 10}  # arc-minutes of capitals
DESIGN = {"hero": 126.0, "body": 50.5, "foot": 32.0}  # pixels on a screen 1920 pixels wide
MOST = 1.55  # of the design's sizes
WIDTH = 1920
DIAGONAL = math.hypot(16, 9)
INCH = 0.0254


def letters(inches: int, metres: int) -> dict[str, int]:
    """Return the font sizes by kind, in pixels of a 16:9 screen that is 1920 pixels wide."""
    return {kind: round(max(DESIGN[kind], min(size, DESIGN[kind] * MOST))) for kind, size in _needed(inches, metres)}


def legible(inches: int, metres: int) -> bool:
    """Tell whether the letters that the distance asks for find room on the screen."""
    return all(size <= DESIGN[kind] * MOST for kind, size in _needed(inches, metres))


def _needed(inches: int, metres: int) -> list[tuple[str, float]]:
    pixel = inches * INCH * 16 / DIAGONAL / WIDTH
    minute = metres * math.tan(math.radians(1 / 60)) / pixel
    return [(kind, minutes * minute / CAP) for kind, minutes in MINUTES.items()]
