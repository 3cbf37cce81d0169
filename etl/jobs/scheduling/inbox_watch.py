"""data/inbox as the scheduler sees it: which feeds have files that are whole, and whose a file without a place is."""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Collection, Iterable, Iterator
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

from etl.catalogue.feeds import Feed
from etl.catalogue.names import censored
from etl.connectors.base import UnreadableError
from etl.connectors.formats.kinds import MOST_BYTES, extension, read_bytes
from etl.jobs.scheduling.processes import look_apart
from etl.sheets.template_sheets import MARK_SHEET
from etl.stewardship.inbox_files import dropped_files, unclaimed_files

log = logging.getLogger(__name__)
SETTLED_SECONDS = 5  # in which nothing may be written: a file comes in pieces over a slow line
RETRY = dt.timedelta(minutes=10)
State = tuple[str, int]
OPEN_SECONDS = 15  # that a file without a place may take to be looked into; a template takes a moment
MARKED_KINDS = {"xlsx", "xls", "ods", "fods", "xml"}


class Inbox:
    """Looks into the inbox; remembers which files it has opened in vain, and which it has named lately."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._opened: set[State] = set()
        self._named: dict[State, dt.datetime] = {}

    def waiting(self, feeds: Collection[Feed], now: dt.datetime) -> dict[str, list[Path]]:
        """Move marked files to their feeds, then name the feeds whose folder holds settled files, oldest first.

        A file that stays there, as after a full disk, is named again only after RETRY.
        """
        self._sort(feeds, now)
        found = {name: [(path, _state(path)) for path in paths] for name, paths in _waiting(self._root, feeds, now)}
        self._named = {state: at for state, at in self._named.items() if now - at < RETRY}
        fresh = {name: paths for name, paths in found.items() if any(state not in self._named for _, state in paths)}
        self._named |= {state: now for paths in fresh.values() for _, state in paths}
        return {name: [path for path, _ in paths] for name, paths in fresh.items()}

    def _sort(self, feeds: Collection[Feed], now: dt.datetime) -> None:
        by_id = {feed.id: feed for feed in feeds}
        unclaimed = {_state(path): path for path in _settled(unclaimed_files(self._root, feeds), now)}
        fresh, began = [state for state in unclaimed if state not in self._opened], time.monotonic()
        self._opened &= unclaimed.keys()
        for state in fresh:
            if time.monotonic() - began > OPEN_SECONDS:
                break  # the others at the next look
            path = unclaimed[state]
            feed = by_id.get(look_apart(marked_feed, path, OPEN_SECONDS) or "")
            self._opened.add(state)
            if feed is not None and (target := _place(self._root, feed, path.name)):
                _move(path, target)


def _waiting(root: Path, feeds: Iterable[Feed], now: dt.datetime) -> Iterator[tuple[str, list[Path]]]:
    for feed in feeds:
        if paths := _settled(dropped_files(root, feed), now):
            yield feed.id, paths


def _state(path: Path) -> State:
    try:
        return str(path), path.stat().st_ctime_ns
    except FileNotFoundError:  # taken meanwhile
        return str(path), 0


def marked_feed(path: Path) -> str | None:
    """Read the feed's id out of a workbook that was made from a template; None for any other file."""
    try:
        if path.stat().st_size > MOST_BYTES:
            return None
        content = path.read_bytes()
        sheets = read_bytes(content) if extension(content) in MARKED_KINDS else ()
        marks = [sheet.cells for sheet in sheets if sheet.name == MARK_SHEET]
    except (UnreadableError, OSError):
        return None
    return str(marks[0]["B"].iloc[0]) if marks and "B" in marks[0] else None


def _settled(paths: Iterable[Path], now: dt.datetime) -> list[Path]:
    """Keep files that nobody wrote to lately, by the time of change: that of writing may be copied with the file."""
    ages: list[tuple[float, str, Path]] = []
    for path in paths:
        try:
            seen = path.stat()
        except FileNotFoundError:  # taken meanwhile
            continue
        if now.timestamp() - seen.st_ctime >= SETTLED_SECONDS:
            ages.append((seen.st_mtime, path.name, path))
    return [path for _, _, path in sorted(ages)]


def _move(path: Path, target: Path) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        path.rename(target)
        log.info("%s: dibuat dari templat, dipindah ke folder %s", censored(path.name), target.parent.name)
    except OSError as error:  # it stays in sight as "tidak dikenal"
        log.error("%s tidak dapat dipindah ke folder %s: %s", censored(path.name), target.parent.name, error.strerror)


def _place(root: Path, feed: Feed, name: str) -> Path | None:
    """Choose a free name where the feed looks; None where its path leaves open where that is."""
    folder, _, pattern = (feed.path or "").rpartition("/")
    if "*" in folder or not folder:
        return None
    stem, suffix = PurePosixPath(name).stem, PurePosixPath(name).suffix
    for number in range(1, 100):
        own = name if number == 1 else f"{stem}-{number}{suffix}"
        fitting = own if fnmatch(own, pattern) else pattern.replace("*", PurePosixPath(own).stem, 1)
        target = root / folder / fitting
        if fnmatch(fitting, pattern) and not target.exists():
            return target
    return None
