"""Is a session still good, and is the person ready to work? Asked before every page that is not public."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.accounts import selectors as accounts
from gongkai.accounts.enums import Role
from gongkai.accounts.models_of import SEEN, STARTED
from gongkai.accounts.rules.sessions import is_over, worth_noting
from gongkai.accounts.services import kept, sessions

KEPT_COOKIE = "gongkai_kept"
