"""What the scenes of a wall are drawn from: one region at one vintage, read once for all scenes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from dashboard import page_queries
from dashboard.data import Scene, Situation
from dashboard.indicator_story import Story
from dashboard.urls import Lang
from dashboard.wall.content import WallScene
from etl.catalogue.models import Catalogue, Indicator
from etl.catalogue.record_kinds import Record
from etl.catalogue.wita import WITA
from etl.measures.observation import Change, Contest, DimensionScore


@dataclass(frozen=True)
class View:
    """One region's state. `now` judges lateness and what is new; `guest` leaves out offices and disputed figures."""

    page: Scene
    now: dt.datetime
    guest: bool = False

    @property
    def lang(self) -> Lang:
        return self.page.lang

    @property
    def catalogue(self) -> Catalogue:
        return self.page.catalogue

    @property
    def region(self) -> str:
        return self.page.region.code

    @property
    def today(self) -> dt.date:
        return self.now.astimezone(WITA).date()

    @cached_property
    def period(self) -> str | None:
        """The period of the scores shown; None without scores."""
        return page_queries.period_of(self.page)

    @cached_property
    def scores(self) -> dict[str, DimensionScore]:
        return page_queries.scores_of(self.page, self.period)

    @cached_property
    def changes(self) -> dict[str, Change]:
        return page_queries.changes_of(self.page, self.scores, self.period)

    @cached_property
    def headlines(self) -> tuple[Story, ...]:
        """The stories of the development indicators that have a figure, in the catalogue's order."""
        known = (self.page.public[code] for code in self.catalogue.headlines if code in self.page.public)
        return tuple(story for story in map(self.story, known) if story.latest is not None)

    @cached_property
    def conflicts(self) -> tuple[Contest, ...]:
        """The unsettled contradictions (beda data) of the region, public indicators only."""
        found = self.page.reader.contested(self.page.vintage, self.region)
        return tuple(
            each
            for each in found
            if each.reason == "conflict" and each.region == self.region and each.indicator in self.page.public
        )

    @cached_property
    def situation(self) -> Situation:
        """How deliveries stand now, for this region as home."""
        return self.page.reader.situation(self.catalogue, self.region, self.now, self.page.vintage)

    @cached_property
    def actions(self) -> tuple[Record, ...]:
        """What offices have recorded to do, by deadline."""
        return tuple(self.page.reader.actions(self.page.vintage, self.region))

    def story(self, indicator: Indicator) -> Story:
        """Tell the story of an indicator in the region."""
        return page_queries.story_of(self.page, indicator)


@dataclass(frozen=True, slots=True)
class StagedScene:
    """A scene as it registers itself, in a module of dashboard/wall/scenes that names it SCENE.

    `word` stands in addresses and in the catalogue's `wall`, `id` in what is sent. `label` names the scene where a wall
    is set up; `build` returns None where there is nothing to say.
    """

    word: str
    id: str
    label: Callable[[Lang], str]
    build: Callable[[View], WallScene | None]
