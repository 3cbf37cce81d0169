"""The time of East Kalimantan, in which schedules are written, days end and times are shown."""

from __future__ import annotations

from zoneinfo import ZoneInfo

WITA = ZoneInfo("Asia/Makassar")
