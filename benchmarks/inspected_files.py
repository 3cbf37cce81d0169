"""Draft a feed for each file with `inspect`, edit it as a steward who knows the truth would, run it, count what came.

python -m benchmarks.inspected_files                    the samples and 1,000 generated sheets
python -m benchmarks.inspected_files --sheets 100       fewer

Right: all figures and no other, or a sentence that says how, where no draft can read the file. Refused: nothing wrong
came in, but not all was read with three edits. Wrong: a value came in that is not true. One edit fills all placeholders
of one name, changes one word or line, or takes out entries that stand together. Exits with 1 where one is wrong.
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

from benchmarks.inspected_truths import FILES, Edits, Truth, told
from benchmarks.made_sheets import MadeSheet, make
from etl.catalogue.feeds import Feed
from etl.catalogue.load import load_catalogue
from etl.catalogue.models import Catalogue
from etl.connectors.base import UnreadableError
from etl.connectors.formats.kinds import extension, read_bytes
from etl.jobs.connector_registry import CONNECTORS
from etl.pipeline.inspection.look import inspect
from etl.pipeline.layout.table_header import LayoutError
from etl.pipeline.refine import refine
from etl.sheets.sheet import Sheet

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "tests" / "samples"
TODAY = dt.date(2026, 11, 22)
MOST_EDITS = 3
THOUSAND = Decimal(1000)
SCALES = {
    "jiwa": THOUSAND,
    "orang": THOUSAND,
    "kunjungan": THOUSAND,
    "miliar Rp": 1 / THOUSAND,
    "juta US$": 1 / THOUSAND,
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
    try:
        sheets = list(read_bytes(content))
    except UnreadableError as error:
        return "right" if not truth and "misalnya rows:" in str(error) else "refused"
    draft = edited(draft_of(Path(name).name, content, sheets, catalogue), edits)
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
        became = outcome(name, (SAMPLES / name).read_bytes(), edits, told(truth), catalogue)
        counts[name.split("/")[0], became] += 1
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
