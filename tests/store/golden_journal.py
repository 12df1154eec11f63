"""The golden journal: a small log with every type of event, as it was written when it was written.

`python -m tests.store.golden_journal` plays its meeting again by the present rules and writes it
anew; until version 1.0 that is how it is renewed (docs/decisions/0001). From then on its lines
stay as they are, and others are added.
"""

import dataclasses
import hashlib
import json
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from moderator.core.commands import BeginSegment, CloseDialogue, Command, OpenList
from moderator.core.draw import commitment
from moderator.core.due import due
from moderator.core.events import Event
from moderator.core.evolve import evolve
from moderator.core.model import Details, Dialogue, Limits, Rules
from moderator.core.terms import Delivery, Level, PauseReason, Ruling
from moderator.store import codec, journal, tables
from moderator.store.engine import make_engine, reading, writing
from moderator.store.migrate import migrate
from tests.core.dialogues import (
    ALVA,
    BELARUS,
    BRAZIL,
    CO_CHAIR,
    G77,
    HOLY_SEE,
    ID,
    NIGERIA,
    OPENING,
    PANEL_1,
    PANEL_2,
    Scene,
    Step,
    accept,
    allow,
    as_heard,
    ask,
    ask_panellist,
    at,
    begin,
    change,
    close,
    close_list,
    correct,
    describe,
    end,
    give,
    give_to,
    go_on,
    hide_list,
    later,
    minutes,
    move,
    not_present,
    note,
    open_dialogue,
    open_list,
    private_limit,
    programme,
    put_back,
    raise_point,
    reinstate,
    reply,
    request,
    resume,
    reveal,
    rule,
    set_rules,
    show_list,
    slow_down,
    stage,
    start,
    stop,
    suspend,
    take_back,
    take_gavel,
    text,
    tick,
    withdraw,
    write,
)
from tests.store.logs import add_dialogue

FILE: Final = Path(__file__).with_suffix(".jsonl")
DIALOGUE: Final = "golden"
ALL: Final = (NIGERIA, BRAZIL, BELARUS, HOLY_SEE)
N, B, Y, V = (request(who) for who in ALL)
POINT, REPLY, QUESTION = request(BELARUS, 8), request(BRAZIL, 9), request(HOLY_SEE, 7)
SHORTER: Final = Rules(limits=Limits(national=minutes(2)), round=4)
SPEAKER: Final = Details(
    level=Level.MINISTER,
    language="fr",
    delivery=Delivery.VERBATIM,
    speaker=text("speaker"),
    title=text("title"),
    text=text("text"),
    show_speaker=True,
)

MEETING: Final[tuple[Step, ...]] = (
    open_dialogue(), take_gavel(), suspend(), later(1), resume(), take_gavel(CO_CHAIR),
    stage(True, "welcome"), stage(False), begin(OPENING), begin(PANEL_1),
    take_back(BeginSegment), begin(PANEL_1), give_to(ALVA), later(8),
    open_list(draw=commitment("a slip")), take_back(OpenList), open_list(draw=commitment("seed")),
    ask(NIGERIA), ask(BRAZIL, group=G77), ask(BELARUS), ask(HOLY_SEE),
    ask_panellist(HOLY_SEE, ALVA),
    describe(N, SPEAKER), private_limit(NIGERIA, minutes(5)), hide_list(), show_list(),
    later(2), reveal("seed"), accept(B, N, Y, V, QUESTION), move(N, B, reason="a minister"),
    withdraw(V), reinstate(V), not_present(Y), reinstate(Y), give(N), later(0, 10),
    slow_down(N), note(N, "slower"), stop(N, reason=PauseReason.INTERPRETATION), later(1), start(N),
    allow(N, minutes(6)), raise_point(BELARUS), give(POINT, N), start(POINT), later(0, 30),
    rule(POINT, Ruling.NOTED, "noted"), start(N), later(1), end(N), go_on(N, minutes(7)), later(1),
    end(N), reply(BRAZIL, N), give(B), later(0, 20), put_back(B), give(B), later(6),
    write(BELARUS, ALVA), tick("question-1"), set_rules(SHORTER),
    change(programme(SHORTER), base=1, delegations=ALL, until=(at(180),)),
    close_list(when=at(40)), later(20), correct(N, as_heard(NIGERIA, minutes(3))),
    give(REPLY), later(1), end(REPLY), begin(PANEL_2, carry_over=True), later(1),
    give(Y), later(1), close(Y), take_back(CloseDialogue), give(QUESTION, Y), later(1),
    close(QUESTION),
)  # fmt: skip
"""By it every event comes to pass at least once."""


class Written(Scene):
    """A scene that remembers by whom and by which command each event was brought about."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[tuple[str, str | None, Event]] = []
        self._by: Command | None = None

    def _handle(self, command: Command) -> None:
        self._record(due(self.state, self.now))
        self._by = command
        super()._handle(command)
        self._by = None

    def _record(self, events: Sequence[Event]) -> tuple[Event, ...]:
        actor, name = journal.CLOCK, None
        if self._by is not None:
            actor = str(self._by.by)
            name = f"tap-{len(self.rows) + 1}" if self._by.id == ID else str(self._by.id)
        self.rows += [(actor, name, event) for event in events]
        return super()._record(events)


def lines() -> list[str]:
    """The journal as the present code writes it: what it comes to, then its rows."""
    scene = Written()
    scene.when(*MEETING)
    assert scene.refusal is None, f"refused: {scene.refusal}"
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{folder}/golden.db")
        migrate(engine)
        add_dialogue(engine, DIALOGUE)
        with writing(engine) as connection:
            head = journal.lock(connection, DIALOGUE)
            assert head is not None
            for actor, name, event in scene.rows:
                head = journal.append(connection, DIALOGUE, head, actor, name, [event])
            journal.move_head(connection, DIALOGUE, head, None, None)
        with reading(engine) as connection:
            e = tables.event.c
            written = connection.execute(tables.event.select().order_by(e.version)).mappings()
            rows = [{key: row[key] for key in row if key != "dialogue_id"} for row in written]
        engine.dispose()
    what = {"dialogue": DIALOGUE, "state": state_hash(scene.state)}
    return [json.dumps(one, ensure_ascii=False) for one in (what, *rows)]


def folded(events: Iterable[Event]) -> Dialogue:
    """What a log comes to."""
    state = Dialogue()
    for event in events:
        state = evolve(state, event)
    return state


def state_hash(state: Dialogue) -> str:
    """The SHA-256 of a state; what is as it is by default is left out, as a new field would be."""
    return hashlib.sha256(codec.canonical(_plain(state)).encode()).hexdigest()


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        told = {field: getattr(value, field.name) for field in dataclasses.fields(value)}
        return {field.name: _plain(one) for field, one in told.items() if one != _default(field)}
    if isinstance(value, Mapping):
        return sorted(
            ([_plain(key), _plain(one)] for key, one in value.items()), key=codec.canonical
        )
    if isinstance(value, frozenset):
        return sorted(map(_plain, value))
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return str(value) if isinstance(value, StrEnum) else value


def _default(field: dataclasses.Field[Any]) -> Any:
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return field.default


def main() -> None:
    """Write the journal anew."""
    FILE.write_text("".join(f"{line}\n" for line in lines()), encoding="utf-8")


if __name__ == "__main__":
    main()
