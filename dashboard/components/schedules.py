"""A cron line in words. What has no short sentence is shown as it stands."""

from __future__ import annotations

from dashboard.language import t
from dashboard.urls import Lang
from etl.catalogue.cron import CronFields, cron_fields


def schedule_words(cron: str | None, lang: Lang) -> str:
    """Say when a feed runs: `setiap Senin 06.00 WITA`; without a schedule say so."""
    if cron is None:
        return t("sources.no_schedule", lang)
    fields = cron_fields(cron)
    return (_words(fields, lang) if fields else None) or cron


def _words(fields: CronFields, lang: Lang) -> str | None:
    minute, hour, day, month, weekday = fields
    if (hour, day, month, weekday) == ("*",) * 4 and minute.startswith("*/") and minute[2:].isdigit():
        return t("sources.cron_minutes", lang, count=minute[2:])
    if not (minute.isdigit() and hour.isdigit() and month == "*"):
        return None
    clock = f"{int(hour):02d}{'.' if lang == 'id' else ':'}{int(minute):02d}"
    if (day, weekday) == ("*", "*"):
        return t("sources.cron_day", lang, clock=clock)
    if weekday == "*" and day.isdigit():
        return t("sources.cron_month", lang, day=day, clock=clock)
    if day == "*" and "*" not in weekday:
        return t("sources.cron_week", lang, days=_days(weekday, lang), clock=clock)
    return None


def _days(weekday: str, lang: Lang) -> str:
    spans = [span.split("-") for span in weekday.split(",")]
    return ", ".join("–".join(t(f"sources.{each}", lang) for each in span) for span in spans)
