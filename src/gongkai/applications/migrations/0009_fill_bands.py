"""Applications that came in before are found as alike too."""

from typing import Any

from django.db import migrations

from gongkai.applications.rules.likeness import bands

BATCH = 500


def fill(apps: Any, schema_editor: Any) -> None:
    application, band = apps.get_model("applications", "Application"), apps.get_model("applications", "Band")
    made = []
    for pk, text in application.objects.order_by("pk").values_list("pk", "description").iterator():
        made += [band(application_id=pk, place=place, value=value) for place, value in enumerate(bands(text))]
        if len(made) > BATCH * 16:
            band.objects.bulk_create(made)
            made = []
    band.objects.bulk_create(made)


class Migration(migrations.Migration):

    dependencies = [
        ("applications", "0008_bands"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
