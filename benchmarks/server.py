"""A private PostgreSQL cluster in a temporary folder that syncs nothing to the disk."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine

# Whatever ends the process that wants the server, kill -9 too, closes the pipe that this waits on.
GUARD = 'read -r _; "$1" -D "$0/data" stop -m immediate; rm -rf "$0"'


@contextmanager
def postgres_server() -> Iterator[str]:
    """Run a cluster, reached by a socket in its own folder; give the address up to the database's name.

    It ends with its block, and with this process. PostgreSQL refuses to run as root, so root hands the folder to the
    user postgres.
    """
    root = os.geteuid() == 0
    account = "postgres" if root else pwd.getpwuid(os.geteuid()).pw_name
    folder = Path(tempfile.mkdtemp(prefix="pantau-"))

    as_account: dict[str, Any] = {"user": account if root else None, "cwd": "/", "stdout": subprocess.DEVNULL}

    def run(program: str, *arguments: str) -> None:
        command = [str(_program(program)), "-D", str(folder / "data"), *arguments]
        subprocess.run(command, check=True, **as_account)

    if root:
        shutil.chown(folder, account, account)
    command = ["sh", "-c", GUARD, str(folder), str(_program("pg_ctl"))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True, **as_account):
        run("initdb", "--auth=trust", "--username=pantau", "--encoding=UTF8", "--locale=C", "--no-sync")
        options = f"-k {folder} -c listen_addresses='' -c fsync=off -c max_wal_size=4GB"
        run("pg_ctl", "start", "-w", "-l", str(folder / "log"), "-o", options)
        yield f"postgresql+psycopg://pantau@/%s?host={folder}"


def create_database(server: str, name: str) -> str:
    """Make an empty database; return its address."""
    engine = create_engine(server % "postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    return server % name


def _program(name: str) -> Path:
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    found = installed[-1] if installed else shutil.which(name)
    if not found:
        raise SystemExit(f"{name} of PostgreSQL is not installed; run: sudo apt-get install postgresql-15")
    return Path(found).resolve()
