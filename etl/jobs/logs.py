"""Where the processes write what they do: the standard error stream, one line each."""

from __future__ import annotations

import logging
import sys

# Their news are not ours, and addresses may hold keys. APScheduler warns of chores that are still at work.
QUIET = {"apscheduler": logging.ERROR, **dict.fromkeys(("alembic", "httpx", "httpcore"), logging.WARNING)}


def log_to_stderr() -> None:
    """Let this process log from INFO on."""
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s")
    for name, level in QUIET.items():
        logging.getLogger(name).setLevel(level)
