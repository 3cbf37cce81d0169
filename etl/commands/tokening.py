"""The command that hands out tokens of feeds that are pushed."""

from __future__ import annotations

import argparse

from etl.commands.context import DONE, Command, CommandContext, feed_named


def token(context: CommandContext) -> int:
    """Buat, perbarui atau cabut token kiriman yang didorong lewat API."""
    from etl.jobs.push_access import hand_out, take_back

    feed = feed_named(context.catalogue(), context.arguments.feed)
    engine = context.warehouse()
    if context.arguments.revoke:
        had = take_back(engine, feed)
        print(f"Token {feed.id} dicabut." if had else f"{feed.id} tidak punya token.")
        return DONE
    print(hand_out(engine, feed, context.clock()))
    print(
        f"Token {feed.id}, hanya tampil sekali; token lama tidak berlaku lagi. Kirim ke POST /api/v1/feeds/{feed.id} "
        "dengan Authorization: Bearer TOKEN dan Idempotency-Key."
    )
    return DONE


def _declare_token(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("feed", metavar="KIRIMAN", help="id kiriman pada indicators.yaml")
    parser.add_argument("--revoke", action="store_true", help="cabut tokennya")


COMMANDS = {"token": Command(token, _declare_token)}
