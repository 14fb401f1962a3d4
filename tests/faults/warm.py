"""What the programs of the house import, imported once: a program forked from here is at work in no time.

Preloaded by the fork server of tests/faults/programs.py. Nothing here opens the database.
"""

import django
import granian.cli
import granian.server
from django.urls import get_resolver

django.setup()
LOADED = (granian.cli, granian.server, get_resolver().url_patterns)
