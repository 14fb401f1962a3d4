"""The desk's lists are answered by an index that holds all they ask for: one for open cases, one for ended ones."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0017_order_of_the_queue"),
        ("organisations", "0002_document_word"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL("DROP INDEX IF EXISTS application_next_blanks_first", migrations.RunSQL.noop),
        migrations.RemoveIndex(model_name="application", name="application_queue"),
        migrations.RemoveIndex(model_name="application", name="application_next"),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(
                fields=["organ", "state", "next_on", "submitted_at", "due_on", "handler", "decided_by"],
                name="application_desk",
            ),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(
                fields=["organ", "closed_on", "state", "due_on", "letter_number"], name="application_ended"
            ),
        ),
    ]
