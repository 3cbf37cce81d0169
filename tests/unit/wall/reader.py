"""A reader that answers from memory all that the scenes of lists and kecamatan ask, and the view over it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import cast

from dashboard.data import Reader, Scene
from dashboard.urls import Lang, State
from dashboard.wall.view import View
from etl.catalogue.record_kinds import Record
from etl.measures.observation import Observation
from tests.unit.api.samples import MOMENT, VINTAGE, FakeReader

Pair = tuple[Observation, Observation]


@dataclass
class WallReader(FakeReader):
    """Answers also what was corrected and what offices do about it."""

    corrected: list[Pair] = field(default_factory=list)
    recorded: list[Record] = field(default_factory=list)

    def changes(self, vintage: object, region: str, limit: int = 8) -> list[Pair]:
        return [each for each in self.corrected if each[0].region == region][:limit]

    def actions(self, vintage: object, region: str) -> list[Record]:
        return self.recorded

    def series(
        self, vintage: object, indicator: str, regions: object, kinds: tuple[str, ...] = ("realisation",)
    ) -> list[Observation]:
        found = super().series(VINTAGE, indicator, cast(list[str], regions))
        return [each for each in found if each.kind in kinds]


def view(reader: WallReader, lang: Lang = "id", guest: bool = False, now: dt.datetime = MOMENT) -> View:
    page = Scene(cast(Reader, reader), State(lang=lang), VINTAGE, reader.known, reader.known.region["64.01"])
    return View(page, now, guest)
