"""The client's own deadline: a server that falls silent stops no query by itself."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread

from etl.connectors.base import FetchError


def within(seconds: float, variable: str, work: Callable[[], bytes]) -> bytes:
    """Return what `work` gives within the time, or raise what it raises; raises FetchError where it takes longer.

    Work that hangs is left behind: it ends with the process of the run.
    """
    ended: list[bytes | Exception] = []

    def run() -> None:
        try:
            ended.append(work())
        except Exception as error:  # noqa: BLE001 - raised again by the caller
            ended.append(error)

    thread = Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if not ended:
        raise FetchError(
            f"Basis data pada {variable} tidak menjawab dalam {seconds:.0f} detik. Tidak ada yang dimuat; periksa "
            "servernya, lalu coba lagi."
        )
    if isinstance(ended[0], Exception):
        raise ended[0]
    return ended[0]
