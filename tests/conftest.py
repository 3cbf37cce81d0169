"""Settings that all tests share."""

from __future__ import annotations

from hypothesis import settings

# Machines that run the tests are shared and slow at times: no example is judged by its duration.
# What is tried is the same every day: a landing must not hang on the dice. Look for more by hand, with other seeds:
# pytest tests/property --hypothesis-profile=search
settings.register_profile("pantau", deadline=None, print_blob=True, derandomize=True)
settings.register_profile("search", deadline=None, print_blob=True)
settings.load_profile("pantau")
