"""The snapshot of a wall: built from one vintage, kept until the warehouse or the minute changes."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from threading import Lock
from typing import cast

from dashboard.data import Reader, open_scene
from dashboard.language import t
from dashboard.page_shell import SIMULATION
from dashboard.urls import Lang, State
from dashboard.wall.content import FORMAT, Snapshot, WallScene
from dashboard.wall.scene_registry import SCENES
from dashboard.wall.view import View
from dashboard.wall.wall_files import pack
from etl.measures.observation import Vintage

MINUTE = dt.timedelta(minutes=1)
WAIT = 8.0  # seconds: a wall gives up after ten, and threads that wait for nobody serve nothing else
PATIENCE = dt.timedelta(minutes=2)  # with a building that does not end


@dataclass(frozen=True, slots=True)
class Asked:
    """What tells snapshots apart."""

    region: str
    lang: Lang
    guest: bool


@dataclass(frozen=True, slots=True)
class Printed:
    """A snapshot as it is sent, plain and packed; `tag` names its content."""

    tag: str
    plain: bytes
    packed: bytes


@dataclass(frozen=True, slots=True)
class _Kept:
    seal: str | None
    until: dt.datetime
    printed: Printed | None


@dataclass(eq=False)
class Snapshots:
    """Snapshots by what was asked. Each is built by one thread, again when its vintage or its minute has passed.

    While one thread builds it for a new minute, the others send the one of the minute before, but not for long: they
    have none then, and the walls say so. That of an earlier vintage they never send.
    """

    reader: Reader
    version: str
    clock: Callable[[], dt.datetime]
    kept: dict[Asked, _Kept] = field(default_factory=dict)
    locks: dict[Asked, Lock] = field(default_factory=dict)

    def printed(self, asked: Asked) -> Printed | None:
        """Return the snapshot of now; None while nothing is loaded, or where another thread builds and does not end."""
        found, seal, now = self.kept.get(asked), self._seal(), self.clock()
        current = found is not None and found.seal == seal
        if found is not None and current and now < found.until:
            return found.printed
        lock = self.locks.setdefault(asked, Lock())
        may_send = found is not None and current and now < found.until + PATIENCE
        if not lock.acquire(timeout=0 if may_send else WAIT):
            return cast(_Kept, found).printed if may_send else None
        try:
            return self._renewed(asked).printed
        finally:
            lock.release()

    def _seal(self) -> str | None:
        vintage = self.reader.vintage()
        return vintage.seal if vintage else None

    def _renewed(self, asked: Asked) -> _Kept:
        """Build what no other thread has built meanwhile. The vintage is read here: no older one replaces a newer."""
        vintage, now = self.reader.vintage(), self.clock()
        seal, found = vintage.seal if vintage else None, self.kept.get(asked)
        if found is None or found.seal != seal or now >= found.until:
            found = self.kept[asked] = _Kept(seal, now + MINUTE, self._build(asked, vintage, now))
        return found

    def _build(self, asked: Asked, vintage: Vintage | None, now: dt.datetime) -> Printed | None:
        if vintage is None:
            return None
        state = State(wilayah=asked.region, lang=asked.lang, per=vintage.seal)
        page = open_scene(self.reader, state, asked.region)
        if page is None:
            return None
        view = View(page, now, asked.guest)
        first = self.reader.vintages(1, vintage.number - 1)[0]
        return as_printed(snapshot(view, first.seal, self.version))


def snapshot(view: View, chain: str, version: str) -> Snapshot:
    """Compose all scenes that have something to say."""
    vintage = view.page.vintage
    return {
        "format": FORMAT,
        "version": version,
        "chain": chain,
        "vintage": vintage.number,
        "seal": vintage.seal,
        "recorded": vintage.recorded_at.astimezone(dt.UTC).isoformat(timespec="seconds"),
        "day": view.today.isoformat(),
        "region": view.region,
        "lang": view.lang,
        "title": t("wall.title", view.lang, region=view.page.region.short),
        "simulation": SIMULATION if view.catalogue.simulation else "",
        "scenes": present(each.build(view) for each in SCENES.values()),
    }


def present(scenes: Iterable[WallScene | None]) -> list[WallScene]:
    """Leave out the scenes that have nothing to say."""
    return [each for each in scenes if each is not None]


def as_printed(content: Snapshot) -> Printed:
    """Write a snapshot as JSON, name it by its digest."""
    plain = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return Printed(hashlib.sha256(plain).hexdigest()[:32], plain, pack(plain))
