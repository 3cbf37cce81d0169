"""Units as offices and BPS print them: "Ribu Jiwa", "Juta Rupiah", "Kuintal/Ha"; exact factors, never a guess."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from etl.catalogue.models import Indicator
from etl.catalogue.names import fold_name

SCALES: dict[str, int] = {
    **dict.fromkeys(("ribu", "ribuan", "rb", "000", "thousand", "thousands"), 3),
    **dict.fromkeys(("juta", "jutaan", "jt", "million", "millions"), 6),
    **dict.fromkeys(("miliar", "miliaran", "milyar", "milyaran", "billion", "billions"), 9),
    **dict.fromkeys(("triliun", "triliunan", "trilyun", "trillion", "trillions"), 12),
}
# Beside a figure "M" may mean juta or miliar: only a declared unit of that scale settles it.
SHORT_SCALES = {"m": 9, "t": 12, "tr": 12, "jt": 6, "rb": 3}
BASES: dict[str, tuple[str, int]] = {
    **dict.fromkeys(("rp", "rupiah", "idr"), ("rp", 0)),
    **dict.fromkeys(("%", "persen", "prosen", "percent"), ("%", 0)),
    **dict.fromkeys(("jiwa", "orang", "penduduk", "person", "persons", "people"), ("jiwa", 0)),
    **dict.fromkeys(("ha", "hektar", "hektare", "hectare", "hectares"), ("ha", 0)),
    **dict.fromkeys(("ton", "tonne", "tonnes"), ("ton", 0)),
    **dict.fromkeys(("kuintal", "kwintal", "kw", "ku"), ("ton", -1)),
    **dict.fromkeys(("kg", "kilogram"), ("ton", -3)),
    **{"km": ("km", 0), "rumah tangga": ("rumah tangga", 0)},
    **dict.fromkeys(("keluarga", "kk"), ("keluarga", 0)),
    **dict.fromkeys(("km2", "km persegi", "kilometer persegi"), ("km2", 0)),
    **dict.fromkeys(("us$", "usd", "us dollar", "dolar as"), ("us$", 0)),
}
THINGS = frozenset(base for base, _ in BASES.values())
Measure = tuple[tuple[str, ...], int]  # what is counted, over what; and the power of ten that one unit stands for


@lru_cache(maxsize=4096)
def measure(text: str) -> Measure | None:
    """Read a printed unit; None where its parts say different things. What nobody knows stands for itself."""
    folded = re.sub(r"^(?:dalam |satuan |in )+", "", fold_name(text))
    outer = re.sub(r"\([^()]*\)", " ", folded).strip()
    said = {_ratio(each) for each in (outer, *re.findall(r"\(([^()]*)\)", folded)) if each}
    return said.pop() if len(said) == 1 else None


def _ratio(text: str) -> Measure | None:
    parts = [_simple(part) for part in re.split(r"\s*/\s*|\s+per\s+", text)]
    known = [part for part in parts if part is not None]
    if len(known) != len(parts):
        return None
    if len(set(known)) == 1:  # "persen/percent": one unit in two languages
        return (known[0][0],), known[0][1]
    return tuple(base for base, _ in known), known[0][1] - sum(power for _, power in known[1:])


def _simple(text: str) -> tuple[str, int] | None:
    words = text.replace(".", " ").split()
    scales = [SCALES[word] for word in words if word in SCALES]
    rest = " ".join(word for word in words if word not in SCALES)
    if len(scales) > 1 or not rest:
        return None
    base, power = BASES.get(rest, (rest, 0))
    return base, power + sum(scales)


def unit_factor(indicator: Indicator, text: str) -> Decimal | None:
    """Return what one printed unit is in the indicator's own; None where the catalogue's units do not tell."""
    declared = {indicator.unit: Decimal(1), **indicator.units}
    exact = {fold_name(word): factor for word, factor in declared.items()}
    if (folded := fold_name(text)) in exact:
        return exact[folded]
    read = measure(text)
    both = [(factor, measure(word)) for word, factor in declared.items()]
    found = {factor.scaleb(read[1] - known[1]) for factor, known in both if read and known and known[0] == read[0]}
    return found.pop() if len(found) == 1 else None


def counts_another(told: str, own: str) -> bool:
    """Tell whether two units count different things: people and percent, money and area. Unknown units never do."""
    read = [measure(each) for each in (told, own)]
    things = [each[0][0] for each in read if each and len(each[0]) == 1 and each[0][0] in THINGS]
    return len(set(things)) == len(read)


def contradicts(indicator: Indicator, unit: str, told: str) -> bool:
    """Tell whether a unit that stands beside figures is another than the declared one; an unknown one never is."""
    factors = unit_factor(indicator, unit), unit_factor(indicator, told)
    if None not in factors:
        return factors[0] != factors[1]
    ours, theirs = measure(unit), measure(told)
    return ours is not None and theirs is not None and (counts_another(told, unit) or ours[1] != theirs[1])


def settles(text: str | None, symbol: str) -> bool:
    """Tell whether a declared unit says what a short scale beside a figure means: "M" under "miliar rupiah"."""
    short, _, money = symbol.casefold().partition(" ")
    read = measure(text or "")
    return read is not None and read[1] == SHORT_SCALES.get(short) and (not money or read[0] == ("rp",))


def catalogue_word(indicator: Indicator, sign: str) -> str:
    """Return the catalogue's own word for a sign that stood beside a figure: "persen" for `%`."""
    words = (indicator.unit, *indicator.units)
    return next((word for word in words if measure(word) == measure(sign)), indicator.unit if is_shown(sign) else sign)


def is_shown(sign: str) -> bool:
    """Tell whether a sign is a unit that a cell's number format shows, and no text beside the figure says."""
    return fold_name(sign) in BASES and sign not in ("%", "Rp")


def agrees(indicator: Indicator, unit: str, sign: str) -> bool:
    """Tell whether a sign beside a figure is its unit; one that a format shows may be of what nobody knows."""
    if not is_shown(sign):
        return unit_factor(indicator, unit) == unit_factor(indicator, sign)
    ours, theirs = measure(unit), measure(sign)
    return ours is not None and theirs is not None and ours[1] == theirs[1] and not counts_another(sign, unit)
