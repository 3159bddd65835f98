import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("groups", "0009_takers_of_a_leading_role_say_whether_they_are_named"),
        ("meetings", "0003_agendas_with_items_and_materials"),
    ]

    operations = [
        migrations.CreateModel(
            name="CallPlace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("join_link", models.CharField(blank=True, max_length=500)),
                ("venue", models.CharField(blank=True, max_length=120)),
                ("address", models.CharField(blank=True, max_length=300)),
                ("venue_notes", models.CharField(blank=True, max_length=600)),
                ("venue_is_public", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["group", "position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="HolidayRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("country", models.CharField(max_length=2)),
                ("subdivision", models.CharField(blank=True, max_length=20)),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ["country", "subdivision", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Pause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("reason", models.CharField(max_length=200)),
                ("meets_anyway", models.BooleanField(default=False)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["first_day", "pk"],
            },
        ),
        migrations.AddField(
            model_name="meeting",
            name="skipped_for",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="series",
            name="title",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name="serieschange",
            name="ends",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="serieschange",
            name="slots",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name="serieschange",
            name="title",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name="slot",
            name="left_out",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("skipped_for", ""), models.Q(("slot__isnull", False), ("status", "dropped")), _connector="OR"
                ),
                name="only_a_dropped_meeting_is_skipped",
            ),
        ),
        migrations.AddField(
            model_name="callplace",
            name="group",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="call_places", to="groups.group"
            ),
        ),
        migrations.AddField(
            model_name="callplace",
            name="meeting",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="own_place",
                to="meetings.meeting",
            ),
        ),
        migrations.AddField(
            model_name="holidayrule",
            name="group",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="holiday_rules", to="groups.group"
            ),
        ),
        migrations.AddField(
            model_name="pause",
            name="group",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="pauses", to="groups.group"
            ),
        ),
        migrations.AddConstraint(
            model_name="callplace",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("meeting__isnull", False), ("position", None)),
                    models.Q(("meeting", None), ("position__isnull", False)),
                    _connector="OR",
                ),
                name="place_is_of_a_series_or_of_a_call",
            ),
        ),
        migrations.AddConstraint(
            model_name="callplace",
            constraint=models.UniqueConstraint(
                condition=models.Q(("meeting", None)), fields=("group", "position"), name="one_place_per_series"
            ),
        ),
        migrations.AddConstraint(
            model_name="holidayrule",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until", None)),
                fields=("group", "position", "country", "subdivision"),
                name="one_holiday_rule_per_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="pause",
            constraint=models.CheckConstraint(
                condition=models.Q(("last_day__gte", models.F("first_day"))),
                name="pause_ends_no_earlier_than_it_begins",
            ),
        ),
    ]
