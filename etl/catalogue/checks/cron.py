"""Five-field cron, read strictly: weekdays by name only, since figures mean Monday here and Tuesday there."""

from __future__ import annotations

import re

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
FIELDS = (("menit", 0, 59), ("jam", 0, 23), ("tanggal", 1, 31), ("bulan", 1, 12))
FORM = "menit jam tanggal bulan hari, misalnya 0 6 * * mon"


def cron_fault(text: str) -> str | None:
    """Return what is wrong with a schedule as an Indonesian phrase, None where it is sound."""
    fields = text.casefold().split()
    if len(fields) != 5:
        return f"{len(fields)} bagian; yang perlu lima: {FORM}"
    for (name, low, high), each in zip(FIELDS, fields, strict=False):
        names = MONTHS if name == "bulan" else ()
        if not all(_is_sound(part, low, high, names) for part in each.split(",")):
            return f"{name} {each}; yang sah {low} sampai {high}, * atau */langkah"
    if not all(_is_weekday(part) for part in fields[4].split(",")):
        return f"hari {fields[4]}; tulis nama hari: {', '.join(WEEKDAYS)}, mon-fri atau *"
    return None


def _is_sound(part: str, low: int, high: int, names: tuple[str, ...]) -> bool:
    """Tell whether one item (`*`, `5`, `1-5`, `*/15`, `mon-fri`) lies in its bounds and runs forward."""
    match = re.fullmatch(r"(?:\*|([a-z]+|[0-9]{1,2})(?:-([a-z]+|[0-9]{1,2}))?)(?:/([0-9]{1,2}))?", part)
    if not match:
        return False
    first, last, step = match.groups()
    places = [_place(each, low, high, names) for each in (first, last) if each]
    known = [each for each in places if each is not None]
    if len(known) != len(places) or known != sorted(known):
        return False
    start, end = (known[0], known[-1]) if known else (low, high)
    return step is None or (1 <= int(step) <= end - start)  # a longer step never comes to a second time


def _is_weekday(part: str) -> bool:
    """Tell whether one item is `*`, `mon` or `mon-fri`; where steps begin to count differs as figures do."""
    return "/" not in part and _is_sound(part, 0, -1, WEEKDAYS)


def _place(word: str, low: int, high: int, names: tuple[str, ...]) -> int | None:
    if word in names:
        return names.index(word) + low
    return int(word) if word.isdigit() and low <= int(word) <= high else None
