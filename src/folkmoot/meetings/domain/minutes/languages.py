"""Words of minutes in other languages than English: German, French, Spanish, Portuguese, Italian, Dutch, and the labels
of Japanese, Chinese and Korean minutes. `lexicon` joins them to its own tables.
"""

from __future__ import annotations

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(" ".join(phrase.split()) for phrase in text.split("|"))


PRESENT: Final = _words(
    """
    anwesend anwesende anwesenden anwesender anwesenheit anwesenheitsliste teilgenommen teilnahme teilnehmende
    teilnehmenden teilnehmer teilnehmerin teilnehmerinnen teilnehmerliste teilnehmern
    participante participantes participations présence présences présent présente présentes présents presents
    asisten asistencia asistente asistentes asistieron presente presentes presença presenças
    partecipanti partecipante presenti presenze aanwezig aanwezigen deelnemer deelnemers
    出席 出席者 参加 参加者 参会人员 参会者 参与者 与会人员 与会者 出席人员 참석 참석자 참가자
    """
)
GUESTS: Final = _words(
    """
    gast gäste gästen invité invitée invitées invités invitado invitada invitadas invitados convidado convidada
    convidados convidadas ospite ospiti gasten オブザーバー ゲスト
    """
)
ABSENT: Final = _words(
    """
    abwesend abwesende abwesenden entschuldigt entschuldigte entschuldigten fehlend fehlende fehlt unentschuldigt
    verhindert absente absentes excusé excusée excusées excusés ausencia ausencias ausente ausentes disculpas
    excusados inasistentes ausência ausências faltas faltosos assente assenti giustificati afgemeld afwezig afwezigen
    欠席 欠席者 缺席 缺席者 请假 불참 불참자
    """
)
ABSENT_PHRASES: Final = _phrases(
    """
    nicht anwesend | nicht teilgenommen | non présents | non présent | pas présent | no asisten | no asistieron |
    no presentes | não presentes | não compareceram | non presenti | niet aanwezig | n'a pas participé
    """
)
GROUPS: Final = _words(
    """
    mitglied mitglieder mitgliedern räte stimmberechtigt stimmberechtigte stimmberechtigten vorstand
    vorstandsmitglieder weitere bureau conseil membre membres votants equipo junta miembros equipe diretoria membros
    membri bestuur leden メンバー 成員 成员
    """
)
FILL: Final = _words(
    """
    an am bei der dem den die das im in und von vom zur zum liste alle online per e es s et les la le de des du lista
    los las el del en y a o da dos das na no reunión réunion reunião sitzung treffen séance sesión virtual vor ort innen
    """
)
MODERATOR: Final = _words(
    """
    leitung moderation redeleitung sitzungsleiter sitzungsleiterin sitzungsleitung versammlungsleiter
    versammlungsleiterin versammlungsleitung vorsitz vorsitzende vorsitzender animateur animatrice
    moderador moderadora facilitador facilitadora voorzitter 議長 司会 司会者 主持人 主持 사회자
    """
)
MODERATOR_PHRASES: Final = _phrases(
    """
    président de séance | présidente de séance | présidence de séance | animation | présidence | presidencia
    """
)
SCRIBE: Final = _words(
    """
    protokollant protokollantin protokollführer protokollführerin protokollführung schriftführer schriftführerin
    schriftführung rédacteur rédactrice secrétaire secretaria secretario secretária secretário redactor redactora
    redator redatora relator relatora notulist 書記 記録者 議事録作成者 记录人 记录 서기
    """
)
SCRIBE_PHRASES: Final = _phrases("prise de notes | toma de notas | acta redactada por | compte rendu par | rédigé par")
SCRIBE_ALONE: Final = frozenset(("protokoll", "notulen"))
"""Words that name who wrote only where they are the whole label: "Protokoll: Ada"."""
DATE_LABELS: Final = _phrases(
    """
    datum | datum uhrzeit | datum / uhrzeit | datum/uhrzeit | datum und uhrzeit | datum & uhrzeit | datum/zeit |
    datum und zeit | sitzungsdatum | termin | sitzungstermin | tag der sitzung | uhrzeit | zeit | übungsdatum |
    date et heure | date de réunion | date de la réunion | date & heure | heure | jour |
    fecha | fecha y hora | fecha de reunión | fecha de la reunión | fecha de reunion | fecha/hora | hora | día |
    data | data e hora | data e horário | data da reunião | data/hora | horário | data e ora | data della riunione |
    datum en tijd | 日時 | 日付 | 開催日 | 開催日時 | 时间 | 日期 | 会议时间 | 会议日期 | 일시 | 날짜
    """
)
ACTION_HEADS: Final = _words("aufgaben aufgabe tareas tarefas pendientes compromisos タスク")
DECISION_HEADS: Final = _words(
    "beschluss beschlüsse décisions décision acuerdos decisiones decisões deliberações 決定事項"
)
AGENDA_HEADS: Final = _words("tagesordnung themen pauta agenda 議題 アジェンダ 议程")
AGENDA_PHRASES: Final = ("ordre du jour", "orden del día", "ordem do dia", "ordine del giorno")
NEXT: Final = (
    "nächst(?:e|er|es|en)", "letzt(?:e|er|es|en)", "vorig(?:e|er|es|en)", "kommend(?:e|er|es|en)",
    "prochain(?:e|es|s)?",
    "précédent(?:e|es|s)?", "derni[eè]re?s?", "próxim[ao]s?", "proxim[ao]s?", "anterior(?:es)?", "últim[ao]s?",
    "volgende", "vorige",
)  # fmt: skip
"""Patterns of words that speak of another meeting than this one."""
NEXT_SIGNS: Final = ("次回", "前回", "下次", "上次", "다음")
OF_MEETINGS: Final = _words(
    "sitzung treffen termin réunion séance reunión reunião sesión riunione vergadering 会議 회의"
)
YES: Final = _words(
    """
    anwesend ja oui présent présente presente presentes si sí sim asistió asiste aanwezig 出席 参加 ○ 〇 ◯
    """
)
NO: Final = _words(
    """
    abwesend nein entschuldigt fehlt non excusé excusée ausente ausentes não nao falta afwezig afgemeld 欠席 ×
    """
)
NAME_COLUMNS: Final = _words(
    "nombre nombres nome nomes nom noms prénom vorname teilnehmer teilnehmende mitglied mitglieder participante "
    "participantes integrante integrantes asistente asistentes convocado convocados naam nominativo 氏名 名前 姓名 이름"
)
FIRM_COLUMNS: Final = _words("organisation firma verein organización organização empresa institución instituição 所属")
MARK_COLUMNS: Final = _words(
    "anwesend anwesenheit teilnahme presente presença asistencia asistió présent présence aanwezig presenza 出欠"
)
ROLE_COLUMNS: Final = _words("rolle funktion rôle fonction rol cargo função papel 役割 役職")
PLACEHOLDERS: Final = _phrases(
    """
    keine | keiner | niemand | alle | aucun | aucune | personne | tous | néant | ninguno | ninguna | nadie | todos |
    nenhum | nenhuma | ninguém | nessuno | tutti | geen | niemand | なし | 特になし | 无
    """
)
MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "januar jänner janvier janv enero ene janeiro gennaio januari",
            "februar feber février fevrier févr febrero fevereiro fev febbraio februari",
            "märz maerz mär mrz mars marzo março marco maart",
            "april avril avr abril abr aprile",
            "mai mayo maio maggio mei",
            "juni juin junio junho giugno",
            "juli juillet juil julio julho luglio",
            "august août aout agosto augustus",
            "september septembre septiembre setiembre setembro settembre",
            "oktober okt octobre octubre outubro ottobre",
            "november novembre noviembre novembro",
            "dezember dez décembre decembre déc diciembre dic dezembro dicembre december",
        ),
        1,
    )
    for name in names.split()
}
COMMON: Final = _words(
    """
    und der die das nicht wird ist wurde für mit auf eine einen vom sitzung protokoll
    les des une est pour dans avec sur qui réunion présents
    los las para con una que por reunión del se
    não uma com são dos reunião foi os
    het een van voor wordt niet
    il che di sono della
    """
)
"""Everyday words by which a text is seen to be in a language that writes days before months."""
ENOUGH_COMMON: Final = 4
