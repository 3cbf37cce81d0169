"""Serve the dashboard on the loopback: python -m dashboard."""

from __future__ import annotations

import os
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


def main() -> None:
    """Replace this process by the web server. A wrong setting is one sentence and exit code 2."""
    try:
        line = command()
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)
    os.execv(line[0], line)  # noqa: S606  a fixed argument list, no shell


if __name__ == "__main__":
    main()
