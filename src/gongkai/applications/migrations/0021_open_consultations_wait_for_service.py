"""Whoever was asked and has not answered: no silence is consent, and nobody is late, before the letter is known to have come."""

from __future__ import annotations

from typing import Any

from django.db import migrations

ACTS = {"third_party": "ask_third_party", "co_producer": "ask_co_producer"}


def wait(apps: Any, schema_editor: Any) -> None:
    consultations = apps.get_model("applications", "Consultation").objects
    steps = apps.get_model("applications", "Step").objects
    for asked in consultations.filter(opinion="", taken_on__isnull=True, application__state="consulting"):
        for step in steps.filter(application_id=asked.application_id, act=ACTS[asked.kind]):
            if step.facts.get("party") == str(asked.pk):
                step.facts["to_serve"] = True
                step.save(update_fields=["facts"])
                asked.due_on = None
                asked.save(update_fields=["due_on"])


class Migration(migrations.Migration):
    dependencies = (("applications", "0020_letters_are_served"),)

    operations = (migrations.RunPython(wait, migrations.RunPython.noop),)
