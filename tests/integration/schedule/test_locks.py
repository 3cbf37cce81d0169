"""Locks: one holder at a time, freed by any death, and a lost one is noticed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading

import pytest
from sqlalchemy import Engine, create_engine, text

from etl.jobs.locks import LockedError, feed_lock, scheduler_lock
from tests.integration.schedule.town import ROOT, wait_for

HOLD = """
import sys, time
from etl.jobs.locks import feed_lock
from etl.warehouse.engine import open_engine
with feed_lock(open_engine(sys.argv[1]), "a", 0):
    print("held", flush=True)
    time.sleep(60)
"""


def is_free(engine: Engine, feed: str = "a") -> bool:
    try:
        with feed_lock(engine, feed, 0):
            return True
    except LockedError:
        return False


def test_a_feed_has_one_loader_at_a_time_and_others_are_told(engine: Engine) -> None:
    with feed_lock(engine, "a", 0):
        with pytest.raises(LockedError, match="Kiriman a masih diterima oleh proses lain"), feed_lock(engine, "a", 0.2):
            pytest.fail("two hold one lock")
        assert is_free(engine, "b")
    assert is_free(engine)


def test_who_waits_says_so_and_gets_the_lock_when_it_is_free(engine: Engine, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    got = threading.Event()

    def wait_and_get() -> None:
        with feed_lock(engine, "a", 30):
            got.set()

    waiter = threading.Thread(target=wait_and_get)
    with feed_lock(engine, "a", 0):
        waiter.start()
        wait_for(lambda: "feed-a sedang dipakai proses lain; menunggu" in caplog.text)
        assert not got.wait(0.3)
    assert got.wait(30)
    waiter.join()
    assert caplog.text.count("menunggu") == 1


def test_a_lock_dies_with_its_holder(engine: Engine) -> None:
    url = engine.url.render_as_string(hide_password=False)
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = ["setpriv", "--pdeathsig", "KILL", sys.executable, "-c", HOLD, url]  # it ends with the tests
    holder = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environ)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    assert not is_free(engine)
    holder.send_signal(signal.SIGKILL)
    holder.communicate()
    wait_for(lambda: is_free(engine), 5)


def test_there_is_one_place_for_a_scheduler(engine: Engine) -> None:
    lock = scheduler_lock(engine)
    assert lock is not None
    assert lock.is_held()
    assert scheduler_lock(engine) is None
    lock.release()
    assert not lock.is_held()
    other = scheduler_lock(engine)
    assert other is not None
    other.release()


@pytest.fixture
def postgres(postgres_url: str) -> Engine:
    return create_engine(postgres_url, isolation_level="AUTOCOMMIT")


def test_a_session_that_ended_has_lost_its_lock_for_good(postgres: Engine) -> None:
    lock = scheduler_lock(postgres)
    assert lock is not None
    with postgres.connect() as connection:
        ends = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted"
        connection.execute(text(ends))
    assert not lock.is_held()
    assert not lock.is_held()
    lock.release()
    other = scheduler_lock(postgres)
    assert other is not None
    other.release()
    postgres.dispose()


def test_a_warehouse_in_memory_cannot_be_locked() -> None:
    with pytest.raises(ValueError, match="di memori"):
        scheduler_lock(create_engine("sqlite://"))
