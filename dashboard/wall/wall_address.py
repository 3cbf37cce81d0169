"""What a wall's address asks for; what it leaves out or spells wrongly is taken from the catalogue's `wall`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from dashboard.settings import REGENCIES
from dashboard.urls import Lang, Theme
from dashboard.wall.scene_registry import SCENES
from etl.catalogue.wall_defaults import Wall

PATH = "/wall"
GUEST = "tamu"
LIMITS = {"detik": (5, 600), "inci": (20, 200), "jarak": (1, 20)}


@dataclass(frozen=True, slots=True)
class Wish:
    """A wall as it is to be shown. `pinned` is the only scene where one is held; `dim` are two hours in WITA."""

    region: str
    lang: Lang
    theme: Theme
    guest: bool
    scenes: tuple[str, ...]  # words of the address
    seconds: int
    dim: tuple[int, int] | None
    pinned: str | None
    inches: int
    metres: int


def parse_wish(query: Mapping[str, str], wall: Wall, home: str) -> Wish:
    """Read an address; a region, scene or number that is none falls back to the catalogue's."""
    named = tuple(dict.fromkeys(word for word in query.get("adegan", "").split(",") if word in SCENES))
    pinned = query.get("tetap", "")
    region, theme = query.get("wilayah", ""), query.get("tema", "")
    return Wish(
        region=region if region in REGENCIES else home,
        lang="en" if query.get("lang") == "en" else "id",
        theme="terang" if theme == "terang" else "gelap" if theme == "gelap" else wall.theme,
        guest=query.get("preset") == GUEST,
        scenes=named or wall.scenes,
        seconds=_whole(query, "detik", wall.seconds),
        dim=_hours(query.get("redup", ""), wall.dim),
        pinned=pinned if pinned in SCENES else None,
        inches=_whole(query, "inci", wall.inches),
        metres=_whole(query, "jarak", wall.metres),
    )


def _whole(query: Mapping[str, str], name: str, default: int) -> int:
    number, (low, high) = _read(query.get(name, "")), LIMITS[name]
    return number if number is not None and low <= number <= high else default


def _hours(text: str, default: tuple[int, int] | None) -> tuple[int, int] | None:
    """Read `22-6`; `0-0` (or any two equal hours) never dims."""
    first, last = (_read(each) for each in (text.split("-") if text.count("-") == 1 else ("", "")))
    if first is None or last is None or max(first, last) > 23:
        return default
    return (first, last) if first != last else None


def _read(text: str) -> int | None:
    """Read a whole number of at most three digits."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 3 else None


def address(wish: Wish, path: str = PATH) -> str:
    """Write the address of a wall, whole: a later change of the catalogue does not alter it."""
    query = {
        "wilayah": wish.region,
        "adegan": ",".join(wish.scenes),
        "detik": str(wish.seconds),
        "tema": wish.theme,
        "lang": wish.lang,
        "redup": "-".join(map(str, wish.dim)) if wish.dim else "0-0",
        "tetap": wish.pinned or "",
        "preset": GUEST if wish.guest else "",
        "inci": str(wish.inches),
        "jarak": str(wish.metres),
    }
    return f"{path}?" + urlencode({name: text for name, text in query.items() if text}, safe=",")
