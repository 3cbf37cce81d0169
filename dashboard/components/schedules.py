"""A cron line in words. What has no short sentence is shown as it stands."""

from __future__ import annotations

from dashboard.language import t
from dashboard.urls import Lang


def schedule_words(cron: str | None, lang: Lang) -> str:
    """Say when a feed runs: `setiap Senin 06.00 WITA`; without a schedule say so."""
    if cron is None:
        return t("sources.no_schedule", lang)
    fields = cron.split()
    if len(fields) != 5:
        return cron
    minute, hour, day, month, weekday = fields
    if (hour, day, month, weekday) == ("*",) * 4 and minute.startswith("*/") and minute[2:].isdigit():
        return t("sources.cron_minutes", lang, count=minute[2:])
    if not (minute.isdigit() and hour.isdigit() and month == "*"):
        return cron
    clock = f"{int(hour):02d}{'.' if lang == 'id' else ':'}{int(minute):02d}"
    if (day, weekday) == ("*", "*"):
        return t("sources.cron_day", lang, clock=clock)
    if weekday == "*" and day.isdigit():
        return t("sources.cron_month", lang, day=day, clock=clock)
    return _weekly(weekday, day, clock, lang) or cron


def _weekly(weekday: str, day: str, clock: str, lang: Lang) -> str | None:
    known = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    parts = [part for piece in weekday.lower().split(",") for part in piece.split("-", 1)]
    if day != "*" or any(part not in known for part in parts):
        return None
    days = ", ".join(
        "–".join(t(f"sources.{part}", lang) for part in piece.split("-", 1)) for piece in weekday.lower().split(",")
    )
    return t("sources.cron_week", lang, days=days, clock=clock)
