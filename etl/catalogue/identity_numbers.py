"""Numbers of 16 digits: a NIK or a family card's, or the code of a BPS area, told apart by their digits."""

from __future__ import annotations

import re

PROVINCES = frozenset(map(str, [*range(11, 20), 21, *range(31, 37), *range(51, 54), *range(61, 66), *range(71, 77),
                                81, 82, *range(91, 98)]))  # fmt: skip
SIXTEEN_DIGITS = re.compile(r"(?<![0-9.,])[0-9]{16}(?![0-9])")
LONGEST_MONTH, LAST_MONTH, WOMEN = 31, 12, 40  # a woman's day of birth stands with 40 added


def is_identity_number(digits: str) -> bool:
    """Tell whether 16 digits can be a NIK or a family card's number: a regency's code, then a day as DDMMYY."""
    day, month = int(digits[6:8]), int(digits[8:10])
    placed = digits[:2] in PROVINCES and digits[2:4] != "00"
    return placed and 1 <= day % WOMEN <= LONGEST_MONTH and day <= WOMEN + LONGEST_MONTH and 1 <= month <= LAST_MONTH


def is_sub_area(digits: str) -> bool:
    """Tell whether 16 digits can be a BPS sub-SLS: a regency's code, then a number of the SLS between 1 and 99.

    Digits 11 to 14 are the SLS; in a NIK they are the year of birth and the beginning of a number that seldom passes
    99, so hardly any number is both.
    """
    return digits[:2] in PROVINCES and digits[2:4] != "00" and digits[10:12] == "00" and digits[12:14] != "00"
