"""GET /api/openapi.json: the interface described for programs, from the models that check it."""

from typing import Any

from flask import Blueprint, Response, jsonify

from moderator.web import refusals, wire

bp = Blueprint("openapi", __name__)


@bp.get("/api/openapi.json")
def show() -> Response:
    """The OpenAPI 3.1 document."""
    return jsonify(document())


def document() -> dict[str, Any]:
    """The OpenAPI document, generated from the pydantic models and the reasons of refusals."""
    command = wire.COMMAND.json_schema(ref_template="#/components/schemas/{model}")
    schemas = command.pop("$defs")
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Moderator",
            "version": "0.1.0",
            "description": "Commands go up over HTTP, views come down by Socket.IO: see "
            "docs/protocol.md. Instants and durations are integer milliseconds.",
        },
        "paths": {
            "/api/dialogues/{dialogue}/commands": {
                "parameters": [_DIALOGUE, _SEAT],
                "post": {
                    "operationId": "command",
                    "summary": "Ask for something; the same id again is answered the same.",
                    "requestBody": {
                        "required": True,
                        "content": {"application/json": {"schema": command}},
                    },
                    "responses": {
                        "200": _json("Recorded, or already true.", _ref("Receipt")),
                        "400": _refused("Not of the form; every problem is listed."),
                        **_ADMISSION,
                        "409": _refused("Refused by a rule; nothing was recorded."),
                        "413": _refused("Too long."),
                        "415": _refused("Not JSON."),
                        "429": _refused("Too many; see Retry-After."),
                        "503": _refused("Not recorded; send the same again after Retry-After."),
                    },
                },
            },
            "/api/dialogues/{dialogue}/view": _reading(
                "view", "What the caller's audience sees now.", "Snapshot"
            ),
            "/api/dialogues/{dialogue}/programme": _reading(
                "programme", "The names behind the codes, in the caller's language.", "Programme"
            ),
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
                "304": {"description": "Unchanged since the ETag that was sent."},
                **_ADMISSION,
            },
        },
    }


_DIALOGUE = {"name": "dialogue", "in": "path", "required": True, "schema": {"type": "string"}}
_SEAT = {
    "name": "Moderator-Seat",
    "in": "header",
    "required": False,
    "schema": {"type": "string"},
    "description": "The seat whose cookie is shown; not with a bearer token.",
}
_ADMISSION = {
    "401": _refused("No seat or token, or one that has expired or was expelled."),
    "403": _refused("Not for this role, or somebody else's."),
    "404": _refused("No such dialogue for this seat."),
}
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
            "reason": {"type": "string", "enum": sorted(str(reason) for reason in refusals.WORDS)},
            "message": {"type": "string", "description": "in the caller's language"},
            "problems": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["path", "message"],
                    "properties": {"path": {"type": "string"}, "message": {"type": "string"}},
                },
            },
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
        },
    },
    "Programme": {"type": "object", "description": "docs/protocol.md"},
}
