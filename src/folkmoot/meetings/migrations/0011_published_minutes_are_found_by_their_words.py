from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0010_minutes_are_brought_in")]

    operations = [
        migrations.AddField(model_name="minutes", name="found_by", field=models.TextField(blank=True, editable=False)),
    ]
