"""The time of East Kalimantan, in which schedules are written, days end and times are shown."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

WITA = ZoneInfo("Asia/Makassar")


def moment_words(moment: dt.datetime) -> str:
    """Write a moment in WITA, to the minute."""
    return f"{moment.astimezone(WITA):%Y-%m-%d %H:%M} WITA"
