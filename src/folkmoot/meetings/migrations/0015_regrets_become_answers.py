import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0014_fair_rotations_are_promised"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="regret", name="one_regret_per_person_and_meeting"),
        migrations.RenameModel(old_name="Regret", new_name="Answer"),
        migrations.AlterField(
            model_name="answer",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="meetings.meeting"
            ),
        ),
        migrations.AlterField(
            model_name="answer",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="answers_to_calls",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="answer",
            name="answered_for",
            field=models.DateTimeField(null=True),
        ),
        # What was there before are regrets, said on the page.
        migrations.AddField(
            model_name="answer",
            name="says",
            field=models.CharField(
                choices=[("coming", "coming"), ("maybe", "maybe"), ("regret", "cannot come")],
                default="regret",
                max_length=6,
            ),
        ),
        migrations.AddField(
            model_name="answer",
            name="way",
            field=models.CharField(
                choices=[
                    ("page", "on the page"),
                    ("link", "by the link in a mail"),
                    ("calendar", "from their calendar"),
                ],
                default="page",
                max_length=8,
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.UniqueConstraint(fields=("meeting", "person"), name="one_answer_per_person_and_meeting"),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(("says__in", ["coming", "maybe", "regret"])), name="answer_is_known"
            ),
        ),
    ]
