"""The settings the tests run under: those of the house, in test mode."""

import os

os.environ["GONGKAI_ENV"] = "test"

from gongkai.config.settings import *  # noqa: E402, F403 - the same settings, after the mode is set
