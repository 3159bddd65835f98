from django.db import migrations

from folkmoot.people.domain.likeness import seek_key


def give_keys(apps, schema_editor):
    Person = apps.get_model("people", "Person")
    changed = []
    for person in Person.objects.only("pk", "name"):
        person.name_key = seek_key(person.name)[:400]
        changed.append(person)
    Person.objects.bulk_update(changed, ["name_key"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("people", "0003_people_have_profiles_and_may_be_merged_or_erased")]

    operations = [migrations.RunPython(give_keys, migrations.RunPython.noop)]
