"""Serve the dashboard on the loopback: python -m dashboard."""

from __future__ import annotations

import os
import socket
import sys

from dashboard.settings import CHECKOUT, from_environment


def command() -> list[str]:
    """Return the gunicorn command line for the settings of the environment."""
    settings = from_environment(os.environ)
    return [
        sys.executable,
        *("-m", "gunicorn", "dashboard.wsgi:application"),
        *("--bind", f"127.0.0.1:{settings.port}"),
        *("--workers", str(settings.workers)),
        *("--worker-class", "gthread", "--threads", str(settings.threads)),
        *("--timeout", "60", "--graceful-timeout", "10", "--keep-alive", "5", "--no-control-socket"),
        *("--chdir", str(CHECKOUT)),
    ]


def refuse_taken(port: int) -> None:
    """Raise ValueError where another program already listens on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise ValueError(f"Port {port} sedang dipakai program lain. Pilih yang lain: PORT=8051 make run") from None


def main() -> None:
    """Replace this process by the web server. A wrong setting is one sentence and exit code 2."""
    try:
        line = command()
        refuse_taken(from_environment(os.environ).port)
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)
    os.execv(line[0], line)  # noqa: S606  a fixed argument list, no shell


if __name__ == "__main__":
    main()
