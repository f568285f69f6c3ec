"""The fields of an event's data, as readers see them: paths, types, and what a schema promises."""

from collections.abc import Iterator, Sequence

from chassis.contracts.schemas import Schema

DEEPEST = 4
FEW = 3
Parts = dict[str, Schema]
ITEM = "[]"


def fields_of(schema: Schema) -> Iterator[tuple[str, str, str]]:
    """Path, type and presence of each field, an object's own fields after it: ``modules[].title``."""
    yield from _fields(schema, schema.get("$defs", {}), "", 1)


def _fields(schema: Schema, parts: Parts, before: str, depth: int) -> Iterator[tuple[str, str, str]]:
    for name, field in schema.get("properties", {}).items():
        path = f"{before}{name}"
        yield path, _type(field, parts), "yes" if name in schema.get("required", ()) else "no"
        inner, suffix = _inside(field, parts)
        if inner is not None and not _is_plain(inner, parts) and depth < DEEPEST:
            yield from _fields(inner, parts, f"{path}{suffix}.", depth + 1)


def _inside(field: Schema, parts: Parts) -> tuple[Schema | None, str]:
    """The object that a field holds, or a list or a map of it, and what that adds to its path."""
    field, suffix = _not_null(field), ""
    while True:
        if "$ref" in field:
            field = parts[field["$ref"].rpartition("/")[2]]
        elif "items" in field and isinstance(field["items"], dict):
            field, suffix = field["items"], f"{suffix}[]"
        elif isinstance(field.get("additionalProperties"), dict):
            field, suffix = field["additionalProperties"], f"{suffix}.*"
        else:
            return (field if "properties" in field else None), suffix


def _is_plain(schema: Schema, parts: Parts) -> bool:
    """Whether all its fields are plain values: it is then told in its type."""
    return all(_inside(field, parts)[0] is None for field in schema["properties"].values()) and len(schema["properties"]) <= FEW


def _not_null(field: Schema) -> Schema:
    kept = [part for part in field.get("anyOf", ()) if part.get("type") != "null"]
    return kept[0] if len(kept) == 1 else field


def _type(field: Schema, parts: Parts) -> str:
    if "anyOf" in field:
        return " or ".join(_type(part, parts) for part in field["anyOf"])
    if "$ref" in field:
        return _object(parts[field["$ref"].rpartition("/")[2]], parts)
    if "enum" in field:
        return " or ".join(f"`{value}`" for value in field["enum"])
    if field.get("type") == "array":
        return f"list of {_type(field['items'], parts)}" if isinstance(field.get("items"), dict) else "list"
    if isinstance(field.get("additionalProperties"), dict):
        return f"map of {_type(field['additionalProperties'], parts)}"
    return {"date": "date", "date-time": "moment"}.get(field.get("format", ""), str(field.get("type", "any")))


def _object(schema: Schema, parts: Parts) -> str:
    if "properties" not in schema:
        return _type(schema, parts)
    if not _is_plain(schema, parts):
        return "object"
    return "{" + ", ".join(f"{name}: {_type(field, parts)}" for name, field in schema["properties"].items()) + "}"


def promises(schema: Schema, path: Sequence[str]) -> bool:
    """Whether data of this schema may hold something at ``path``: names, and ``[]`` for an item of a list."""
    return _promises(schema, list(path), schema.get("$defs", {}))


def _promises(schema: Schema, path: list[str], parts: Parts) -> bool:
    if "$ref" in schema:
        return _promises(parts[schema["$ref"].rpartition("/")[2]], path, parts)
    if "anyOf" in schema:
        return any(_promises(part, path, parts) for part in schema["anyOf"])
    if not path:
        return True
    name, *rest = path
    if name == ITEM:
        return _promises(schema["items"], rest, parts) if isinstance(schema.get("items"), dict) else False
    if name in schema.get("properties", {}):
        return _promises(schema["properties"][name], rest, parts)
    values = schema.get("additionalProperties", "properties" not in schema and schema.get("type") == "object")
    return _promises(values, rest, parts) if isinstance(values, dict) else bool(values)
