"""Minutes in other languages than English, in invented minutes."""

from __future__ import annotations

import datetime as dt

import pytest

from folkmoot.meetings.domain.minutes import MinutesRecord, read_minutes

DAY = dt.date(2026, 3, 5)


def read(text: str) -> MinutesRecord:
    [meeting] = read_minutes(text).meetings
    assert not meeting.is_open, meeting.notes
    return meeting.record


@pytest.mark.parametrize(
    "text",
    [
        "# Protokoll vom 5. März 2026\n\n**Anwesend:** Ada Probe, Ben Probe\n**Entschuldigt:** Cleo Probe",
        "# Sitzung am 05. März 2026\n\n## Anwesende\n- Ada Probe\n- Ben Probe\n\n## Abwesende\n- Cleo Probe",
        "# Treffen\n\nDatum: 5.3.2026\nTeilnehmer:innen: Ada Probe, Ben Probe\nNicht anwesend: Cleo Probe\n\n"
        "Das ist die Sitzung, und sie ist nicht lang.",
        "# Réunion du 5 mars 2026\n\n**Présent·e·s :** Ada Essai, Ben Essai\n**Excusé·e·s :** Cleo Essai",
        "# Compte rendu\n\nDate : 5 mars 2026\nPrésent(e)s : Ada Essai et Ben Essai\nAbsent(e)s : Cleo Essai",
        "# Acta\n\n**Fecha:** 5 de marzo de 2026\n**Asistentes:** Ada Prueba y Ben Prueba\n**Ausentes:** Cleo Prueba",
        "# Ata\n\nData: 5 de março de 2026\nPresentes: Ada Prova e Ben Prova\nAusentes: Cleo Prova",
        "# Verbale del 5 marzo 2026\n\nPresenti: Ada Prova, Ben Prova\nAssenti: Cleo Prova",
        "# Notulen 5 maart 2026\n\nAanwezig: Ada Proef, Ben Proef\nAfwezig: Cleo Proef",
        "# 議事録\n\n日時：2026年3月5日\n出席者：田中一郎、鈴木花子\n欠席者：佐藤健",
    ],
)
def test_day_and_people_are_read_in_many_languages(text):
    record = read(text)

    assert (record.date, record.attendee_count, len(record.regrets)) == (DAY, 2, 1)


def test_guests_roles_and_nobody_are_understood_in_german():
    record = read(
        "# Sitzung am 5. März 2026\n\nSitzungsleitung: Ada Probe\nProtokoll: Ben Probe\n"
        "Anwesend: Ada Probe, Ben Probe\nGäste: Cleo Probe\nAbwesend: niemand"
    )

    assert (record.moderator, record.scribe) == ("Ada Probe", "Ben Probe")
    assert [(person.name, person.guest) for person in record.present] == [
        ("Ada Probe", False),
        ("Ben Probe", False),
        ("Cleo Probe", True),
    ]
    assert record.regrets == ()


def test_marks_of_presence_are_understood_in_spanish_and_portuguese():
    rows = (
        "| {} | {} |\n|--|--|\n| Ada Prueba | Sí |\n| Ben Prueba | No |\n| Cleo Prueba | sim |\n| Dora Prueba | Não |"
    )
    spanish = read("# Acta 2026-03-05\n\n## Asistentes\n\n" + rows.format("Nombre", "Asistencia"))
    portuguese = read("# Ata 2026-03-05\n\n## Participantes\n\n" + rows.format("Nome", "Presente"))

    assert [person.name for person in spanish.present] == ["Ada Prueba", "Cleo Prueba"]
    assert spanish.present == portuguese.present


def test_a_word_for_and_stays_in_a_name():
    assert [person.name for person in read("# 2026-03-05\n\nAsistentes: Ada Ortega y Gasset, Ben Prueba").present] == [
        "Ada Ortega y Gasset",
        "Ben Prueba",
    ]
