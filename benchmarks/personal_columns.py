"""How often the screening for personal data errs, on made-up columns: python -m benchmarks.personal_columns [COUNT]."""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Callable
from random import Random

import pandas as pd

from etl.pipeline.personal import personal_columns

Column = list[str]
REGENCIES = ("6401", "6408", "6409", "6402", "3174", "7371")
PERSONS = ("Siti", "Budi", "Nur", "Aminah", "Hasan", "Rahma", "Andi", "Dewi", "Pasaribu", "Tamani", "Sandi", "Maya")
PLACES = ("Taman", "SDN 003", "PT", "Puskesmas", "Pasar", "Masjid", "CV", "Lapangan", "Posyandu", "SMAN 1")
HEADS = ("NIK", "kode", "id", "Keterangan", "nomor", "No. Induk", "Kode Wilayah")


def identity(dice: Random) -> str:
    """Make a NIK up: regency, kecamatan, day of birth with 40 added for women, number."""
    day, month, year = dice.randint(1, 28) + 40 * dice.randrange(2), dice.randint(1, 12), dice.randrange(100)
    number = 1 + min(int(dice.expovariate(1 / 12)), 9998)
    return f"{dice.choice(REGENCIES)}{dice.randint(1, 20):02d}{day:02d}{month:02d}{year:02d}{number:04d}"


def sub_area(dice: Random, district: int) -> str:
    """Make a sub-SLS up: regency, kecamatan, desa, SLS, sub-SLS."""
    return f"6409{district:03d}{dice.randint(1, 30):03d}{dice.randint(1, 60):04d}{dice.choice([0, 0, 0, 1, 2]):02d}"


def _identities(dice: Random) -> tuple[Column, ...]:
    rows = dice.randint(1, 30)
    return ([dice.choice(HEADS), *(identity(dice) for _ in range(rows))],)


def _remarks(dice: Random) -> tuple[Column, ...]:
    return (["Catatan", *["lengkap"] * dice.randint(0, 20), f"milik {identity(dice)}"],)


def _persons(dice: Random) -> tuple[Column, ...]:
    rows = dice.randint(1, 30)
    names = [" ".join(dice.sample(PERSONS, 2)) for _ in range(rows)]
    return ["Nama", *names], ["Alamat", *(f"Jl. Contoh {each}" for each in range(rows))]


def _areas(dice: Random) -> tuple[Column, ...]:
    rows, district = dice.randint(1, 30), dice.choice([10, 20, 30, 40, 21, 31])
    return ([dice.choice(["idsubsls", "kode_sls", "Kode Wilayah", "kode"]), *(sub_area(dice, district)
             for _ in range(rows))],)  # fmt: skip


def _places(dice: Random) -> tuple[Column, ...]:
    rows = dice.randint(1, 30)
    names = [f"{dice.choice(PLACES)} {dice.choice(PERSONS)}" for _ in range(rows)]
    return ["nama", *names], ["alamat", *(f"Jl. Contoh {each}" for each in range(rows))]


def _contacts(dice: Random) -> tuple[Column, ...]:
    rows = dice.randint(1, 30)
    names = [" ".join(dice.sample(PERSONS, 2)) for _ in range(rows)]
    head = dice.choice(["Penanggung Jawab", "PIC", "Nama Petugas", "Nama"])
    return [head, *names], [dice.choice(["No HP", "WA", "Kontak"]), *(_mobile(dice) for _ in range(rows))]


def _reached(dice: Random) -> tuple[Column, ...]:
    names, addresses = _places(dice)
    return names, addresses, ["No HP", *(_mobile(dice) for _ in names[1:])]


def _mobile(dice: Random) -> str:
    return dice.choice(["08", "+62 8", "628", "8"]) + "".join(dice.choice("123456789") for _ in range(10))


def _figures(dice: Random) -> tuple[Column, ...]:
    digits = dice.choice([3, 6, 9, 15, 16, 17])
    return (["Nilai", *(str(dice.randrange(10 ** (digits - 1), 10**digits)) + dice.choice([",5", ""]) if digits != 16
             else f"0.{dice.randrange(10**15, 10**16)}" for _ in range(dice.randint(1, 30)))],)  # fmt: skip


PERSONAL: tuple[Callable[[Random], tuple[Column, ...]], ...] = (_identities, _remarks, _persons, _contacts)
HARMLESS: tuple[Callable[[Random], tuple[Column, ...]], ...] = (_areas, _places, _reached, _figures)


def errors(count: int, seed: int = 1) -> Counter[str]:
    """Count by kind what is missed and what is taken for personal data wrongly, among sheets of all kinds by turns."""
    dice, found = random.Random(seed), Counter[str]()
    for number in range(count):
        kinds = (*PERSONAL, *HARMLESS)
        kind = kinds[number % len(kinds)]
        columns = kind(dice)
        frame = pd.DataFrame(dict(zip("ABC", columns, strict=False)), dtype=object)
        frame.index += 1
        if bool(personal_columns(frame)) != (kind in PERSONAL):
            found[f"{'missed' if kind in PERSONAL else 'wrongly taken'}: {kind.__name__[1:]}"] += 1
    return found


if __name__ == "__main__":
    for what, often in sorted(errors(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000).items()):
        print(f"{what}: {often}")
