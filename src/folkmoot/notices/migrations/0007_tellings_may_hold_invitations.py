from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notices", "0006_letters_may_hold_invitations")]

    operations = [
        migrations.AddField(
            model_name="telling",
            name="calendar",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="telling",
            name="calendar_method",
            field=models.CharField(blank=True, default="", max_length=10),
            preserve_default=False,
        ),
    ]
