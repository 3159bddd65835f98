"""Settings under which the tests run: the real ones, on a data folder of this run alone.

The database is SQLite in that folder, or the server that DATABASE_URL names (`python -m tests.postgres` brings
one). Nothing else of the developer's environment reaches the tests.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

OURS = ("FOLKMOOT_", "HOST", "PORT", "SMTP_URL", "REDIS_URL")
for _name in [name for name in os.environ if name.startswith(OURS) and not name.startswith("FOLKMOOT_TESTS_")]:
    del os.environ[_name]

FOLDER = Path(tempfile.mkdtemp(prefix="folkmoot-tests-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
os.environ["FOLKMOOT_DATA"] = str(FOLDER)
os.environ["FOLKMOOT_SAMPLE"] = "0"

from folkmoot.config.settings import *  # noqa: E402, F403
from folkmoot.config.settings import ALLOWED_HOSTS, DATABASES, STORAGES  # noqa: E402, F401

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, since races need connections of their own; it need not survive a power cut.
    DATABASES["default"]["TEST"] = {"NAME": str(FOLDER / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"] = DATABASES["default"]["OPTIONS"] | {
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA busy_timeout=20000;"
    }
else:
    # Connections of finished threads would keep the test database from being dropped.
    DATABASES["default"]["CONN_MAX_AGE"] = 0

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STATIC_ROOT = FOLDER / "static"
STATIC_ROOT.mkdir()
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# Static files straight from the rooms, without collecting them.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
