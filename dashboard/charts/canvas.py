"""The sheet a figure is drawn on. The browser decides how wide it is, so labels must hold over a span of widths."""

from __future__ import annotations

from dataclasses import dataclass

THIN = frozenset("iljtfrI.,:;|!'()[]- ")
BROAD = frozenset("mwMW%@")


@dataclass(frozen=True, slots=True)
class Canvas:
    """Widths it may be shown at, height and type size in pixels; `compact` ones carry shorter words."""

    widths: tuple[int, ...]
    height: int
    size: int
    years: int  # labelled on the axis at most
    compact: bool = False

    def measure(self, text: str, bold: bool = False) -> float:
        """Return how wide a text is at most, in pixels; generous, for Inter and for the fonts it falls back to."""
        ems = sum(
            0.38 if each in THIN else 0.93 if each in BROAD else 0.74 if each.isupper() else 0.64 for each in text
        )
        return ems * self.size * (1.06 if bold else 1.0)

    @property
    def line(self) -> float:
        """The height of a line of text."""
        return self.size * 1.4


WIDE = Canvas((600, 640, 715, 820, 970, 1130), 380, 13, 9)
PANEL = Canvas((560, 600, 640, 715, 820, 1130), 240, 13, 9)
NARROW = Canvas((254, 288, 326, 380, 480, 660), 320, 12, 5, compact=True)


@dataclass(frozen=True, slots=True)
class Plot:
    """The ranges of both axes and the margins around them, on a canvas."""

    canvas: Canvas
    first: float
    last: float
    low: float
    high: float
    left: float
    right: float
    top: float
    bottom: float

    def across(self, x: float, width: int) -> float:
        """Return the distance of a value from the left edge of the canvas, in pixels."""
        return self.left + (x - self.first) / (self.last - self.first) * (width - self.left - self.right)

    def down(self, y: float) -> float:
        """Return the distance of a value from the top edge of the canvas, in pixels."""
        return self.top + (self.high - y) / (self.high - self.low) * (self.floor - self.top)

    @property
    def floor(self) -> float:
        """The lower end of the plot; below it stand the words of the axis."""
        return self.canvas.height - self.bottom
