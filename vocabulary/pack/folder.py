"""A pack's folder: which files it has, how they become one document, and which file a problem of the document lies in."""

from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import Any

import yaml

from vocabulary.pack.reading import PackInvalid, Problem

# Files whose top level is part of the document's top level, and the keys each brings.
_MERGED = {"pack.yaml": ("name", "version", "title", "year"), "modules.yaml": ("families", "modules", "trainer_course")}
# Files that are one key of the document each.
_NESTED = {"grid.yaml": "grid", "gates.yaml": "gates", "targets.yaml": "targets", "certificates.yaml": "certificates"}
_TEMPLATES = "templates"


class _Loader(yaml.SafeLoader):
    """Safe YAML in which a key that is written twice is an error, not the last one's victory."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[Any] = set()
        for key, _ in node.value:
            name = self.construct_object(key, deep=True)
            if not isinstance(name, Hashable):
                continue  # PyYAML's own error says it better
            if name in seen:
                raise yaml.constructor.ConstructorError(None, None, f"the key {name!r} is written twice", key.start_mark)
            seen.add(name)
        return super().construct_mapping(node, deep=deep)


def read(path: Path) -> dict[str, Any]:
    """The document that a folder's files make together. Raises PackInvalid for files that are missing, unknown or not YAML."""
    if not path.is_dir():
        raise PackInvalid([Problem((), f"{path} is not a folder", "give the folder that holds pack.yaml")])
    problems: list[Problem] = _strangers(path)
    document: dict[str, Any] = {}
    for file, keys in _MERGED.items():
        content = _load(path, file, problems)
        problems.extend(_unknown(file, content, keys))
        document |= content
    for file, key in _NESTED.items():
        document[key] = _load(path, file, problems)
    document["templates"] = _templates(path, problems)
    if problems:
        raise PackInvalid(problems)
    return document


def locate(problem: Problem, document: Mapping[str, Any]) -> Problem:
    """A problem of the document that `read` gave, as a problem of the file it lies in."""
    top, *rest = problem.steps or ("",)
    nested = {key: file for file, key in _NESTED.items()}
    if top in nested:
        return problem.within(nested[str(top)], 1)
    if top == "templates" and rest and isinstance(rest[0], int):
        return problem.within(f"{_TEMPLATES}/{document['templates'][rest[0]]['code']}.yaml", 2)
    if top == "templates":
        return problem.within(f"{_TEMPLATES}/", 1)
    return problem.within(next((file for file, keys in _MERGED.items() if top in keys), ""), 0)


def _templates(path: Path, problems: list[Problem]) -> list[dict[str, Any]]:
    """One entry a file, whose name is the message's code."""
    files = sorted((path / _TEMPLATES).glob("*.yaml"))
    if not files:
        problems.append(Problem((), "has no file", "write one file a message, such as seat-offered.yaml", f"{_TEMPLATES}/"))
    return [_template(path, file, problems) for file in files]


def _template(path: Path, file: Path, problems: list[Problem]) -> dict[str, Any]:
    name = f"{_TEMPLATES}/{file.name}"
    content = _load(path, name, problems)
    problems.extend(_unknown(name, content, ("fr", "ar")))
    return content | {"code": file.stem}


def _load(path: Path, file: str, problems: list[Problem]) -> dict[Any, Any]:
    try:
        content = _Loader((path / file).read_text(encoding="utf-8")).get_single_data()
    except FileNotFoundError:
        problems.append(Problem((), "is missing", "write this file", file))
    except UnicodeDecodeError:
        problems.append(Problem((), "is not UTF-8 text", "save it as UTF-8", file))
    except yaml.YAMLError as error:
        problems.append(Problem((), f"is not YAML ({_short(error)})", "correct that line", file))
    else:
        if isinstance(content, dict):
            return content
        problems.append(Problem((), "is not a mapping", "write it as `key: value` lines", file))
    return {}


def _short(error: yaml.YAMLError) -> str:
    """What PyYAML found and in which line, on one line."""
    mark = getattr(error, "problem_mark", None)
    found = getattr(error, "problem", None) or str(error).splitlines()[0]
    return f"line {mark.line + 1}: {found}" if mark else str(found)


def _unknown(file: str, content: Mapping[Any, Any], keys: tuple[str, ...]) -> list[Problem]:
    write = f"write one of {', '.join(keys)}, or take it out"
    return [Problem((str(key),), "is not a known key", write, file) for key in content if key not in keys]


def _strangers(path: Path) -> list[Problem]:
    """YAML files beside the known ones: a mistyped name would otherwise be passed over."""
    known = (*_MERGED, *_NESTED)
    found = sorted(file.name for pattern in ("*.yaml", "*.yml") for file in path.glob(pattern))
    return [
        Problem((), "is not a file of a pack", f"name it one of {', '.join(known)}, or take it out", name)
        for name in found
        if name not in known
    ]
