"""Every claim of the day of 2012 is counted again, from the log and the notes, by a few lines."""

from tests.summary.day_of_2012 import day_of_2012, document
from tests.summary.test_draft import drafted

CIVIL = ("representative of civil society", "representatives of civil society")
NOUNS = {"member-state": ("delegation", "delegations"), "ngo": CIVIL}
NUMBERS = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def recounted(turns, spoken):
    """The phrases for those who spoke in `turns`, among those who did in `spoken`."""
    said = document()["delegations"]
    groups = {turn.group for turn in turns if turn.group}
    states = {turn.delegation for turn in turns} - {t.delegation for t in turns if t.group}
    of = len(
        {t.group for t in spoken if t.group} | {(t.delegation,) for t in spoken if not t.group}
    )
    nouns = [NOUNS.get(said[code]["category"], ("participant", "participants")) for code in states]
    phrases = {noun: nouns.count(noun) for noun in nouns}
    found = {f"{word(n, of)} {noun[n > 1]}": (n, of) for noun, n in phrases.items()}
    if groups:
        noun = "group of States" if len(groups) == 1 else "groups of States"
        found[f"{NUMBERS[len(groups)]} {noun}"] = len(groups), of
    return found


def word(n, of):
    if n < 5:
        return ("one", "two", "some", "some")[n - 1]
    return "several" if n / of < 0.25 else "many" if n / of <= 0.5 else "most"


def test_every_quantifier_is_what_the_log_counts():
    day = day_of_2012()
    turns = day.state.interventions
    notes = {note.id: note for note in day.notes}
    claims = 0

    for section in drafted(day, *day.notes).sections:
        for paragraph in section.paragraphs:
            said = [notes[one.id] for one in paragraph.sources if one.kind == "note"]
            stances = {note.stance for note in said} if paragraph.key.endswith("views") else {None}
            expected = {}
            for stance in stances:
                among = [note for note in said if stance in (None, note.stance)]
                of_them = [turns[n.intervention] for n in among if n.intervention]
                of_them = [turn for turn in of_them if turn.delegation]
                segments = {note.segment for note in said}
                spoken = [t for t in turns.values() if t.segment in segments and t.delegation]
                spoken = [turn for turn in spoken if turn.outcome != "not-present"]
                for phrase, count in recounted(of_them, spoken).items():
                    expected[stance, phrase] = count
            if paragraph.key.startswith("announcements"):
                continue  # makers are named
            found = sorted((one.phrase, one.n, one.of) for one in paragraph.evidence)
            assert found == sorted((phrase, *count) for (_, phrase), count in expected.items())
            for one in paragraph.evidence:
                assert one.phrase in paragraph.text.lower().replace("states", "States")
            claims += len(found)
    assert claims > 10
