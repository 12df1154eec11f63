"""GET /api/openapi.json: the interface described for programs, from the models that check it."""

from typing import Any

from flask import Blueprint, Response, jsonify

from moderator.core.fairness import HintReason
from moderator.core.order import Why
from moderator.core.terms import Policy, Role
from moderator.programme.roster import REASONS
from moderator.settings import VERSION
from moderator.web import links, notes, order, refusals, roster, seats, summary, walkins, wire

bp = Blueprint("openapi", __name__)


@bp.get("/api/openapi.json")
def show() -> Response:
    """The OpenAPI 3.1 document."""
    return jsonify(document())


def document() -> dict[str, Any]:
    """The OpenAPI document, generated from the pydantic models and the reasons of refusals."""
    command = wire.COMMAND.json_schema(ref_template="#/components/schemas/{model}")
    schemas = command.pop("$defs")
    note = notes.NoteBody.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas |= note.pop("$defs")
    again = links.AgainBody.model_json_schema()
    which, many_again = _which(links.WhichBody), _which(links.ManyAgainBody)
    registration = walkins.RegistrationBody.model_json_schema(
        ref_template="#/components/schemas/{model}"
    )
    schemas |= registration.pop("$defs", {})
    paragraph = summary.ParagraphBody.model_json_schema()
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Moderator",
            "version": VERSION,
            "description": "Commands go up over HTTP, views come down by Socket.IO: see "
            "docs/protocol.md. Instants and durations are integer milliseconds.",
        },
        "paths": {
            "/api/dialogues/{dialogue}/commands": {
                "parameters": [_DIALOGUE, _SEAT],
                "post": {
                    "operationId": "command",
                    "summary": "Ask for something; the same id again is answered the same.",
                    "requestBody": _body(command),
                    "responses": {
                        "200": _json("Recorded, or already true.", _ref("Receipt")),
                        **_WRITING,
                    },
                },
            },
            "/api/dialogues/{dialogue}/view": _reading(
                "view", "What the caller's audience sees now.", "Snapshot"
            ),
            "/api/dialogues/{dialogue}/order": {
                "parameters": [_DIALOGUE, _POLICY, _EVERY, _SEAT],
                "get": {
                    "operationId": "propose-order",
                    "summary": "The list as a policy would have it; nothing is moved.",
                    "responses": {
                        "200": _json("For chair and secretary.", _ref("Proposal")),
                        "400": _WRITING["400"],
                        **_ADMISSION,
                        "409": _refused("No draw was revealed."),
                        "503": _UNRECORDED,
                    },
                },
            },
            "/api/dialogues/{dialogue}/balance": {
                "parameters": [_DIALOGUE, _SEAT],
                "get": {
                    "operationId": "balance",
                    "summary": "Who was heard, for the bureau, with hints; nobody is moved.",
                    "responses": {
                        "200": _json("For the bureau.", _ref("Fairness")),
                        **_ADMISSION,
                        "503": _UNRECORDED,
                    },
                },
            },
            "/api/dialogues/{dialogue}/programme": _reading(
                "programme", "The names behind the codes, in the caller's language.", "Programme"
            ),
            "/api/dialogues/{dialogue}/notes": _listing(
                "notes",
                "All notes, for the bureau, in the order they were first written.",
                "Note",
                tagged=True,
            ),
            "/api/dialogues/{dialogue}/notes/{note}": {
                "parameters": [_DIALOGUE, _NOTE, _SEAT],
                "put": {
                    "operationId": "keep-note",
                    "summary": "Write a note on top of the revision that was seen; the same again "
                    "changes nothing.",
                    "requestBody": _body(note),
                    "responses": {
                        "200": _told("kept", "The note's id.", revision={"type": "integer"}),
                        **_WRITING,
                    },
                },
                "delete": {
                    "operationId": "drop-note",
                    "summary": "Remove a note as it was seen; again: the same answer.",
                    "parameters": [_BASE],
                    "responses": {
                        "200": _told("dropped", "The note's id."),
                        "400": _WRITING["400"],
                        **_ADMISSION,
                        "409": _WRITING["409"],
                        **_BUSY,
                    },
                },
            },
            "/api/dialogues/{dialogue}/programme/form": _reading(
                "programme-form",
                "The fields of the programme file and their revision, for chair and secretary.",
                "ProgrammeForm",
            ),
            "/api/dialogues/{dialogue}/texts/{text}": {
                "parameters": [_DIALOGUE, _TEXT, _SEAT],
                "get": {
                    "operationId": "text",
                    "summary": "A free text that the log names.",
                    "responses": {
                        "200": _told("text", "Its words."),
                        **_ADMISSION,
                        "503": _UNRECORDED,
                    },
                },
            },
            "/api/dialogues/{dialogue}/walk-ins": {
                **_listing(
                    "walk_ins",
                    "All who have registered at the door; for a follower its own.",
                    "WalkIn",
                ),
                "post": {
                    "operationId": "register",
                    "summary": "Ask to take part; the same again is the same registration.",
                    "requestBody": _body(registration),
                    "responses": {"200": _json("Registered.", _ref("WalkIn")), **_WRITING},
                },
            },
            **{
                f"/api/dialogues/{{dialogue}}/walk-ins/{{walk_in}}/{decision}": {
                    "parameters": [_DIALOGUE, _WALK_IN, _SEAT],
                    "post": {
                        "operationId": f"{decision}-walk-in",
                        "summary": f"{said} Again: the same answer.",
                        "responses": {
                            "200": _told(f"{decision}d", "Whom."),
                            **_ADMISSION,
                            "409": _refused("Somebody else has decided otherwise."),
                            "503": _UNRECORDED,
                        },
                    },
                }
                for decision, said in (
                    ("approve", "Let somebody in."),
                    ("refuse", "Turn somebody away."),
                )
            },
            "/api/catalogue": {
                "get": {
                    "operationId": "catalogue",
                    "summary": "The delegations and groups that a programme may name by codes.",
                    "security": [],
                    "responses": {"200": _json("In the caller's language.", _ref("Catalogue"))},
                },
            },
            "/api/dialogues/{dialogue}/delegations/preview": _previewing(
                "delegations", "What a table of delegations would add; nothing is added."
            ),
            "/api/dialogues/{dialogue}/groups/preview": _previewing(
                "groups", "What a table of groups and members would tell; nothing is added."
            ),
            "/api/dialogues/{dialogue}/summary": _reading(
                "summary", "The Summary as it stands, with what is behind it.", "Summary"
            ),
            "/api/dialogues/{dialogue}/summary/{paragraph}": {
                "parameters": [_DIALOGUE, _PARAGRAPH, _SEAT],
                "put": {
                    "operationId": "write-paragraph",
                    "summary": "Write a paragraph, add one or take it out; the same again is "
                    "answered the same.",
                    "requestBody": _body(paragraph),
                    "responses": {
                        "200": _json("Kept.", _ref("Written")),
                        **_WRITING,
                        "409": _json("Somebody else has written it since.", _ref("Changed")),
                    },
                },
            },
            "/api/dialogues/{dialogue}/summary/{paragraph}/versions": {
                "parameters": [_DIALOGUE, _PARAGRAPH, _SEAT],
                "get": {
                    "operationId": "versions",
                    "summary": "Every version of a paragraph, oldest first.",
                    "responses": {
                        "200": _json("All versions.", _ref("Versions")),
                        **_ADMISSION,
                        "503": _UNRECORDED,
                    },
                },
            },
            "/api/dialogues/{dialogue}/seats": _listing(
                "seats", "Every device that has entered, for chair and secretary.", "Device"
            ),
            "/api/dialogues/{dialogue}/reached": {
                "parameters": [_DIALOGUE, _SEAT],
                "get": {
                    "operationId": "reached",
                    "summary": "The delegations of which a device hears the server now, for "
                    "chair and secretary.",
                    "responses": {
                        "200": _json(
                            "Their codes, sorted.",
                            {
                                "type": "object",
                                "required": ["delegations"],
                                "properties": {
                                    "delegations": {"type": "array", "items": {"type": "string"}}
                                },
                            },
                        ),
                        **_ADMISSION,
                        "503": _UNRECORDED,
                    },
                },
            },
            "/api/dialogues/{dialogue}/seats/{seat}/expel": {
                "parameters": [_DIALOGUE, _OTHER_SEAT, _SEAT],
                "post": {
                    "operationId": "expel-seat",
                    "summary": "End a seat at once; again: the same answer.",
                    "responses": {
                        "200": _told("expelled", "The seat's id."),
                        **_ADMISSION,
                        "503": _UNRECORDED,
                    },
                },
            },
            "/api/wall": {
                "get": {
                    "operationId": "wall",
                    "summary": "What the public sees of every room, for a desk of the "
                    "installation; its cookie is needed.",
                    "security": [{"desk": []}],
                    "responses": {
                        "200": _json("All rooms now, always in the same order.", _ref("Wall")),
                        "304": _UNCHANGED,
                        "401": _refused("No desk, or one that has expired."),
                        "503": _UNRECORDED,
                    },
                },
            },
            "/s/{seat}/record.json": {
                "parameters": [_OWN_SEAT],
                "get": {
                    "operationId": "record",
                    "summary": "All of the record, for a seat of the bureau; its cookie is needed.",
                    "security": [{"seat": []}],
                    "responses": {
                        "200": _json("The record until now.", _ref("Record")),
                        "304": _UNCHANGED,
                        **{status: _page(said) for status, said in _TURNED_AWAY.items()},
                    },
                },
            },
            "/api/dialogues/{dialogue}/seats/expel": {
                "parameters": [_DIALOGUE, _SEAT],
                "post": {
                    "operationId": "expel-seats",
                    "summary": "End seats at once, all that are named or none.",
                    "requestBody": _body(seats.SeatsBody.model_json_schema()),
                    "responses": {"200": _json("The seats' ids.", _EXPELLED), **_LOOKING_AFTER},
                },
            },
            "/api/dialogues/{dialogue}/rehearsal": {
                "parameters": [_DIALOGUE, _SEAT],
                "get": {
                    "operationId": "rehearsal",
                    "summary": "The rehearsal of the dialogue that goes on.",
                    "responses": {
                        "200": _json("Its id; null for none.", _REHEARSAL),
                        **_ADMISSION,
                        "503": _UNRECORDED,
                    },
                },
                "post": {
                    "operationId": "begin-rehearsal",
                    "summary": "Begin a rehearsal; one that goes on already is told again.",
                    "responses": {
                        "200": _json("Its id.", _REHEARSAL),
                        **_ADMISSION,
                        "409": _refused("The dialogue has been opened already."),
                        **_BUSY,
                    },
                },
            },
            "/api/dialogues/{dialogue}/rehearsal/end": {
                "parameters": [_DIALOGUE, _SEAT],
                "post": {
                    "operationId": "end-rehearsal",
                    "summary": "End the rehearsal and delete it; again: the same answer.",
                    "responses": {
                        "200": _json("None goes on.", _REHEARSAL),
                        **_ADMISSION,
                        **_BUSY,
                    },
                },
            },
            "/api/dialogues/{dialogue}/links": _listing(
                "links", "Every link with its code, for chair and secretary.", "Link"
            ),
            "/api/dialogues/{dialogue}/links/{link}/reissue": {
                "parameters": [_DIALOGUE, _LINK, _SEAT],
                "post": {
                    "operationId": "reissue-link",
                    "summary": "Give a link a new token and code; a revoked one admits again.",
                    "requestBody": {**_body(again), "required": False},
                    "responses": {"200": _json("The link as it is now.", _LINKS), **_WRITING},
                },
            },
            "/api/dialogues/{dialogue}/links/{link}/revoke": {
                "parameters": [_DIALOGUE, _LINK, _SEAT],
                "post": {
                    "operationId": "revoke-link",
                    "summary": "End a link and the seats made by it; again: the same answer.",
                    "responses": {
                        "200": _json("The link as it is now.", _LINKS),
                        **_ADMISSION,
                        "409": _OWN_LINK,
                        **_BUSY,
                    },
                },
            },
            "/api/dialogues/{dialogue}/links/reissue": {
                "parameters": [_DIALOGUE, _SEAT],
                "post": {
                    "operationId": "reissue-links",
                    "summary": "Give links a new token and code each, all that are meant or none.",
                    "requestBody": _body(many_again),
                    "responses": {"200": _json("The links as they are now.", _LINKS), **_WRITING},
                },
            },
            "/api/dialogues/{dialogue}/links/revoke": {
                "parameters": [_DIALOGUE, _SEAT],
                "post": {
                    "operationId": "revoke-links",
                    "summary": "End links and the seats made by them, all that are meant or none.",
                    "requestBody": _body(which),
                    "responses": {"200": _json("The links as they are now.", _LINKS), **_WRITING},
                },
            },
        },
        "components": {
            "schemas": {**schemas, **_SCHEMAS},
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer"},
                "seat": {
                    "type": "apiKey",
                    "in": "cookie",
                    "name": "seat-{id}",
                    "description": "Set by entering a link; name the seat in Moderator-Seat.",
                },
                "desk": {
                    "type": "apiKey",
                    "in": "cookie",
                    "name": "desk-{id}",
                    "description": "Set by entering a link of the installation.",
                },
            },
        },
        "security": [{"token": []}, {"seat": []}],
    }


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _json(description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _refused(description: str) -> dict[str, Any]:
    return _json(description, _ref("Refusal"))


def _reading(name: str, summary: str, schema: str) -> dict[str, Any]:
    return {
        "parameters": [_DIALOGUE, _SEAT],
        "get": {
            "operationId": name,
            "summary": summary,
            "responses": {
                "200": _json(summary, _ref(schema)),
                "304": _UNCHANGED,
                **_ADMISSION,
                "503": _UNRECORDED,
            },
        },
    }


def _listing(name: str, summary: str, schema: str, *, tagged: bool = False) -> dict[str, Any]:
    told = {
        "type": "object",
        "required": [name],
        "properties": {name: {"type": "array", "items": _ref(schema)}},
    }
    return {
        "parameters": [_DIALOGUE, _SEAT],
        "get": {
            "operationId": name,
            "summary": summary,
            "responses": {
                "200": _json(summary, told),
                **({"304": _UNCHANGED} if tagged else {}),
                **_ADMISSION,
                "503": _UNRECORDED,
            },
        },
    }


def _previewing(name: str, summary: str) -> dict[str, Any]:
    entries = {"type": "array", "items": {"type": ["string", "object"]}}
    told = {
        "type": "object",
        "required": ["rows", name, "problems", "more_problems", "ignored", *roster.ABOUT],
        "properties": {
            "rows": {"type": "integer"},
            name: {**entries, "description": "as a programme file has them; none with problems"},
            "problems": {"type": "array", "items": _ref("TableProblem")},
            "more_problems": {"type": "integer", "description": "how many are not told"},
            "ignored": {"type": "array", "items": {"type": "string"}},
            "kind": {"type": "string", "enum": ["csv", "xlsx"]},
            "encoding": _TEXT_OR_NULL,
            "separator": _TEXT_OR_NULL,
            "sheet": _TEXT_OR_NULL,
            "passed_over": {"type": "array", "items": {"type": "string"}},
        },
    }
    file = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
    return {
        "parameters": [_DIALOGUE, _SEAT],
        "post": {
            "operationId": f"preview-{name}",
            "summary": summary,
            "requestBody": {"required": True, "content": file},
            "responses": {
                "200": _json(summary, told),
                **_ADMISSION,
                "413": _refused("Too large."),
                "415": _refused("Not sent as a file."),
                "422": _refused("A file that cannot be used."),
                **_BUSY,
            },
        },
    }


def _body(schema: dict[str, Any]) -> dict[str, Any]:
    return {"required": True, "content": {"application/json": {"schema": schema}}}


def _which(body: type[links.WhichBody]) -> dict[str, Any]:
    """The schema of a choice of links, with its enumerations in place; exactly one way of three."""
    schema = body.model_json_schema()
    enums = schema.pop("$defs")
    for name, part in schema["properties"].items():
        if "anyOf" in part:
            kind = part.pop("anyOf")[0]
            reference = kind.get("$ref", "").rpartition("/")[2]
            schema["properties"][name] = enums[reference] if reference else kind
    ways = ("role", "category", "links")
    return {**schema, "oneOf": [{"required": [way]} for way in ways]}


def _told(key: str, description: str, **more: Any) -> dict[str, Any]:
    properties = {key: {"type": "string"}, **more}
    return _json(
        description, {"type": "object", "required": [*properties], "properties": properties}
    )


def _page(description: str) -> dict[str, Any]:
    return {"description": description, "content": {"text/html": {"schema": {"type": "string"}}}}


def _in_path(name: str, description: str, **schema: Any) -> dict[str, Any]:
    return {
        "name": name,
        "in": "path",
        "required": True,
        "schema": {"type": "string", **schema},
        "description": description,
    }


_DIALOGUE = _in_path("dialogue", "The dialogue's id.")
_OTHER_SEAT = _in_path("seat", "The seat to be expelled.")
_TEXT = _in_path("text", "The text's id.")
_WALK_IN = _in_path("walk_in", "Whoever has registered.")
_LINK = _in_path("link", "The link's id.")
_OWN_SEAT = _in_path("seat", "The seat that asks.")
_NOTE = _in_path("note", "Made by the client, as a command's id is.", pattern=wire.ID)
_POLICY = {
    "name": "policy",
    "in": "query",
    "required": True,
    "schema": {"type": "string", "enum": [*Policy]},
    "description": "What the list is ordered by.",
}
_EVERY = {
    "name": "every",
    "in": "query",
    "schema": {"type": "integer", "minimum": 1, "maximum": order.MOST_BETWEEN, "default": 3},
    "description": "After how many others a stakeholder has a turn.",
}
_BASE = {
    "name": "base",
    "in": "query",
    "required": True,
    "schema": {"type": "integer", "minimum": 0},
    "description": "The revision of the note that was seen.",
}
_PARAGRAPH = _in_path("paragraph", "The paragraph's key.", pattern=rf"^{summary.KEY.pattern}$")
_SEAT = {
    "name": "Moderator-Seat",
    "in": "header",
    "required": False,
    "schema": {"type": "string"},
    "description": "The seat whose cookie is shown; not with a bearer token.",
}
_UNCHANGED = {"description": "Unchanged since the ETag that was sent."}
_UNRECORDED = _refused("Not recorded; send the same again after Retry-After.")
_TURNED_AWAY = {
    "401": "No seat or token, or one that has expired or was expelled.",
    "403": "Not for this role, or somebody else's.",
    "404": "No such dialogue for this seat, or nothing of this name in it.",
}
_ADMISSION = {status: _refused(said) for status, said in _TURNED_AWAY.items()}
_BUSY = {"429": _refused("Too many; see Retry-After."), "503": _UNRECORDED}
_WRITING = {
    "400": _refused("Not of the form; every problem is listed."),
    **_ADMISSION,
    "409": _refused("Refused by a rule; nothing was recorded."),
    "413": _refused("Too long."),
    "415": _refused("Not JSON."),
    **_BUSY,
}
_LOOKING_AFTER = {status: said for status, said in _WRITING.items() if status != "409"}
_OWN_LINK = _refused("The link by which the asker came; nothing was done.")
_LINKS = {
    "type": "object",
    "required": ["links"],
    "properties": {"links": {"type": "array", "items": _ref("Link")}},
}
_REHEARSAL = {
    "type": "object",
    "required": ["rehearsal"],
    "properties": {"rehearsal": {"type": ["string", "null"]}},
}
_EXPELLED = {
    "type": "object",
    "required": ["expelled"],
    "properties": {"expelled": {"type": "array", "items": {"type": "string"}}},
}
_TEXT_OR_NULL = {"type": ["string", "null"]}
_INTEGER_OR_NULL = {"type": ["integer", "null"]}
_INSTANT_OR_NULL = {"type": ["integer", "null"]}
_LISTS_OF_RECORD = (
    *("phases", "gavel", "lists", "segments", "turns", "requests"),
    *("announcements", "questions"),
)
_SCHEMAS: dict[str, Any] = {
    "Receipt": {
        "type": "object",
        "required": ["version", "undo"],
        "properties": {
            "version": {"type": "integer"},
            "undo": {"type": ["integer", "null"], "description": "name it to undo this command"},
        },
    },
    "Refusal": {
        "type": "object",
        "required": ["reason", "message"],
        "properties": {
            "reason": {
                "type": "string",
                "enum": sorted(map(str, {*refusals.WORDS, *roster.FILE_WORDS})),
            },
            "message": {"type": "string", "description": "in the caller's language"},
            "problems": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["path", "message"],
                    "properties": {"path": {"type": "string"}, "message": {"type": "string"}},
                },
            },
            "note": {**_ref("Note"), "description": "as it stands, where it was changed"},
        },
    },
    "Snapshot": {
        "type": "object",
        "required": ["version", "now", "view"],
        "properties": {
            "version": {"type": "integer"},
            "now": {"type": "integer"},
            "view": {"type": "object", "description": "sections by name: docs/protocol.md"},
            "own": {"type": "object", "description": "for delegations only"},
            "rehearsal": {"const": True, "description": "while a rehearsal of it goes on"},
        },
    },
    "Programme": {"type": "object", "description": "docs/protocol.md"},
    "Proposal": {
        "type": "object",
        "required": ["version", "segment", "policy", "order", "moved"],
        "properties": {
            "version": {"type": "integer"},
            "segment": _TEXT_OR_NULL,
            "policy": {"enum": [*Policy]},
            "order": {"type": "array", "items": {"type": "string"}},
            "moved": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["id", "former", "place", "why", "words"],
                    "properties": {
                        "id": {"type": "string"},
                        "former": {"type": "integer", "description": "from 0"},
                        "place": {"type": "integer"},
                        "why": {"enum": [*Why]},
                        "words": {"type": "string", "description": "in the caller's language"},
                    },
                },
            },
        },
    },
    "Fairness": {
        "type": "object",
        "required": ["version", "segment", "dialogue", "hints"],
        "properties": {
            "version": {"type": "integer"},
            "segment": _ref("Balance"),
            "dialogue": _ref("Balance"),
            "hints": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["reason", "requests", "region", "other", "count", "words"],
                    "properties": {
                        "reason": {"enum": [*HintReason]},
                        "requests": {"type": "array", "items": {"type": "string"}},
                        "region": _TEXT_OR_NULL,
                        "other": _TEXT_OR_NULL,
                        "count": {"type": "integer"},
                        "words": {"type": "string", "description": "in the caller's language"},
                    },
                },
            },
        },
    },
    "Balance": {
        "type": "object",
        "description": "docs/protocol.md",
        "required": ["turns", "used", "first_time", "regions", "kinds"],
        "properties": {
            "turns": {"type": "integer"},
            "used": {"type": "integer"},
            "first_time": {"type": "integer"},
            "regions": {"type": "array", "items": {"type": "object"}},
            "kinds": {"type": "array", "items": {"type": "object"}},
        },
    },
    "Note": {
        "type": "object",
        "required": [
            *("id", "segment", "intervention", "theme", "kind", "stance", "text"),
            *("at", "revision", "author"),
        ],
        "properties": {
            "id": {"type": "string"},
            "segment": {"type": "string"},
            "intervention": _TEXT_OR_NULL,
            "theme": _TEXT_OR_NULL,
            "kind": {"anyOf": [_ref("PointKind"), {"type": "null"}]},
            "stance": {"anyOf": [_ref("Stance"), {"type": "null"}]},
            "text": {"type": "string", "maxLength": notes.LONGEST},
            "at": {"type": "integer", "description": "when it was first written"},
            "revision": {"type": "integer", "description": "how often it was written"},
            "author": {
                "type": "object",
                "description": "who wrote it as it stands",
                "required": ["office", "name", "seat"],
                "properties": {
                    "office": {"type": "string", "description": "role/subject"},
                    "name": {"type": "string", "description": "in the caller's language"},
                    "seat": _TEXT_OR_NULL,
                },
            },
        },
    },
    "ProgrammeForm": {
        "type": "object",
        "required": ["revision", "programme"],
        "properties": {"revision": {"type": "integer"}, "programme": {"type": "object"}},
    },
    "WalkIn": {
        "type": "object",
        "required": ["id", "name", "category", "person", "asked_at", "state", "delegation"],
        "properties": {
            "id": {"type": "string"},
            "name": {"type": "string"},
            "category": {"type": "string"},
            "person": {"type": "string"},
            "asked_at": {"type": "integer"},
            "state": {"type": "string", "enum": ["pending", "approved", "refused"]},
            "delegation": _TEXT_OR_NULL,
        },
    },
    "Catalogue": {
        "type": "object",
        "required": ["delegations", "groups"],
        "properties": {
            "delegations": {"type": "array", "items": {"type": "object"}},
            "groups": {"type": "array", "items": {"type": "object"}},
        },
    },
    "TableProblem": {
        "type": "object",
        "required": ["line", "column", "reason", "message"],
        "properties": {
            "line": {"type": "integer"},
            "column": {"type": "integer", "description": "from one"},
            "reason": {"type": "string", "enum": sorted(REASONS)},
            "message": {"type": "string", "description": "in the caller's language"},
        },
    },
    "Summary": {
        "type": "object",
        "description": "docs/protocol.md",
        "required": ["title", "words", "gauges", "box", "status", "sections"],
        "properties": {
            "title": {"type": "string"},
            "words": {"type": "integer"},
            "gauges": {"type": "array", "items": {"type": "integer"}},
            "box": {"type": "object"},
            "status": {"type": "object"},
            "sections": {"type": "array", "items": {"type": "object"}},
        },
    },
    "Written": {
        "type": "object",
        "required": ["key", "revision"],
        "properties": {"key": {"type": "string"}, "revision": {"type": "integer"}},
    },
    "Version": {
        "type": "object",
        "required": ["revision", "after", "text", "drafted", "author", "at"],
        "properties": {
            "revision": {"type": "integer"},
            "after": _TEXT_OR_NULL,
            "text": {"type": ["string", "null"], "description": "null: it was taken out"},
            "drafted": {"type": ["string", "null"], "description": "what the draft said then"},
            "author": {"type": "string", "description": "role/subject"},
            "at": {"type": "integer"},
        },
    },
    "Versions": {
        "type": "object",
        "required": ["versions"],
        "properties": {
            "versions": {"type": "array", "items": {"$ref": "#/components/schemas/Version"}}
        },
    },
    "Changed": {
        "type": "object",
        "required": ["reason", "message", "theirs", "yours"],
        "properties": {
            "reason": {"type": "string", "enum": ["paragraph-changed"]},
            "message": {"type": "string", "description": "in the caller's language"},
            "theirs": {"$ref": "#/components/schemas/Version"},
            "yours": {"type": ["string", "null"], "description": "what was sent"},
        },
    },
    "Device": {
        "type": "object",
        "required": ["id", "role", "subject", "made_at", "expelled_at"],
        "properties": {
            "id": {"type": "string"},
            "role": {"type": "string", "enum": [str(role) for role in Role]},
            "subject": _TEXT_OR_NULL,
            "made_at": {"type": "integer"},
            "expelled_at": _INSTANT_OR_NULL,
        },
    },
    "Link": {
        "type": "object",
        "required": [
            *("id", "role", "subject", "name", "code", "url"),
            *("issue", "revoked_at", "devices"),
        ],
        "properties": {
            "id": {"type": "string"},
            "role": {"type": "string", "enum": [str(role) for role in Role]},
            "subject": _TEXT_OR_NULL,
            "name": {"type": "string"},
            "code": _TEXT_OR_NULL,
            "url": {"type": "string"},
            "issue": {"type": "integer", "description": "how often it was issued, from 1"},
            "revoked_at": _INSTANT_OR_NULL,
            "devices": {"type": "integer", "description": "how many hold a seat by it"},
        },
    },
    "Wall": {
        "type": "object",
        "description": "docs/protocol.md",
        "required": ["now", "date", "utc_offset", "rooms"],
        "properties": {
            "now": {"type": "integer"},
            "date": {"type": "string", "description": "in words, where the first room is"},
            "utc_offset": {"type": "integer", "description": "minutes, where the first room is"},
            "rooms": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["id", "title", "place", "programme", "version", "view"],
                    "properties": {
                        "id": {"type": "string"},
                        "title": {"type": "string"},
                        "place": {"type": "string"},
                        "programme": {"type": "object"},
                        "version": _INTEGER_OR_NULL,
                        "view": {"type": ["object", "null"]},
                    },
                },
            },
        },
    },
    "Record": {
        "type": "object",
        "description": "docs/record.md",
        "required": ["schema", "dialogue", "version", "head", *_LISTS_OF_RECORD],
        "properties": {
            "schema": {"type": "integer", "description": "version of this form"},
            "dialogue": {"type": "string"},
            "version": {"type": "integer"},
            "head": {"type": "string", "description": "hash of the log's row `version`"},
            **{key: {"type": "array", "items": {"type": "object"}} for key in _LISTS_OF_RECORD},
        },
    },
}
