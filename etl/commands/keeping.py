"""Commands on the catalogue and the warehouse as a whole: check, migrate, verify."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.commands.context import DONE, FAILED, Command, CommandContext

if TYPE_CHECKING:
    from etl.catalogue.models import Catalogue


def check(context: CommandContext) -> int:
    """Periksa indicators.yaml dan berkas data; semua kesalahan sekaligus."""
    catalogue = context.catalogue()
    counts = f"{len(catalogue.indicators)} indikator, {len(catalogue.feeds)} kiriman, {len(catalogue.regions)} wilayah"
    print(f"Katalog baik: {counts}.")
    for name in targets_without_plan(catalogue):
        print(f"Perhatikan: {name} berisi target tanpa dokumen rencana; targetnya tidak dipakai. Tulis plan.")
    return DONE


def targets_without_plan(catalogue: Catalogue) -> list[str]:
    """Name the feeds and collected names that declare targets of no planning document."""
    feeds = [
        f"kiriman {each.id}"
        for each in catalogue.feeds
        if each.defaults.get("kind") == "target" and not ("plan" in each.defaults or "plan" in each.columns)
    ]
    names = catalogue.published.names.items()
    return feeds + [f"nama {name}" for name, rule in names if rule.kind == "target" and not rule.plan]


def bring_current(context: CommandContext) -> int:
    """Buat atau perbarui tabel gudang data."""
    from etl.warehouse.engine import open_engine
    from etl.warehouse.migration import migrate

    migrate(open_engine(context.settings.database_url))
    print("Gudang data siap.")
    return DONE


def verify_seals(context: CommandContext) -> int:
    """Periksa ulang semua versi data; sebutkan pemuatan data yang isinya diubah."""
    from etl.warehouse.verify import verify

    faults = verify(context.warehouse())
    print("\n".join(each.sentence for each in faults) if faults else "Gudang data utuh: semua versi data cocok.")
    return FAILED if faults else DONE


COMMANDS = {"check": Command(check), "migrate": Command(bring_current), "verify": Command(verify_seals)}
