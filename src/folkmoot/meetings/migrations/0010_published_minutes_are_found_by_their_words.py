from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0009_minutes_with_items_approval_and_corrections")]

    operations = [
        migrations.AddField(model_name="minutes", name="found_by", field=models.TextField(blank=True, editable=False)),
    ]
