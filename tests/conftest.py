"""Settings that all tests share."""

from __future__ import annotations

from hypothesis import settings

# Machines that run the tests are shared and slow at times: no example is judged by its duration.
settings.register_profile("pantau", deadline=None, print_blob=True)
settings.load_profile("pantau")
