"""What was noted on the calls of the sample community, a few wordings for each topic."""

from __future__ import annotations

from typing import Final

# By the title of the agenda item; a topic that comes again takes the next wording.
NOTES: Final[dict[str, tuple[str, ...]]] = {
    "What we heard in the listening round": (
        "Eleven people were asked. Most would come more often if they knew beforehand what is talked about.\n\n"
        "- Agendas go out a week before, not two days.\n"
        "- New people ask who may speak. Anybody may; we say so at the start.",
        "The evening round was half empty, the morning round was full. Two people said the same thing: the notes help "
        "them more than the call does.",
        "Fewer complaints about times since the calls take turns. What is missing is a way to ask something between "
        "two calls without a long thread.",
    ),
    "Which days for the open house": (
        "Three weekends were looked at. One collides with exams, one with the harvest festival. The second one stays.",
        "Saturday from ten to four, and a shorter evening on Thursday for those who work on weekends. Both were tried "
        "in spring and both were full.",
        "The dates stand. What is open is who unlocks the door on Thursday.",
    ),
    "News from the groups around us": (
        "The library group begins a reading circle in two languages and looks for people who read aloud.",
        "The steering committee asks each group for three sentences about its year. Ours are written by the next call.",
        "The repair group lends us its tables. They need them back by Monday.",
    ),
    "How we welcome people who come in the evening": (
        "Whoever is there first puts the lamp in the window. It sounds small, and three people said that it is why "
        "they came in.\n\nWe also talked about names: asking twice is fine, guessing is not.",
        "A page of ten lines lies at the door now. It says what happens, when it ends, and that nobody has to speak.",
        "Two newcomers left early. We asked them; the call was too fast. From now on we stop after each item and wait.",
    ),
    "A second host for every call": (
        "One host reads the agenda, the other one watches who wants to speak. It was tried three times and was calmer "
        "each time.",
        "There are enough hosts until summer, and too few for August.",
        "Second hosts are named in the announcement, so that people know whom to write to when they cannot get in.",
    ),
    "The budget for travel, half a year on": (
        "A third is spent. What is left is enough for two people at the gathering, or for four who share a car.",
        "Three requests came, two were paid. The third one was for a journey that others pay for already.",
        "We ask for the same amount again next year, with one line more: care of children while somebody is away.",
    ),
    "Three drafts of the newcomers’ letter": (
        "The shortest one was liked best. It says when we meet, what we do, and whom to ask. The rest is a link.",
        "The second draft read like a contract. Its one good sentence moves into the first: *you can leave any time, "
        "and come back any time*.",
        "The letter is out. Nine of eleven people answered it.",
    ),
    "Who speaks for us at the spring gathering": (
        "Two people would like to, and want to do it together. Ten minutes, no slides.",
        "The talk is on the second day at noon. Somebody has to be there the evening before to look at the microphone.",
        "It went well. The question asked most often: how do you find people for the dull work? Answer: in pairs.",
    ),
    "What to stop doing": (
        "Three things were named: the second mailing list, the survey nobody reads, the summary of the summary.\n\n"
        "We stop the survey now and look at the list again in autumn.",
        "The chat channel for announcements is closed. Everything that was in it is in the calendar.",
        "Nothing new to stop. We keep the item, since it costs two minutes and is honest.",
    ),
    "House rules in two more languages": (
        "Portuguese is done, Hindi waits for a second reader.",
        "Both are done. The sentence about photographs is hard to say in either, so it was made simpler "
        "in all of them.",
        "Somebody asked for large print. It is the same page at another size; the link is on the door.",
    ),
    "What we said we would do": (
        "Four of six things are done. Two wait for an answer from outside.",
        "All done but one, which has been too big from the start: it becomes two.",
        "Three done, two late. Both have a new date, and one has a second person.",
        "Done, apart from the letter.",
    ),
    "Anything else, and thanks": (
        "Thanks to whoever wrote the notes in three languages.",
        "The door code changes next week; ask before you come.",
        "Nothing else. Thanks for a short call.",
        "Somebody brought plum cake to a video call and described it. It counts.",
    ),
    "Minutes of the last call": ("They are approved without a change.",),
    "Welcome, and who does what on this call": (
        "Two people are here for the first time.",
        "Everybody knows each other today; we said our names anyway, for the notes.",
        "The agenda was read out. One item was put last, since its host comes later.",
    ),
}
