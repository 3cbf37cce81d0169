"""Files in the inbox: whose they are by their place alone. Lists names, opens nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from etl.catalogue.feeds import Feed

INBOX = "data/inbox"
RETURNED = f"{INBOX}/dikembalikan"
UNFINISHED = (".part", ".crdownload", ".tmp", ".partial", ".download", ".filepart")


def is_unfinished(path: Path) -> bool:
    """Tell a file that a program still writes or keeps for itself: `~$x.xlsx`, `.~lock.x#`, `x.part`."""
    return path.name.startswith((".", "~$")) or path.name.casefold().endswith(UNFINISHED)


def dropped_files(root: Path, feed: Feed) -> list[Path]:
    """List the finished files in the inbox that a feed takes."""
    if feed.connector != "file" or not (feed.path or "").startswith(f"{INBOX}/"):
        return []
    return [path for path in _there(root.glob(feed.path or "")) if _is_open(root, path)]


def unclaimed_files(root: Path, feeds: Iterable[Feed]) -> list[Path]:
    """List the finished files in the inbox that no feed takes by their place: "tidak dikenal"."""
    claimed = {path for feed in feeds for path in dropped_files(root, feed)}
    found = _there((root / INBOX).rglob("*"))
    return sorted(path for path in found if path not in claimed and _is_open(root, path))


def _there(paths: Iterable[Path]) -> Iterator[Path]:
    """Pass on finished files, and no links: they would bring in what lies elsewhere on the server."""
    return (path for path in paths if path.is_file() and not path.is_symlink() and not is_unfinished(path))


def _is_open(root: Path, path: Path) -> bool:
    inside = path.relative_to(root)
    kept = any(part.startswith(".") for part in inside.parts)
    return not kept and not inside.as_posix().startswith(f"{RETURNED}/")
