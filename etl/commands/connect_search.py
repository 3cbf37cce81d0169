"""What a source has to offer, searched by words: the variables of BPS, the resources of a CKAN portal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from etl.commands.connect_answers import ask
from etl.commands.context import UsageError

if TYPE_CHECKING:
    from etl.catalogue.feeds import Feed
    from etl.connectors.base import Reach
    from etl.connectors.bps.variables import BpsVariable
    from etl.connectors.portal.ckan_actions import CkanResource

SHOWN = 40
ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def choose_variable(feed: Feed, reach: Reach) -> int:
    """Let the steward search the variables of BPS by words and choose one; raises UsageError in BPS's words."""
    from etl.connectors.bps.variables import number_in

    domain, variables = _variables(feed, reach)
    known = {each.number for each in variables}
    while True:
        words = ask(f"{len(variables)} variabel di domain {domain}. Kata pencarian, nomor, atau alamat tabelnya: ")
        number = number_in(words)
        if number is not None and number in known:
            return number
        if number is None:
            _show_named(variables, words)
        else:
            print(f"Nomor {number} tidak ada di domain {domain}. Ketik nomor lain, atau kata.")


def _variables(feed: Feed, reach: Reach) -> tuple[str, list[BpsVariable]]:
    """Return the domain of a feed of BPS and all its variables."""
    from etl.connectors.base import FetchError, UnreadableError
    from etl.connectors.bps.variables import list_variables
    from etl.connectors.bps_webapi import CONNECTOR, BpsWebapi
    from etl.connectors.web.address import redact
    from etl.connectors.web.http import open_web
    from etl.connectors.web.network import declared_way

    wanted = BpsWebapi.model_validate(feed.configuration)
    key = reach.environ.get(wanted.key, "")
    print("Membaca daftar variabel; untuk domain besar sekitar satu menit …")
    try:
        way = declared_way(wanted, reach)
        with open_web(wanted.base, secrets=[key], limits=CONNECTOR.limits, pace=CONNECTOR.pace, way=way) as web:
            return wanted.domain, list_variables(web, wanted.base, wanted.domain, key, wanted.key)
    except (FetchError, UnreadableError) as error:
        raise UsageError(redact(str(error), [key])) from None


def _show_named(variables: list[BpsVariable], words: str) -> None:
    from etl.connectors.bps.variables import named

    found = named(variables, words)
    for each in found[:SHOWN]:
        print(f"  {each.number:>6}  {each.title} ({each.unit or 'tanpa satuan'}; {each.subject})")
    more = f", {SHOWN} pertama tampil" if len(found) > SHOWN else ""
    if found:
        print(f"{len(found)} variabel memuat “{words}”{more}. Ketik nomornya, atau kata lain.")
    else:
        print(f"Tidak ada variabel yang memuat “{words}”. Ketik kata lain.")


def choose_resource(feed: Feed, reach: Reach) -> str:
    """Let the steward search a CKAN portal by words and choose a resource; raises UsageError in the portal's words."""
    while True:
        words = ask("Kata pencarian, atau id sumber daya: ")
        if ID.fullmatch(words):
            return words
        found = _resources(feed, reach, words)
        if words in {each.id for each in found}:
            return words
        for each in found[:SHOWN]:
            print(f"  {each.id}  {each.dataset} › {each.name} ({each.form})")
        print(f"{len(found)} sumber daya memuat “{words}”. Ketik idnya, atau kata lain.")


def _resources(feed: Feed, reach: Reach, words: str) -> list[CkanResource]:
    from etl.connectors.base import FetchError
    from etl.connectors.ckan import CONNECTOR

    try:
        return CONNECTOR.search(feed, reach, words)
    except FetchError as error:
        raise UsageError(str(error)) from None
