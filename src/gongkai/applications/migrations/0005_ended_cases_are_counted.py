"""Constraints over what the fill has filled."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0004_fill_letters_and_counts'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('closed', 'archived')), _negated=True), models.Q(('counted_on__isnull', False), models.Q(('counted_code', ''), _negated=True)), _connector='OR'), name='application_closed_has_outcome'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['submitted', 'closed', 'archived']), models.Q(('received_on__isnull', False), ('due_on__isnull', False)), _connector='OR'), name='application_registered_has_days'),
        ),
    ]
