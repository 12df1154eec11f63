"""flask --app wsgi …: what a technician does from the shell."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import click
import segno
import sqlalchemy as sa
from flask import Flask

from moderator.core.draw import commitment as promise
from moderator.core.draw import drawn
from moderator.core.terms import DelegationCode, Role
from moderator.core.units import SECOND, Duration, Instant, after
from moderator.desk import DeskRole
from moderator.installation import Installation
from moderator.network import public_url
from moderator.programme import ProgrammeErrors
from moderator.programme.edit import written
from moderator.programme.source import Tree, read
from moderator.rehearsal import running_quarter
from moderator.secretariat import Link
from moderator.service import UnknownDialogue
from moderator.settings import VERSION, Settings
from moderator.simulation.day import Day
from moderator.simulation.wire import NoServer, Unforeseen, Wire
from moderator.store import backup, journal, texts
from moderator.store.engine import NotRecorded, reading, writing
from moderator.store.guards import guards_missing
from moderator.store.migrate import migrate
from moderator.store.registry import DialogueRow

PROGRAMMES: Final = Path(__file__).parent / "data" / "programmes"
DEMONSTRATION: Final = PROGRAMMES / "2012-trafficking.yaml"
UNTIL_THE_DAY: Final = Duration(3 * SECOND)
"""From the making of a simulated day to its beginning."""

SHOWN_DELEGATIONS: Final = ("MX", "DZ", "NG")
"""Whose links are printed when the server starts; one of them reads Arabic."""

MORE_BODIES: Final[tuple[Tree, ...]] = (
    {"code": "SAFE-PASSAGE", "category": "ngo", "name": "Safe Passage Network"},
    {"code": "HOTLINES", "category": "ngo", "name": "Union of Hotlines"},
    {"code": "FAIR-BUYERS", "category": "private-sector", "name": "Fair Buyers’ Alliance"},
)
"""Who takes part in a simulated day beside those of the programme; two more come to the door."""

LABELS: Final = {
    Role.CHAIR: "Chair",
    Role.SECRETARY: "Secretariat",
    Role.RAPPORTEUR: "Rapporteur",
    Role.DISPLAY: "Display",
}


DESKS: Final = {
    DeskRole.SECRETARIAT: "All dialogues",
    DeskRole.WALL: "All rooms",
}


class _Command(click.Command):
    """A command that tells in a sentence when the database cannot be used."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except NotRecorded as error:
            raise click.ClickException(
                f"the database cannot be used (flask --app wsgi init-db makes it): {error}"
            ) from error


def init_app(app: Flask, installation: Installation) -> None:
    """Add the commands to `flask --app wsgi`."""

    @app.cli.command("init-db", cls=_Command)
    def init_db() -> None:
        """Make or upgrade the database; what is in it is kept."""
        migrate(installation.engine)
        click.echo("The database is ready.")

    @app.cli.command("import-programme", cls=_Command)
    @click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
    def import_programme(file: Path) -> None:
        """Set up a dialogue from a programme file, all or nothing."""
        try:
            dialogue_id = installation.secretariat.create(file.read_bytes())
        except ProgrammeErrors as errors:
            for problem in errors.problems:
                click.echo(f"{file}: {problem}", err=True)
            raise click.exceptions.Exit(1) from errors
        click.echo(f"{dialogue_id}  flask --app wsgi links {dialogue_id}")

    @app.cli.command("demo", cls=_Command)
    @click.option("--seconds", type=click.IntRange(2, 600), help="a new one with limits this short")
    @click.option("--programme", type=click.Choice(_programmes()), help="which; usually of 2012")
    @click.option("--json", "as_json", is_flag=True, help="ids, links and tokens, for programs")
    def demo(seconds: int | None, programme: str | None, as_json: bool) -> None:
        """Set up the demonstration, as of now, when there is none yet."""
        dialogue_id = _demonstration(installation, seconds, programme)
        if as_json:
            click.echo(json.dumps(_for_programs(installation, dialogue_id), indent=2))
        else:
            click.echo(dialogue_id)

    @app.cli.command("simulate", cls=_Command)
    @click.option("--speed", type=click.IntRange(1, 400), default=20, show_default=True)
    @click.option("--seed", type=int, default=2012, show_default=True, help="of all that is chance")
    @click.option("--server", "servers", multiple=True, help="address of a server, or of several")
    @click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="for the results")
    @click.option("--quiet", is_flag=True, help="do not tell what happens")
    def simulate(
        speed: int, seed: int, servers: tuple[str, ...], out: Path | None, quiet: bool
    ) -> None:
        """Play the day of 2012, with 60 delegations, on a server that runs.

        The same seed plays the same people. Record and Summary are written into the folder --out.
        """
        _simulate(installation, speed, seed, servers, out, quiet)

    @app.cli.command("links", cls=_Command)
    @click.argument("dialogue", required=False)
    @click.option("--qr", is_flag=True, help="draw the codes of the delegations' links")
    @click.option("--all", "everybody", is_flag=True, help="every link, with the short codes")
    def links(dialogue: str | None, qr: bool, everybody: bool) -> None:
        """Print the links of the installation, and of a dialogue or the one set up last."""
        _print_desks(installation)
        _print_links(installation, dialogue or _latest(installation), qr, everybody)

    @app.cli.command("token", cls=_Command)
    @click.argument("dialogue")
    @click.argument("role", type=click.Choice([role.value for role in Role]))
    @click.argument("subject", required=False)
    def token(dialogue: str, role: str, subject: str | None) -> None:
        """Make a bearer token for a program; it is shown this once."""
        _known(installation, dialogue)
        holder = (Role(role), subject)
        links = installation.secretariat.links(dialogue)
        if holder not in [(link.role, link.subject) for link in links]:
            subjects = ", ".join(link.subject or "none" for link in links if link.role == role)
            raise click.ClickException(f"a {role} of this dialogue is one of: {subjects}")
        (made,) = installation.secretariat.issue_tokens(dialogue, [holder])
        click.echo(f"{made.id} {made.secret}")

    @app.cli.command("revoke-token", cls=_Command)
    @click.argument("token_id")
    def revoke_token(token_id: str) -> None:
        """Revoke a bearer token by its id."""
        if not installation.secretariat.revoke_token(token_id):
            raise click.ClickException(f"there is no token {token_id}")

    @app.cli.command("erase-text", cls=_Command)
    @click.argument("dialogue")
    @click.argument("text_id")
    def erase_text(dialogue: str, text_id: str) -> None:
        """Erase a free text (a reason, a message) for good; the log stays whole."""
        with writing(installation.engine) as connection:
            if not texts.erase(connection, dialogue, text_id):
                raise click.ClickException(f"there is no text {text_id} in {dialogue}")

    @app.cli.command("check-journal", cls=_Command)
    def check_journal() -> None:
        """Check every byte of every log against its hashes, and the guards of the log."""
        if not _journal_is_whole(installation):
            raise click.exceptions.Exit(1)

    @app.cli.command("draw", cls=_Command)
    @click.argument("codes", nargs=-1, metavar="CODE…")
    @click.option("--seed", required=True, help="as it was revealed")
    @click.option("--commitment", help="the hash that was published when the list opened")
    def draw(codes: tuple[str, ...], seed: str, commitment: str | None) -> None:
        """Compute a draw again: the codes by the hash of seed and code, the least first.

        Codes are taken from standard input where none are named.
        """
        _draw(codes or (sys.stdin.read(),), seed, commitment)

    @app.cli.command("backup", cls=_Command)
    @click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
    def back_up(file: Path) -> None:
        """Save the whole installation in one file, while it goes on."""
        _back_up(installation, file)

    @app.cli.command("restore", cls=_Command)
    @click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
    def restore(file: Path) -> None:
        """Put a backup into an installation that is empty; stop its server first."""
        _restore(installation, file)


def _programmes() -> list[str]:
    """The names of the programmes that come with the product."""
    return sorted(file.stem for file in PROGRAMMES.glob("*.yaml"))


def _demonstration(installation: Installation, seconds: int | None, programme: str | None) -> str:
    """The demonstration, made when there is none; one for trying out is made each time.

    Any dialogue will do where no `programme` is named.
    """
    secretariat = installation.secretariat
    file = PROGRAMMES / f"{programme}.yaml" if programme else DEMONSTRATION
    text = file.read_text(encoding="utf-8")
    if seconds is None:
        for row in secretariat.dialogues():
            if _is_usual(row) and (programme is None or row.programme == text):
                return row.id
    return secretariat.create(text, running_quarter(installation.now()), seconds)


def _is_usual(row: DialogueRow) -> bool:
    """Whether a dialogue is neither one for trying out nor a simulated day."""
    return row.seconds is None and row.speed is None


def _simulate(
    installation: Installation,
    speed: int,
    seed: int,
    servers: tuple[str, ...],
    out: Path | None,
    quiet: bool,
) -> None:
    """Make a dialogue, print where to watch it, and play it through its servers."""
    here = f"http://localhost:{installation.settings.port}"
    starts = after(Instant(installation.now() // SECOND * SECOND), UNTIL_THE_DAY)
    dialogue_id = installation.secretariat.create(day_of_2012(), starts, speed=speed)
    seats = _for_programs(installation, dialogue_id)["seats"]
    _print_links(installation, dialogue_id, qr=False, everybody=False)
    click.echo(f"\nThe day at {speed} times its speed, with the seed {seed}:\n")
    wire = Wire(servers or (here,), dialogue_id)

    def tell(what: str) -> None:
        if not quiet:
            click.echo(what)

    day = Day(wire, seats, seed=seed, speed=speed, tell=tell, invited=frozenset(SHOWN_DELEGATIONS))
    try:
        day.play()
        kept = day.end(out)
    except NoServer as error:
        raise click.ClickException(
            f"{error}: start one with `make run` or `python wsgi.py`"
        ) from error
    except Unforeseen as error:
        raise click.ClickException(f"The day has come to a standstill: {error}") from error
    except KeyboardInterrupt:
        click.echo(
            "\nThe people have gone and the meeting stands as it is: "
            "go on by hand, on the chair's screen."
        )
        raise click.exceptions.Exit(130) from None
    finally:
        wire.close()
    rapporteur = seats["rapporteur"]
    link = next(iter(rapporteur.values()))["link"]
    click.echo(f"\nRecord and Summary are on the rapporteur's screen: {here}{link}")
    for file in kept.files:
        click.echo(str(file))
    click.echo(f"{wire.commands} commands, {kept.turns} turns: record and Summary are whole.")
    refused = ", ".join(f"{reason} {times}" for reason, times in sorted(wire.refused.items()))
    click.echo(f"Refused, as it should be: {refused or 'nothing'}.")


def day_of_2012() -> str:
    """The programme of 2012, with a few more bodies: there are to be twenty stakeholders."""
    tree = read(DEMONSTRATION.read_text(encoding="utf-8")).tree
    invited = tree["delegations"]
    assert isinstance(invited, list)  # noqa: S101  or it would be no programme
    return written({**tree, "delegations": [*invited, *MORE_BODIES]})


def _latest(installation: Installation) -> str:
    rows = [row for row in installation.secretariat.dialogues() if _is_usual(row)]
    if not rows:
        raise click.ClickException("there is no dialogue yet: flask --app wsgi demo")
    return rows[-1].id


def _known(installation: Installation, dialogue_id: str) -> None:
    try:
        installation.secretariat.programme(dialogue_id)
    except UnknownDialogue as error:
        raise click.ClickException(f"there is no dialogue {dialogue_id}") from error


def _print_desks(installation: Installation) -> None:
    here = f"http://localhost:{installation.settings.port}"
    there = public_url(installation.settings)
    click.echo("\nThe installation: its secretariat, and a wall of all rooms for a screen\n")
    for role, token in installation.desks.link_tokens().items():
        click.echo(f"  {DESKS[role]:<28} {here}/d/{token}")
        click.echo(f"  {'':<28} {there}/d/{token}")


def _print_links(installation: Installation, dialogue_id: str, qr: bool, everybody: bool) -> None:
    _known(installation, dialogue_id)
    document = installation.secretariat.programme(dialogue_id).document("en")
    here = f"http://localhost:{installation.settings.port}"
    there = public_url(installation.settings)
    click.echo(f"\n{document['title']}  ({dialogue_id})")
    click.echo(f"On this machine {here}, for the others in the room {there}\n")
    links = installation.secretariat.links(dialogue_id)
    for label, link in _shown(links, document, everybody):
        code = f"   code {link.code[:4]}-{link.code[4:]}" if link.code and everybody else ""
        revoked = "   revoked" if link.revoked_at is not None else ""
        click.echo(f"  {label:<28} {here}/l/{link.token}{code}{revoked}")
        if not everybody:
            click.echo(f"  {'':<28} {there}/l/{link.token}")
    if qr:
        for label, link in _shown(links, document, everybody=False):
            if link.role is Role.DELEGATION:
                click.echo(f"\n  {label}")
                segno.make_qr(f"{there}/l/{link.token}").terminal(compact=True, border=2)


def _shown(
    links: tuple[Link, ...], document: dict[str, Any], everybody: bool
) -> list[tuple[str, Link]]:
    """The links to print, each with its label."""
    if everybody:
        return [(_label(link, document), link) for link in links]
    codes = [code for code in SHOWN_DELEGATIONS if code in document["delegations"]]
    codes = codes or list(document["delegations"])[:3]
    voices = {link.subject: link for link in links if link.role is Role.DELEGATION}
    return [
        *((LABELS[link.role], link) for link in _first_of_each(links)),
        *((_label(voices[code], document), voices[code]) for code in codes),
    ]


def _first_of_each(links: tuple[Link, ...]) -> list[Link]:
    """One link for each role of LABELS that the dialogue has."""
    first = {link.role: link for link in reversed(links)}
    return [first[role] for role in LABELS if role in first]


def _label(link: Link, document: dict[str, Any]) -> str:
    names = {**document["delegations"], **document["persons"]}
    if link.role in (Role.DELEGATION, Role.PANELLIST):
        return str(names[link.subject]["name"])
    member = document["bureau"].get(f"{link.role}/{link.subject}")
    return f"{link.role}: {member['name']}" if member else str(link.role)


def _for_programs(installation: Installation, dialogue_id: str) -> dict[str, Any]:
    """Ids, links and fresh tokens of a dialogue, by role and subject."""
    secretariat = installation.secretariat
    links = secretariat.links(dialogue_id)
    tokens = secretariat.issue_tokens(dialogue_id, [(link.role, link.subject) for link in links])
    seats: dict[str, dict[str, dict[str, str | None]]] = {}
    for link, token in zip(links, tokens, strict=True):
        seats.setdefault(link.role, {})[link.subject or link.role] = {
            "link": f"/l/{link.token}",
            "code": link.code,
            "token": token.secret,
        }
    return {
        "dialogue": dialogue_id,
        "url": f"http://localhost:{installation.settings.port}",
        "public_url": public_url(installation.settings),
        "desks": {
            str(role): f"/d/{token}" for role, token in installation.desks.link_tokens().items()
        },
        "segments": [part.id for part in secretariat.programme(dialogue_id).parts],
        "seats": seats,
    }


def _altered(connection: sa.Connection, dialogue_id: str) -> tuple[str, ...]:
    found = texts.altered(connection, dialogue_id)
    return tuple(f"the text {text_id} is not what was written" for text_id in found)


def _journal_is_whole(installation: Installation) -> bool:
    """Print what is found, a line for each dialogue; True when nothing is wrong."""
    with reading(installation.engine) as connection:
        missing = guards_missing(connection)
        found = {
            row.id: (
                (*journal.damage(connection, row.id), *_altered(connection, row.id)),
                journal.head(connection, row.id),
            )
            for row in installation.secretariat.dialogues(rehearsals=True)
        }
    for trigger in missing:
        click.echo(f"the guard {trigger} of the log is missing")
    for dialogue_id, (damage, head) in found.items():
        stands = "" if head is None else f"whole: {head.version} rows, head {head.hash or 'none'}"
        click.echo(f"{dialogue_id}: {'; '.join(damage) or stands}")
    return not missing and not any(damage for damage, _head in found.values())


def _draw(codes: tuple[str, ...], seed: str, commitment: str | None) -> None:
    """Print the hash of the seed, then place, hash and code of each; refuse another seed."""
    named = [code for words in codes for code in words.replace(",", " ").split()]
    if not seed or not named:
        raise click.ClickException("a draw needs a seed and the codes of those who take part")
    try:
        promised, lots = promise(seed), drawn(seed, map(DelegationCode, named))
    except UnicodeEncodeError as error:
        raise click.ClickException("seed and codes have to be text in UTF-8") from error
    click.echo(f"     {promised}  the hash of the seed")
    for place, lot in enumerate(lots, start=1):
        click.echo(f"{place:>3}  {lot.sha256}  {lot.code}")
    if commitment is not None and commitment.strip().lower() != promised:
        raise click.ClickException("this is not the seed that was promised")


def _back_up(installation: Installation, file: Path) -> None:
    settings = installation.settings
    try:
        made = backup.back_up(
            installation.engine, settings.secret_key, file, VERSION, installation.now()
        )
    except backup.NoBackup as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{file}: {_told(made)}.")
    click.echo("It holds the secret key, which opens every link: keep it like the key of the room.")


def _restore(installation: Installation, file: Path) -> None:
    try:
        found, damage = backup.restore(
            installation.engine, file, lambda key: _take_over(installation.settings, key)
        )
    except backup.NoBackup as error:
        raise click.ClickException(str(error)) from error
    except backup.NotEmpty as error:
        raise click.ClickException(
            f"{error}; a backup is restored into an empty one: set MODERATOR_INSTANCE to a new "
            "folder (or MODERATOR_DATABASE_URL to a new database)"
        ) from error
    saved = datetime.fromtimestamp(found.made_at / 1_000, UTC)
    click.echo(f"{_told(found)}, saved at {saved:%Y-%m-%d %H:%M} UTC, are restored.")
    for dialogue_id, wrong in damage.items():
        click.echo(f"{dialogue_id}: {'; '.join(wrong) or 'whole'}")
    if any(damage.values()):
        click.echo("What is damaged was so when it was saved.", err=True)
        raise click.exceptions.Exit(1)


def _take_over(settings: Settings, key: bytes) -> None:
    """Have the installation use the key of a backup, so that its links go on opening."""
    if key == settings.secret_key:
        return
    own = settings.key_file
    if not own.exists() or own.read_bytes().strip() != settings.secret_key:
        raise click.ClickException(
            "MODERATOR_SECRET_KEY is set, and not to the key of the backup: leave it out, "
            "or no link and no place card would open anything"
        )
    backup.keep_key(own, key)


def _told(manifest: backup.Manifest) -> str:
    dialogues = len(manifest.heads)
    return f"{dialogues} dialogue{'' if dialogues == 1 else 's'} with {manifest.events} events"
