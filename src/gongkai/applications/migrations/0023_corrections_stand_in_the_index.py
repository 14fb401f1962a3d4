"""Whether only a letter is being put right belongs to what the desk's figures ask of an open case."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0022_weighing"),
        ("organisations", "0002_document_word"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(model_name="application", name="application_desk"),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(
                fields=[
                    "organ",
                    "state",
                    "next_on",
                    "submitted_at",
                    "due_on",
                    "handler",
                    "decided_by",
                    "correcting",
                ],
                name="application_desk",
            ),
        ),
    ]
