"""The scene "regencies"."""

from __future__ import annotations

from dashboard.wall.content import WallScene
from dashboard.wall.view import View


def build(view: View) -> WallScene | None:
    """Return the scene; None where it has nothing to say."""
    raise NotImplementedError
