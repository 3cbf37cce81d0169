"""What the web server imports in each worker: the application, warm."""

from __future__ import annotations

import os

from dashboard.app import create_app
from dashboard.data import open_read_only
from dashboard.settings import from_environment
from dashboard.warmup import warm

settings = from_environment(os.environ)
app = create_app(settings, open_read_only(settings.database_url))
application = app.server
warm(app)
