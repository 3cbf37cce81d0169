"""The command that hands out tokens of feeds that are pushed."""

from __future__ import annotations

import argparse

from etl.catalogue.push import takes_pushes
from etl.commands.context import DONE, Command, Context, UsageError, feed_named
from etl.warehouse.write import make_token, revoke_token


def token(context: Context) -> int:
    """Buat, perbarui atau cabut token kiriman yang didorong lewat API."""
    feed = feed_named(context.catalogue(), context.arguments.feed)
    engine = context.warehouse()
    if context.arguments.revoke:
        had = revoke_token(engine, feed.id)
        print(f"Token {feed.id} dicabut." if had else f"{feed.id} tidak punya token.")
        return DONE
    if not takes_pushes(feed):
        raise UsageError(
            f"Kiriman {feed.id} tidak menerima dorongan: path-nya harus berkas di data/inbox/{feed.id}/, "
            f"misalnya data/inbox/{feed.id}/*."
        )
    print(make_token(engine, feed.id, context.clock()))
    print(
        f"Token {feed.id}, hanya tampil sekali; token lama tidak berlaku lagi. Kirim ke POST /api/v1/feeds/{feed.id} "
        "dengan Authorization: Bearer TOKEN dan Idempotency-Key."
    )
    return DONE


def _declare_token(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("feed", metavar="KIRIMAN", help="id kiriman pada indicators.yaml")
    parser.add_argument("--revoke", action="store_true", help="cabut tokennya")


COMMANDS = {"token": Command(token, _declare_token)}
