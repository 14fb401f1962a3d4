"""The settings the tests run under: those of the house, in test mode, in a folder that is gone afterwards."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_FOLDER = tempfile.mkdtemp(prefix="gongkai-test-")
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)
os.environ["GONGKAI_ENV"] = "test"
os.environ["GONGKAI_DATA_DIR"] = _FOLDER

from gongkai.config.settings import *
from gongkai.config.settings import DATABASES

# A real file: SQLite in memory locks whole tables between threads, which the running program never sees.
DATABASES["default"]["TEST"] = (
    {"NAME": str(Path(_FOLDER) / "test.sqlite3")} if ("sqlite3" in DATABASES["default"]["ENGINE"]) else {}
)
# A test that decides something says so itself; the others do not ask.
HOUSE_RULES_EVERY = 0
# Nobody guesses at the passwords of tests; a slow digest would only slow them down.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
