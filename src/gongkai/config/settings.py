"""Django's settings, for every way of running; what differs between them comes from the environment."""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from gongkai.config.environment import Mode, go_by_the_law, make_folder, read

CONFIGURATION = read()
go_by_the_law(os.environ)
PACKAGE = Path(__file__).resolve().parent.parent
DATA_DIR = CONFIGURATION.data_dir
make_folder(DATA_DIR)

# --- What the house is made of -------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "gongkai.config",
    "gongkai.portal",
    "gongkai.workbench",
    "gongkai.backups",
    "gongkai.reports",
    "gongkai.search",
    "gongkai.assistant",
    "gongkai.disputes",
    "gongkai.channels",
    "gongkai.clients",
    "gongkai.promotions",
    "gongkai.gazette",
    "gongkai.applications",
    "gongkai.standards",
    "gongkai.catalogue",
    "gongkai.deadlines",
    "gongkai.notifications",
    "gongkai.seals",
    "gongkai.readership",
    "gongkai.files",
    "gongkai.workflow",
    "gongkai.accounts",
    "gongkai.organisations",
    "gongkai.audit",
    "gongkai.tries",
    "gongkai.house_rules",
    "gongkai.privacy",
    "gongkai.ui",
    "gongkai.jobs",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.idp.oidc",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "gongkai.config.middleware.RequestIdMiddleware",
    "gongkai.config.middleware.PermissionsPolicyMiddleware",
    "gongkai.config.middleware.ReadersChoiceMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "gongkai.config.middleware.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "gongkai.accounts.middleware.StandingMiddleware",
    "gongkai.house_rules.middleware.HouseRulesMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "gongkai.config.access.AccessMiddleware",
    "gongkai.readership.middleware.ReadershipMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "gongkai.config.urls"
WSGI_APPLICATION = "gongkai.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

# --- Data ----------------------------------------------------------------------------------------------------------
DATABASES = {"default": CONFIGURATION.database}
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MEDIA_ROOT = DATA_DIR / "files"
SMTP_URL = CONFIGURATION.ways_out["SMTP_URL"]  # ways out of notices; see gongkai.notifications.providers
MAIL_FROM = CONFIGURATION.ways_out["MAIL_FROM"]
SMS_URL = CONFIGURATION.ways_out["SMS_URL"]
SMS_KEY = CONFIGURATION.ways_out["SMS_KEY"]
SMS_QUIET = CONFIGURATION.ways_out["SMS_QUIET"]
DRAFT_DAYS = CONFIGURATION.draft_days
CLAMD = CONFIGURATION.clamd  # virus scanner of uploads; see gongkai.files.scanning
HOUSE_RULES_EVERY = 5  # seconds after which each process asks anew what this house has decided
TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend"
        if CONFIGURATION.mode is Mode.TEST
        else "django_tasks_db.DatabaseBackend"
    }
}
# Scheduled work: (name, cron line in Asia/Shanghai, dotted path of a task). Read by `gongkai manage run_schedule`.
SCHEDULE: list[tuple[str, str, str]] = [
    ("deliver-notices", "* * * * *", "gongkai.notifications.tasks.deliver_due"),
    ("scan-waiting-files", "* * * * *", "gongkai.files.tasks.scan_waiting"),
    ("make-previews", "* * * * *", "gongkai.files.tasks.make_previews"),
    ("sweep-files", "50 3 * * *", "gongkai.files.tasks.sweep"),
    ("keep-letters", "* * * * *", "gongkai.applications.tasks.keep_letters"),
    ("seal-letters", "* * * * *", "gongkai.applications.tasks.seal_signed"),
    ("end-consultations", "10 0 * * *", "gongkai.applications.tasks.end_consultations"),
    ("start-clocks", "5 0 * * *", "gongkai.applications.tasks.catch_up"),
    ("drop-drafts", "30 2 * * *", "gongkai.applications.tasks.drop_drafts"),
    ("forget-proposals", "25 2 * * *", "gongkai.assistant.tasks.forget_old"),
    ("drop-mail-links", "35 2 * * *", "gongkai.applications.tasks.drop_links"),
    ("dispose-of-old-cases", "*/5 * * * *", "gongkai.applications.tasks.dispose"),
    ("tell-of-retention", "0 9 2 1 *", "gongkai.applications.tasks.tell_of_retention"),
    ("tidy-schedule", "50 2 * * *", "gongkai.jobs.tasks.tidy"),
    ("sweep-clocks", "5 * * * *", "gongkai.deadlines.tasks.sweep_clocks"),
    ("ask-for-next-calendar", "30 8 * * *", "gongkai.deadlines.tasks.ask_for_next_calendar"),
    ("deliver-webhooks", "* * * * *", "gongkai.clients.tasks.deliver_told"),
    ("deliver-releases", "* * * * *", "gongkai.channels.tasks.deliver"),
    ("tidy-clients", "45 * * * *", "gongkai.clients.tasks.tidy_clients"),
    ("tidy-accounts", "40 2 * * *", "gongkai.accounts.tasks.tidy_accounts"),
    ("release-scheduled-items", "* * * * *", "gongkai.catalogue.tasks.release_scheduled"),
    ("read-attachments", "* * * * *", "gongkai.catalogue.tasks.read_attachments"),
    ("sweep-validity", "5 0 * * *", "gongkai.catalogue.tasks.sweep_validity"),
    ("remind-of-terms", "30 8 * * *", "gongkai.catalogue.tasks.remind"),
    ("sweep-standard-catalogues", "15 0 * * *", "gongkai.standards.tasks.sweep_catalogues"),
    ("forget-rare-search-terms", "20 2 * * *", "gongkai.readership.tasks.forget_rare_terms"),
    ("recheck-annual-reports", "20 3 * * *", "gongkai.reports.tasks.recheck_shelf"),
]

# Commands that load the sample data, in order; each may be run again.
DEMO: list[tuple[str, ...]] = [
    ("calendar", "import"),
    ("organs", "import"),
    ("seals", "init"),
    ("people", "demo"),
    ("catalogue", "demo"),
    ("standards", "demo"),
    ("gazette", "demo"),
    ("channels", "demo"),
    ("reports", "load"),
    ("applications", "demo"),
]

# --- Words and times -----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

if CONFIGURATION.site_file:
    GONGKAI_SITE_FILE = CONFIGURATION.site_file  # whose portal this is, when it is not Hongkou's

# --- Files of the pages --------------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
_TESTING = CONFIGURATION.mode is Mode.TEST or CONFIGURATION.debug
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "files": {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": CONFIGURATION.files_s3}
    if CONFIGURATION.files_s3
    else {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA_DIR / "files"}},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if _TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = _TESTING
WHITENOISE_AUTOREFRESH = _TESTING

# --- Safety --------------------------------------------------------------------------------------------------------
PRODUCTION = CONFIGURATION.mode is Mode.PRODUCTION
DEBUG = CONFIGURATION.debug
SECRET_KEY = CONFIGURATION.secret_key
FIELD_KEYS = CONFIGURATION.field_keys  # of personal data; see gongkai.privacy.keys
FIELD_KEYS_FILE = CONFIGURATION.field_keys_file
ALLOWED_HOSTS = CONFIGURATION.allowed_hosts
SECURE_SSL_REDIRECT = CONFIGURATION.https
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # probes inside the cluster speak plain HTTP
SECURE_HSTS_SECONDS = CONFIGURATION.hsts_seconds if CONFIGURATION.https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = CONFIGURATION.https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if CONFIGURATION.trust_proxy else None
TRUST_PROXY = CONFIGURATION.trust_proxy
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_COOKIE_SECURE = CONFIGURATION.https
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-gongkai_csrf" if CONFIGURATION.https else "gongkai_csrf"
SESSION_COOKIE_NAME = "__Host-gongkai_session" if CONFIGURATION.https else "gongkai_session"
SESSION_COOKIE_SECURE = CONFIGURATION.https
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
LANGUAGE_COOKIE_SECURE = CONFIGURATION.https
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
SILENCED_SYSTEM_CHECKS = [
    "security.W021",  # entering the browsers' preload list is a decision of the domain's owner, not of this program
]
# --- Seals --------------------------------------------------------------------------------------------------------
SEALS = CONFIGURATION.seals  # see gongkai.seals.signing
PUBLIC_URL = CONFIGURATION.public_url

# --- The language model -------------------------------------------------------------------------------------------
ASSISTANT = CONFIGURATION.assistant  # None: there is none; see gongkai.assistant
ASSISTANT_DAYS = CONFIGURATION.assistant_days

# --- Search -------------------------------------------------------------------------------------------------------
SEARCH_DIR = CONFIGURATION.searching.folder  # see gongkai.search.engines
SEARCH_URL = CONFIGURATION.searching.url
SEARCH_INDEX = CONFIGURATION.searching.index
SEARCH_PER_MINUTE = CONFIGURATION.searching.per_minute

# --- Signing in ----------------------------------------------------------------------------------------------------
SIGN_IN = CONFIGURATION.sign_in
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "workbench:home"
SESSION_COOKIE_AGE = int(SIGN_IN.limits.longest.total_seconds()) * 2  # who it was is still known when it has run out
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": SIGN_IN.password_length}},
    {
        "NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "name", "email"]},
    },
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
    {"NAME": "gongkai.accounts.validators.NotUsedBeforeValidator"},
]
ACCOUNT_ADAPTER = "gongkai.workbench.signin.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "gongkai.workbench.signin.forms.SignInForm",
    "reauthenticate": "gongkai.workbench.signin.forms.AgainForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = False  # tries are counted in the database, by gongkai.accounts
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300  # seconds
MFA_ADAPTER = "gongkai.workbench.signin.adapters.FactorAdapter"
MFA_FORMS = {
    "authenticate": "gongkai.workbench.signin.forms.FactorForm",
    "reauthenticate": "gongkai.workbench.signin.forms.FactorAgainForm",
    "activate_totp": "gongkai.workbench.signin.forms.ActivateFactorForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1  # a clock may be half a minute off
SOCIALACCOUNT_ADAPTER = "gongkai.workbench.signin.adapters.SingleSignOnAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "sso",
                "name": SIGN_IN.provider.label,
                "client_id": SIGN_IN.provider.client_id,
                "secret": SIGN_IN.provider.secret,
                "settings": {"server_url": SIGN_IN.provider.url},
            }
        ]
        if SIGN_IN.provider
        else [],
    }
}

# --- Programs that come in -----------------------------------------------------------------------------------------
IDP_OIDC_ACCESS_TOKEN_EXPIRES_IN = 3600  # seconds; of the OAuth server only the token endpoint has an address

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # Bootstrap's stylesheet carries its small pictures as data
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *([SIGN_IN.provider.origin] if SIGN_IN.provider else [])],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

METRICS_TOKEN = CONFIGURATION.metrics_token  # see gongkai.config.metrics

# --- Logs ----------------------------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"format": "{asctime} {levelname} {name} {request_id} {message}", "style": "{"},
        "json": {"()": "gongkai.privacy.logs.JsonFormatter"},
    },
    "filters": {"masking": {"()": "gongkai.privacy.logs.MaskingFilter"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": CONFIGURATION.log_format,
            "filters": ["masking"],
        }
    },
    "root": {"handlers": ["console"], "level": CONFIGURATION.log_level},
    "loggers": {
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},  # anyone can send any host: no news
        "weasyprint": {"level": "ERROR"},  # it tells each step of each paper
        "fontTools": {"level": "ERROR"},
        "opensearch": {"level": "ERROR"},  # it tells each try that fails at length; our own words say it once
        "pyhanko": {"level": "CRITICAL"},  # it tells at length of each file that does not hold; the answer says it
        "django": {"handlers": [], "level": CONFIGURATION.log_level, "propagate": True},
    },
}
