"""Draft a feed for each file with `inspect`, edit it as a steward who knows the truth would, run it, count what came.

python -m benchmarks.inspected_files                    the field samples and 1,000 generated sheets
python -m benchmarks.inspected_files --sheets 100       fewer

Right: all figures and no other. Refused: nothing wrong came in, but not all was read with three edits. Wrong: a value
came in that is not true. One edit fills all placeholders of one name, or changes one word. Exits with 1 where one is
wrong.
"""

from __future__ import annotations

import argparse
import datetime as dt
import re
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path

import yaml
from pydantic import ValidationError

from benchmarks.made_sheets import MadeSheet, make
from etl.catalogue.feeds import Feed
from etl.catalogue.load import load_catalogue
from etl.catalogue.models import Catalogue
from etl.connectors.formats.kinds import extension, read_bytes
from etl.jobs.connector_registry import CONNECTORS
from etl.pipeline.inspection.look import inspect
from etl.pipeline.layout.table_header import LayoutError
from etl.pipeline.refine import refine
from etl.sheets.sheet import Sheet

ROOT = Path(__file__).resolve().parents[1]
FIELD = ROOT / "tests" / "samples" / "field"
TODAY = dt.date(2026, 11, 22)
MOST_EDITS = 3
Edits = tuple[
    tuple[str, str], ...
]  # what stands in the draft, what is written for it; a word that is not there is no edit
Truth = frozenset[tuple[str, str, str, Decimal]]  # indicator and series, region, period, value


def told(text: str) -> Truth:
    """Read a truth: `gini 64 2019 0.335; gini 64 2020 0.335`."""
    words = [each.split() for each in text.split("; ") if each.strip()]
    return frozenset((one, region, period, Decimal(value)) for one, region, period, value in words)


def monthly(what: str, values: str) -> str:
    """Write the truth of the twelve months of 2024."""
    return "".join(f"{what} 2024-{month:02} {value}; " for month, value in enumerate(values.split(), 1))


def blanks(indicator: str, unit: str) -> Edits:
    """Fill the two placeholders that nameless heads leave open."""
    return (("ISI_INDIKATOR", indicator), ("ISI_SATUAN", unit))


THOUSAND = Decimal(1000)
SCALES = {
    "jiwa": THOUSAND,
    "orang": THOUSAND,
    "kunjungan": THOUSAND,
    "miliar Rp": 1 / THOUSAND,
    "juta US$": 1 / THOUSAND,
}
WIFI = blanks("public-wifi-points, series: aktif", "titik")
FILES: dict[str, tuple[Edits, str]] = {  # edits, truth: empty where all must go back
    "accounting_negatives.csv": (
        blanks("lpe", "%"),
        "lpe 64.01 2020 -2.81; lpe 64.08 2020 -3.05; lpe 64.09 2020 -2.34; lpe 64.03 2020 -3.35; lpe 64.07 2020 -2.86",
    ),
    "blank_number_head.csv": (blanks("iklh", "indeks"), "iklh 64.01 2023 62.41; iklh 64.08 2023 60.1"),
    "cell_errors_as_text.csv": (WIFI, "public-wifi-points 64.01.01 2025-09 7"),
    "decimal_commas_under_point.csv": (
        (),
        "investment-pma 64.01 2024 12.345; investment-pma 64.08 2024 0.85; investment-pma 64.09 2024 1.2",
    ),
    "dukcapil_in_title.xlsx": (
        (("indicator: population", "indicator: population, series: dukcapil"), ("ISI_SATUAN", "jiwa")),
        "population 64.01.04 2024 80211; population 64.01.05 2024 29010; population 64.01.06 2024 43900",
    ),
    "float_codes_and_years.csv": (
        blanks("desa-mandiri, series: idm", "desa"),
        "desa-mandiri 64.01 2023 31; desa-mandiri 64.08 2023 52; desa-mandiri 64.09 2023 11",
    ),
    "idm_four_region_columns.xlsx": (
        blanks("village-index, series: idm", "indeks"),
        "village-index 64.01.04.2001 2024 0.7970; village-index 64.01.04.2003 2024 0.8640",  # two of three
    ),
    "inflation_m_to_m.csv": (
        (("indicator: inflation,", "indicator: inflation-mtm,"),),
        monthly("inflation-mtm 64.09", "0.11 0.25 0.52 -0.05 0.02 -0.13 -0.21 -0.07 -0.12 0.05 0.27 0.44")
        + monthly("inflation-mtm 64", "0.04 0.24 0.48 0.1 0.01 -0.05 -0.09 -0.02 -0.1 0.09 0.31 0.41"),
    ),
    "months_in_heads_year_nowhere.csv": ((("ISI_INDIKATOR", "poverty-rate"), ("ISI_PERIODE", "2024")), ""),
    "percent_as_fraction.xlsx": (blanks("poverty-rate", "%"), ""),
    "places_with_address.csv": (WIFI, "public-wifi-points 64.01.04 2025-09 2; public-wifi-points 64.01.05 2025-09 1"),
    "sub_sls_codes.csv": (
        WIFI,
        "public-wifi-points 64.09.01 2025-09 2; public-wifi-points 64.09.02 2025-09 1; "
        "public-wifi-points 64.09.03 2025-09 3",
    ),
    "tahun_heads_the_regions.xlsx": (
        blanks("gini", "rasio"),
        "gini 64 2019-03 0.335; gini 64 2020-03 0.335; gini 64 2021-03 0.331; gini 64 2022-03 0.317; "
        "gini ID 2019-03 0.38; gini ID 2020-03 0.385; gini ID 2021-03 0.381; gini ID 2022-03 0.381",
    ),
}


def draft_of(name: str, content: bytes, sheets: list[Sheet], catalogue: Catalogue) -> str:
    """Return the block that `inspect` drafts for a file, empty where it finds no table."""
    text = "\n".join(inspect(name, extension(content), sheets, catalogue, TODAY))
    return text[text.index("  - id: ") :] if "  - id: " in text else ""


def edited(draft: str, edits: Edits) -> str | None:
    """Apply the edits that the draft leaves to make; None where there are more than three, or blanks stay."""
    needed = [each for each in edits if each[0] in draft]
    for word, by in needed:
        draft = draft.replace(word, by)
    blank = re.search("ISI_[A-Z]+", re.sub("#.*", "", draft))
    return draft if draft and len(needed) <= MOST_EDITS and not blank else None


def run(draft: str, sheets: list[Sheet], catalogue: Catalogue) -> Truth:
    """Run a block as a delivery and return what it accepts, nothing where it cannot run."""
    try:
        [block] = yaml.safe_load(f"feeds:\n{draft}")["feeds"]
        accepted = refine(sheets, Feed.model_validate(block), catalogue, TODAY).accepted.astype(object)
    except (LayoutError, ValidationError, yaml.YAMLError):
        return frozenset()
    return frozenset(
        (str(each["indicator"]), str(each["region"]), str(each["period"]), Decimal(str(each["value"])))
        for each in accepted.to_dict("records")
    )


def outcome(name: str, content: bytes, edits: Edits, truth: Truth, catalogue: Catalogue) -> str:
    """Tell what became of a file: right, refused, wrong, or that its draft needs more edits."""
    sheets = list(read_bytes(content))
    draft = edited(draft_of(name, content, sheets, catalogue), edits)
    if draft is None:
        return "more than three edits"
    taken = run(draft, sheets, catalogue)
    if taken - truth:
        return "wrong"
    return "right" if taken == truth else "refused"


def edits_of(made: MadeSheet) -> Edits:
    """List what a steward writes into the draft of a made sheet: what it is, its unit, its series, its decimal mark."""
    subject = made.subject
    series = f", series: {subject.series}" if subject.series else ""
    asked = (("ISI_DESIMAL", made.decimal), ("ISI_SERI", subject.series or ""))
    return (("ISI_INDIKATOR", f"{subject.id}{series}"), ("ISI_SATUAN", subject.unit), *asked)


def generated(seed: int, catalogue: Catalogue) -> tuple[str, str]:
    """Return the trap of a generated sheet and what became of it; a survey's year stands in its month."""
    made, _, content = make(seed)
    sheets = list(read_bytes(content))
    draft = edited(draft_of("kiriman.xlsx", content, sheets, catalogue), edits_of(made))
    if draft is None:
        return made.trap, "more than three edits"
    taken = {(one, region, period[:4], value) for one, region, period, value in run(draft, sheets, catalogue)}
    values = made.values if made.trap == "unit" else made.truth  # the draft takes the unit that the title prints
    scale = Decimal(1) if made.trap != "unit" else SCALES[made.subject.unit]
    truth = {(*key, value * scale) for key, value in values.items()}
    return made.trap, "wrong" if taken - truth else "right" if taken == truth else "refused"


def main() -> int:
    """Draft, edit, run, count and print; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sheets", type=int, default=1_000)
    options = parser.parse_args()
    catalogue = load_catalogue(ROOT, CONNECTORS)
    counts = Counter[tuple[str, str]]()
    for name, (edits, truth) in FILES.items():
        became = outcome(name, (FIELD / name).read_bytes(), edits, told(truth), catalogue)
        counts["field", became] += 1
        print(f"{name}: {became}")
    for seed in range(options.sheets):
        trap, became = generated(seed, catalogue)
        counts[trap, became] += 1
        if became == "wrong":
            print(f"{seed} {trap}: wrong")
    for (trap, became), count in sorted(counts.items()):
        print(f"{trap:15} {became:22} {count}")
    return 1 if any(became == "wrong" for _, became in counts) else 0


if __name__ == "__main__":
    sys.exit(main())
