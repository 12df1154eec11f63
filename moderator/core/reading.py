"""Which free texts a seat may read: the ids of those that it is told of, and no others.

The bureau may read all of them.
"""

from collections.abc import Iterable, Iterator

from moderator.core.model import Details, Dialogue, FreeText, Intervention, Request
from moderator.core.personal import BOOTH_ROWS
from moderator.core.questions import questions_to
from moderator.core.terms import DelegationCode, PersonId, TextId
from moderator.core.view import PUBLIC_ROWS


def public_texts(state: Dialogue) -> frozenset[TextId]:
    """For everybody: the message for the hall, and names and titles that were let out.

    Of whoever has the floor or had it last, and of the entries that the public sees.
    """
    listed = () if state.hidden else state.listed[:PUBLIC_ROWS]
    last = state.last if state.floor is None else None
    speakers = (state.floor, state.interrupted, last, *listed)
    shown = (one for one in _details(state, speakers) if one.show_speaker)
    names = (text for one in shown for text in (one.speaker, one.title))
    return _ids((state.stage.message, *names))


def texts_of_delegation(state: Dialogue, delegation: DelegationCode) -> frozenset[TextId]:
    """For a delegation, too: what it has said of itself, and notes to it while it speaks."""
    own = [request for request in state.requests.values() if request.delegation == delegation]
    texts: list[FreeText | None] = []
    for details in _details(state, own):
        texts += _all_of(details)
    texts += [one.words for one in state.questions.values() if one.delegation == delegation]
    texts += [turn.note for turn in _at_the_floor(state) if turn.delegation == delegation]
    return public_texts(state) | _ids(texts)


def texts_of_panellist(state: Dialogue, person: PersonId) -> frozenset[TextId]:
    """For a panellist, too: the questions put to it, and notes to it while it speaks."""
    words = {row["words"] for row in questions_to(state, person)} - {None}
    notes = (turn.note for turn in _at_the_floor(state) if turn.person == person)
    return public_texts(state) | words | _ids(notes)


def texts_of_booth(state: Dialogue) -> frozenset[TextId]:
    """For interpreters, too: what was said about whoever speaks and the next few."""
    near: list[Request | Intervention] = [*_at_the_floor(state), *state.listed[:BOOTH_ROWS]]
    texts = (text for details in _details(state, near) for text in _all_of(details))
    return public_texts(state) | _ids(texts)


def texts_of_lectern(state: Dialogue) -> frozenset[TextId]:
    """For a display, too, since it may stand on the rostrum: the note to whoever has the floor."""
    return public_texts(state) | _ids((state.floor.note,) if state.floor else ())


def _at_the_floor(state: Dialogue) -> tuple[Intervention, ...]:
    return tuple(turn for turn in (state.floor, state.interrupted) if turn is not None)


def _details(state: Dialogue, which: Iterable[Request | Intervention | None]) -> Iterator[Details]:
    for one in which:
        details = None if one is None else state.details.get(one.id)
        if details is not None:
            yield details


def _all_of(details: Details) -> tuple[FreeText | None, ...]:
    return details.speaker, details.title, details.text, details.gist


def _ids(texts: Iterable[FreeText | None]) -> frozenset[TextId]:
    return frozenset(text.id for text in texts if text is not None)
