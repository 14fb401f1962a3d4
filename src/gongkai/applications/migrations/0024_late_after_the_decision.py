"""Whether an opinion that came late came after the decision: then it is kept, and weighed by nobody."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0023_corrections_stand_in_the_index"),
    ]

    operations = [
        migrations.AddField(
            model_name="consultation",
            name="late_decided",
            field=models.BooleanField(default=False, verbose_name="逾期意见收到时已经作出决定"),
        ),
    ]
