"""What was signed becomes a letter of its own, what was closed is counted, and each open case has its next limit."""

from typing import Any

from django.db import migrations
from django.db.models import F

ENDED = ("closed", "archived")


def fill(apps: Any, schema_editor: Any) -> None:
    application = apps.get_model("applications", "Application")
    letter = apps.get_model("applications", "Letter")
    file = apps.get_model("files", "File")
    application.objects.filter(state__in=ENDED).update(counted_on=F("closed_on"), counted_code=F("code"))
    application.objects.update(recorded_at=F("submitted_at"))
    application.objects.exclude(state__in=ENDED).update(next_on=F("due_on"), next_clock="reply")
    application.objects.filter(next_on__isnull=True).update(next_clock="")
    application.objects.exclude(code="").exclude(contents={}).update(proposal=1)
    for row in application.objects.exclude(letter_number="").order_by("pk").iterator():
        day = row.received_on
        made = letter.objects.create(
            application=row,
            kind=row.contents.get("kind", "provided"),
            number=row.letter_number,
            issued_on=row.signed_on,
            contents={
                **{name: text for name, text in row.contents.items() if name != "kind"},
                "number": row.number,
                "wanted": row.description,
                "received": f"{day.year}年{day.month}月{day.day}日" if day else "",
            },
            addressee=row.applicant_name,
            delivered_on=row.closed_on,
        )
        file.objects.filter(owner_kind="applications.letter", owner_id=str(row.pk)).update(
            owner_id=f"letter:{made.pk}"
        )
    for found in file.objects.filter(owner_kind="applications.letter", owner_id__startswith="letter:"):
        found.owner_id = found.owner_id.removeprefix("letter:")
        found.save(update_fields=["owner_id"])


class Migration(migrations.Migration):

    dependencies = [
        ("applications", "0003_whole_case"),
        ("files", "0002_previewed"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
