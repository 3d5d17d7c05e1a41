"""Does an answer have the shape that Google publishes for it?

The discovery documents of the Sheets, Drive and IAM Credentials APIs ship in google-api-python-client. Each of their
schemas becomes a JSON schema in which an unknown field is an error.
"""

from __future__ import annotations

import functools
import json
from importlib import resources
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

if TYPE_CHECKING:
    from sheets_server.field_mask import Mask

LONG = 50
DOCUMENTS = ("sheets.v4.json", "drive.v3.json", "iamcredentials.v1.json")


@functools.cache
def documents() -> dict[str, dict[str, Any]]:
    """The discovery documents by name."""
    folder = resources.files("googleapiclient") / "discovery_cache" / "documents"
    return {name: json.loads((folder / name).read_text("utf-8")) for name in DOCUMENTS}


@functools.cache
def document_of(schema: str) -> str:
    """The document that defines a schema.

    Raises:
        LookupError: None does.
    """
    for name, document in documents().items():
        if schema in document["schemas"]:
            return name
    raise LookupError(schema)


def json_schema(published: dict[str, Any], document: str) -> Any:
    """A discovery schema as a JSON schema."""
    if "$ref" in published:
        return {"$ref": f"{document}#/$defs/{published['$ref']}"}
    kind = published.get("type")
    if kind == "any" or kind is None:
        return True
    if kind == "array":
        return {"type": "array", "items": json_schema(published["items"], document)}
    if kind == "object":
        properties = {name: json_schema(part, document) for name, part in published.get("properties", {}).items()}
        more = published.get("additionalProperties")
        return {
            "type": "object",
            "properties": properties,
            "additionalProperties": json_schema(more, document) if more else False,
        }
    translated: dict[str, Any] = {"type": kind}
    if "enum" in published:
        translated["enum"] = list(published["enum"])
    return translated


@functools.cache
def _validator(schema: str) -> Draft202012Validator:
    registry: Registry[Any] = Registry()
    for name, document in documents().items():
        definitions = {key: json_schema(part, name) for key, part in document["schemas"].items()}
        contents = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": name, "$defs": definitions}
        registry = registry.with_resource(name, Resource.from_contents(contents, default_specification=DRAFT202012))
    return Draft202012Validator({"$ref": f"{document_of(schema)}#/$defs/{schema}"}, registry=registry)


def problems(schema: str, body: Any) -> list[str]:
    """What is wrong with the body of an answer or a request, in words; nothing if it is of the published shape."""
    return [
        f"{schema}{error.json_path.removeprefix('$')}: {error.message}"
        for error in _validator(schema).iter_errors(_with_distinct_parts(body))
    ]


def _with_distinct_parts(value: Any) -> Any:
    """The body with equal entries of a long list once: a thousand bare rows take seconds to check, and say nothing."""
    if isinstance(value, dict):
        return {name: _with_distinct_parts(part) for name, part in value.items()}
    if not isinstance(value, list):
        return value
    if len(value) > LONG:
        value = list({json.dumps(part): part for part in value}.values())
    return [_with_distinct_parts(part) for part in value]


def unknown_path(schema: str, mask: Mask) -> str | None:
    """The first path of a field mask that an answer of this schema cannot have."""
    document = documents()[document_of(schema)]["schemas"]
    return _unknown(document, {"$ref": schema}, mask, "")


def _unknown(schemas: dict[str, Any], published: dict[str, Any], mask: Mask, prefix: str) -> str | None:
    while "$ref" in published or published.get("type") == "array":
        published = schemas[published["$ref"]] if "$ref" in published else published["items"]
    properties = published.get("properties", {})
    for name, below in mask.items():
        path = f"{prefix}.{name}" if prefix else name
        if name == "*":
            continue
        if name not in properties:
            return path
        wrong = _unknown(schemas, properties[name], below, path) if below else None
        if wrong:
            return wrong
    return None
