from __future__ import annotations

from typing import Any

from django.db import migrations


def words_of_what_was_published(apps: Any, schema_editor: Any) -> None:
    """Minutes that are published already are found too, by the words in `domain.published.found_by`."""
    for minutes in apps.get_model("meetings", "Minutes").objects.filter(state="published").iterator():
        kept = minutes.published
        parts = [part for item in kept.get("items", ()) for part in (item["title"], item["text"])]
        parts += [f"{label} {title}" for label, title in kept.get("decisions", ())]
        minutes.found_by = "\n".join(filter(None, [*parts, *kept.get("actions", ()), *kept.get("opening", ())]))
        minutes.save(update_fields=["found_by"])


class Migration(migrations.Migration):
    dependencies = [("meetings", "0011_published_minutes_are_found_by_their_words")]

    operations = [migrations.RunPython(words_of_what_was_published, migrations.RunPython.noop)]
