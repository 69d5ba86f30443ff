"""What the API says of itself: its OpenAPI 3.1 document, and a page that lists its operations."""

from __future__ import annotations

import json
import re
from typing import Any

from fastapi import APIRouter
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema
from starlette.routing import compile_path

from sayso.serve.api.answers import name_version
from sayso.serve.api.problems import PROBLEM, ProblemDetails

VERSION = "v1"
WHERE = f"/api/{VERSION}"
ABOUT = """The desk of a ledger, for programs: what reports say, on whose say-so, and what people judged of it.

Rows are those of the commands' `--format json`. Lists come in pages of `items`; `next` is the `cursor` of the next one.
Every GET has an ETag. Errors are problems (RFC 9457). A write with an `Idempotency-Key` can be sent again."""
SAYS = {
    304: "You have it already (`If-None-Match`)",
    400: "It cannot be done so: `detail` says why",
    401: "Say who you are",
    403: "That is not for you",
    404: "There is nothing of that name",
    409: "The same is being done already",
    410: "The list has changed since it was begun",
    413: "The request is too large",
    422: "A part of the request is not what it should be",
    429: "Too many requests",
    500: "Something broke here",
}
KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Done once, however often it is sent with this key within a day",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"},
}
METHODS = ("get", "post", "delete")
TAGS = ("stories", "points", "reports", "texts", "judgements", "assessments", "alerts")
"""Under what the operations stand, in this order."""


def write_document(router: APIRouter) -> dict[str, Any]:
    """The OpenAPI document of some operations, with the problems that each may answer."""
    document = get_openapi(
        title="sayso",
        version=name_version(),
        summary="On whose say-so?",
        description=ABOUT,
        routes=router.routes,
        servers=[{"url": WHERE}],
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
    )
    parts = document.setdefault("components", {})
    _, problems = models_json_schema([(ProblemDetails, "serialization")], ref_template="#/components/schemas/{model}")
    parts.setdefault("schemas", {}).update(problems["$defs"])
    for name in ("HTTPValidationError", "ValidationError"):
        parts["schemas"].pop(name, None)
    parts["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer", "description": "A token of an account"}}
    document["security"] = [{}, {"token": []}]
    for path, operations in document["paths"].items():
        for method in METHODS:
            if method in operations:
                complete_operation(path, method, operations[method])
    return document


def list_methods(document: dict[str, Any]) -> list[tuple[re.Pattern[str], list[str]]]:
    """The methods of each address, which is told as a pattern."""
    return [
        (compile_path(WHERE + path)[0], [name.upper() for name in METHODS if name in operations])
        for path, operations in document["paths"].items()
    ]


def complete_operation(path: str, method: str, operation: dict[str, Any]) -> None:
    """Add to an operation what the framework does not know: its problems, and the key of a write."""
    answers = operation["responses"]
    for status in list_statuses(path, method, operation):
        answers[str(status)] = {
            "description": SAYS[status],
            "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}},
        }
    if method != "get":
        operation.setdefault("parameters", []).append(KEY)
    elif "jobs" not in path:
        answers["304"] = {"description": SAYS[304]}
    operation["responses"] = dict(sorted(answers.items()))


def list_statuses(path: str, method: str, operation: dict[str, Any]) -> list[int]:
    """The problems that an operation may answer with."""
    parameters = {one["name"] for one in operation.get("parameters", [])}
    found = [400, 401, 403, 422, 429, 500]
    if "{" in path or "story" in parameters:
        found.append(404)
    if "cursor" in parameters:
        found.append(410)
    if method != "get":
        found += [409, 413]
    return found


def list_operations(document: dict[str, Any], base: str) -> list[dict[str, Any]]:
    """What the page shows: a row an operation, with its parameters and a command that calls it."""
    rows = [
        view_operation(document, base, path, method, operations[method])
        for path, operations in document["paths"].items()
        for method in METHODS
        if method in operations
    ]
    return sorted(rows, key=lambda row: (TAGS.index(row["tag"]), row["path"], row["method"]))


def view_operation(
    document: dict[str, Any], base: str, path: str, method: str, operation: dict[str, Any]
) -> dict[str, Any]:
    """An operation as the page shows it."""
    parameters = [
        {
            "name": one["name"],
            "where": one["in"],
            "required": one.get("required", False),
            "says": one.get("description", "").replace("`", ""),
            "kind": name_kind(one["schema"]),
        }
        for one in operation.get("parameters", [])
    ]
    body = find_body(document, operation)
    return {
        "id": operation["operationId"],
        "tag": operation["tags"][0],
        "method": method.upper(),
        "path": WHERE + path,
        "summary": operation["summary"],
        "description": operation.get("description", "").replace("`", ""),
        "parameters": parameters,
        "body": body,
        "statuses": list(operation["responses"]),
        "example": write_example(base, path, method, operation, body),
    }


def find_body(document: dict[str, Any], operation: dict[str, Any]) -> list[dict[str, Any]]:
    """The fields of what is posted."""
    content = operation.get("requestBody", {}).get("content", {})
    named = content.get("application/json", {}).get("schema", {}).get("$ref", "").rpartition("/")[2]
    model = document["components"]["schemas"].get(named, {})
    return [
        {
            "name": name,
            "kind": name_kind(one),
            "required": name in model.get("required", []),
            "says": one.get("description", ""),
        }
        for name, one in model.get("properties", {}).items()
    ]


def name_kind(schema: dict[str, Any]) -> str:
    """What a parameter is, in a word or two."""
    if "enum" in schema:
        return ", ".join(map(str, schema["enum"]))
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    kind = str(schema.get("type", "any"))
    if "minimum" in schema and "maximum" in schema:
        return f"{kind}, {schema['minimum']} to {schema['maximum']}"
    return kind


EXAMPLES: dict[str, Any] = {
    "since": "2024-03-26",
    "what": "seven people",
    "q": "bridge",
    "add_report": {"text": "Two people were rescued, the fire chief said on Tuesday.", "published": "2024-03-26"},
    "check": {"text": "Eight workers died.", "published": "2024-03-27"},
    "compare": {"a": {"text": "All 22 crew are safe."}, "b": {"text": "The crew are safe."}},
    "judge": {"kind": "retract", "target": "REPORT", "reason": "the outlet took it back"},
    "undo_judgement": {"reason": "I mistook the village"},
    "add_question": {"text": "Will the channel reopen by 31 May 2024?", "resolves": "2024-05-31"},
    "add_hypotheses": {"question": "Why did the ship lose power?", "hypotheses": ["bad fuel", "neglect"]},
    "add_alert": {"kind": "origins", "words": "missing", "at_least": 3},
    "acknowledge_alert": {"reason": "the desk knows"},
    "add_forecast": {"values": ["0.7"], "reason": "the ministry has said so twice"},
}
"""What stands in the commands of the page."""


def write_example(base: str, path: str, method: str, operation: dict[str, Any], body: list[dict[str, Any]]) -> str:
    """A command that calls an operation, for a shell."""
    asked = [
        f"{one['name']}={EXAMPLES[one['name']]}".replace(" ", "+")
        for one in operation.get("parameters", [])
        if one["in"] == "query" and (one.get("required") or one["name"] == "since") and one["name"] in EXAMPLES
    ]
    address = base + WHERE + re.sub(r"{(\w+)}", lambda found: found[1].upper(), path)
    words = (
        f"curl {'' if method == 'get' else f'-X {method.upper()} '}'{address}{'?' + '&'.join(asked) if asked else ''}'"
    )
    words += " \\\n  -H 'Authorization: Bearer TOKEN'"
    if body:
        given = json.dumps(EXAMPLES[operation["operationId"]])
        words += f" \\\n  -H 'Content-Type: application/json' \\\n  -d '{given}'"
    return words
