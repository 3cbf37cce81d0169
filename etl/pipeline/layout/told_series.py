"""Which series of their indicator heads and titles name: by the series' own words, or by their numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable

from etl.catalogue.indicator_parts import Series
from etl.catalogue.models import Indicator
from etl.pipeline.layout.head_words import words

NUMBERED = re.compile(r"([a-z]+) \d+(?: \d+)?")  # the name of a series: "desil 1", "desil 5 10"
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
NUMERAL = rf"(?:\d{{1,2}}|{'|'.join(sorted(ROMAN, key=len, reverse=True))})"


def told_series(indicator: Indicator, texts: Iterable[str]) -> str | None:
    """Return the one series of several that heads and titles name; None where they name none, or two."""
    told = {each.id for text in texts for each in series_in(indicator, words(text))}
    return told.pop() if len(told) == 1 else None


def series_in(indicator: Indicator, said: str) -> list[Series]:
    """List the series that a folded text names, by their heads or their numbers."""
    if len(indicator.series) < 2:
        return []
    numbers = series_numbers(indicator, said)
    counted = {each.id: series_numbers(indicator, words(each.name.id)) for each in indicator.series} if numbers else {}
    exact = {name for name, own in counted.items() if own == numbers}
    numbered = exact or {name for name, own in counted.items() if own & numbers}
    return [
        each
        for each in indicator.series
        if each.id in numbered or any(re.search(rf"\b{word}\b", said) for word in map(words, each.heads))
    ]


def series_numbers(indicator: Indicator, said: str) -> set[str]:
    """Find the numbers of series that a text names, where all are numbered: "Desil 1-4" names four."""
    kinds = {match[1] for each in indicator.series if (match := NUMBERED.fullmatch(words(each.name.id)))}
    if len(kinds) != 1 or not all(NUMBERED.fullmatch(words(each.name.id)) for each in indicator.series):
        return set()
    found = re.finditer(rf"\b{kinds.pop()} ?(?:ke )?({NUMERAL}(?: (?:(?:dan|s d|sampai|hingga) )?{NUMERAL})*)\b", said)
    texts = [text for match in found for text in re.findall(rf"\b{NUMERAL}\b", match[1])]
    numbers = [ROMAN.index(text) + 1 if text in ROMAN else int(text) for text in texts]
    return {str(number) for number in range(min(numbers), max(numbers) + 1)} if numbers else set()
