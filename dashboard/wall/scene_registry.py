"""The scenes that are there: each module of dashboard/wall/scenes is one, found by walking the package."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import cast, get_args

from dashboard.wall import scenes
from dashboard.wall.view import StagedScene
from etl.catalogue.wall_defaults import WallScene


def _staged() -> dict[str, StagedScene]:
    """Import the scenes; return them by their word, in the order in which the catalogue names the words."""
    modules = [import_module(f"{scenes.__name__}.{each.name}") for each in pkgutil.iter_modules(scenes.__path__)]
    found = {scene.word: scene for scene in (cast(StagedScene, module.SCENE) for module in modules)}
    if strange := set(found) - set(get_args(WallScene)):
        raise LookupError(
            f"{', '.join(sorted(strange))}: not among the words of WallScene in etl/catalogue/wall_defaults.py"
        )
    return {word: found[word] for word in get_args(WallScene) if word in found}


SCENES = _staged()
