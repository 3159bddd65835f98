"""An election can be for the people of the groups below too."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("governance", "0004_counts_complaints_and_surveys")]

    operations = [
        migrations.AddField(
            model_name="election",
            name="reaches_below",
            field=models.BooleanField(default=False),
        ),
    ]
