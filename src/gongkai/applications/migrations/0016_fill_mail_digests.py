"""Applications that came in before are found by the address they were made with too."""

from typing import Any

from django.db import migrations

from gongkai.privacy.digests import blind

BATCH = 500


def fill(apps: Any, schema_editor: Any) -> None:
    application = apps.get_model("applications", "Application")
    last = 0
    while batch := list(application.objects.filter(pk__gt=last, email_digest="").order_by("pk").only("email")[:BATCH]):
        last = batch[-1].pk
        told = [row for row in batch if row.email]
        for row in told:
            row.email_digest = blind(row.email)
        application.objects.bulk_update(told, ["email_digest"])


class Migration(migrations.Migration):

    dependencies = [
        ("applications", "0015_mail_links"),
        ("privacy", "0001_initial"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
