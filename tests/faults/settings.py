"""The house's settings, with a schedule that has much to do and pages whose files need not be collected."""

from gongkai.config.settings import *
from gongkai.config.settings import INSTALLED_APPS, SILENCED_SYSTEM_CHECKS, STORAGES

INSTALLED_APPS = [*INSTALLED_APPS, "tests.faults.apps.FaultsConfig"]
# The sixth field of a cron line counts seconds: a minute's slots pass in a second.
SCHEDULE = [
    ("probe", "* * * * * *", "tests.faults.tasks.probe"),
    ("keep-letters", "* * * * * */10", "tests.faults.tasks.keep_letters"),
    ("deliver-notices", "* * * * * */2", "gongkai.notifications.tasks.deliver_due"),
    ("release-scheduled-items", "* * * * * */3", "gongkai.catalogue.tasks.release_scheduled"),
    ("dispose-of-old-cases", "* * * * * */4", "gongkai.applications.tasks.dispose"),
    ("sweep-clocks", "* * * * * */5", "gongkai.deadlines.tasks.sweep_clocks"),
]
SILENCED_SYSTEM_CHECKS = [*SILENCED_SYSTEM_CHECKS, "jobs.E001"]  # five fields
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
