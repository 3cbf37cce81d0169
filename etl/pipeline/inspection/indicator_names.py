"""Which indicator a head or a row's word names exactly, however it is spelt; a likeness is never enough."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from etl.catalogue.models import Catalogue, Indicator
from etl.catalogue.names import fold_name
from etl.pipeline.identify import indicator_words
from etl.pipeline.layout.head_words import FULL_MONTH

ACRONYM = re.compile(r"(?P<long>[^()]+?)\s*\((?P<short>\w+)\)\s*")
MONTH = re.compile(rf"\s*[-–,]?\s*\b(?:{FULL_MONTH})\b(?: \d{{4}})?\s*", re.IGNORECASE)  # a period is no name
TRAILING_YEAR = re.compile(r"\s+(?:tahun\s+)?(?:19|20)\d{2}\s*$", re.IGNORECASE)
BUDGET = re.compile(r"\bdaerah$")  # the accounts of a regency: "Belanja Daerah" is the whole of its APBD


def indicator_told(text: str, catalogue: Catalogue) -> Indicator | None:
    """Find the indicator that a text names: whole, in one of its lines, without its unit, or by its acronym."""
    known = indicator_words(catalogue.indicators)
    found = (known.get(fold_name(each)) for each in _spellings(text))
    return next((catalogue.indicator[each] for each in found if each), None)


def part_told(path: Sequence[str], catalogue: Catalogue) -> str | None:
    """Find the series of a breakdown that heads name, "Desil > 1"; of which indicator they do not say."""
    said = fold_name(" ".join(path))
    parts = [each for indicator in catalogue.indicators if indicator.breakdown for each in indicator.series]
    return next((each.id for each in parts if fold_name(each.name.id) == said), None)


def _spellings(text: str) -> Iterator[str]:
    plain = re.sub(r"\([^()]*\)", "", text)
    yield from (text, plain, *re.split(r"\n| / ", plain), text.replace("_", " "))
    yield MONTH.sub("", plain)
    yield TRAILING_YEAR.sub("", plain)
    yield BUDGET.sub("APBD", fold_name(plain))
    match = ACRONYM.fullmatch(text)
    if match and _abbreviates(fold_name(match["short"]), fold_name(match["long"]).split()):
        yield match["short"]


def _abbreviates(short: str, words: list[str]) -> bool:
    """Tell whether letters are the beginnings of words in order, one of each at least: SiLPA, PAD."""
    if not words:
        return not short
    begun = (end for end in range(1, len(short) + 1) if words[0].startswith(short[:end]))
    return any(_abbreviates(short[end:], words[1:]) for end in begun)
