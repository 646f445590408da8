"""Read a user's schema and the files that it refers to, but nothing from the web."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from referencing import Registry, Resource
from referencing.exceptions import NoSuchResource, Unresolvable
from referencing.jsonschema import DRAFT202012

from feeds.config.required_text import required_text
from feeds.diagnostics.problem import CouldNotRunError
from feeds.diagnostics.wording import quote
from feeds.validation.schema.own_schemas import Schema
from feeds.validation.schema.schema_check import normalize_schema
from feeds.validation.schema.schema_map import REFERENCES, Located, Resolver, around, entered, subschemas


def read_schema(path: Path, record: Schema) -> tuple[Schema, Registry[Any], tuple[Path, ...]]:
    """Return the schema in a file, a registry of all schemas that it refers to and the record schema, and their files.

    Raises CouldNotRunError if a file cannot be read or is not a JSON Schema of draft 2020-12, if a reference cannot
    be resolved, or if references are circular.
    """
    try:
        files = _Files(path, record)
        return files.root, files.registry(), tuple(files.read)
    except RecursionError:
        raise CouldNotRunError(f"{path}: the schema is nested too deep") from None


class _Files:
    def __init__(self, path: Path, record: Schema) -> None:
        self._path, self._record = path, record
        self.root = _read(path)
        self.read = [path]
        self._base = str(self.root.get("$id", "")).rstrip("#")
        self._resources = {record["$id"]: _resource(record), self._base: _resource(self.root)}
        self._normalized = {id(schema) for known in (record, self.root) for schema in subschemas(known)}

    def registry(self) -> Registry[Any]:
        """Return all schemas that the first one refers to, directly or not, by URI."""
        try:
            start = self._collected().resolver_with_root(_resource(self.root))
        except ValueError as error:
            raise CouldNotRunError(f'{self._path}: an "$id" in the schema is not a URL: {error}') from None
        for schema, ref, target in list(self._references(start)):
            if any(other is schema for other, _ in around(*target, ["not"])):
                raise CouldNotRunError(f"{self._path}: the schema refers to {ref}, which refers back to itself")
        return self._collected()

    def _collected(self) -> Registry[Any]:
        registry: Registry[Any] = Registry(retrieve=self._retrieve)  # type: ignore[call-arg]  # mypy misses the alias
        return registry.with_resources(self._resources.items()).crawl()

    def _references(self, start: Resolver) -> Iterator[tuple[Schema, str, Located]]:
        """Yield each schema with a reference, the reference, and the schema that it refers to."""
        pending, seen = [(self.root, start)], set()
        while pending:
            schema, resolver = pending.pop()
            if isinstance(schema, dict) and id(schema) not in seen:
                seen.add(id(schema))
                pending += ((part, entered(part, resolver)) for part in DRAFT202012.subresources_of(schema))
                for ref in (schema[keyword] for keyword in REFERENCES if keyword in schema):
                    target = self._target(ref, resolver)
                    pending.append(target)
                    yield schema, ref, target

    def _target(self, ref: str, resolver: Resolver) -> Located:
        try:
            resolved = resolver.lookup(ref)
        except (Unresolvable, ValueError, TypeError) as error:
            unread = error.__cause__ and error.__cause__.__cause__
            if isinstance(unread, CouldNotRunError):
                raise unread from None
            hint = "; nothing is fetched from the web: keep it in a file" if "://" in ref else ""
            raise CouldNotRunError(f"{self._path}: the schema refers to {ref}, which does not exist{hint}") from None
        if id(resolved.contents) not in self._normalized:
            normalize_schema(resolved.contents, f"{self._path}: what {quote(ref)} leads to")
            self._normalized |= {id(schema) for schema in subschemas(resolved.contents)}
        return resolved.contents, resolved.resolver

    def _retrieve(self, uri: str) -> Resource[Any]:
        if uri not in self._resources:
            path = self._file(uri)
            schema = _read(path)
            self.read.append(path)
            if schema.get("$id") == self._record["$id"]:
                schema = self._record  # a copy, however old, stands for the schema that records are checked by
            self._normalized |= {id(part) for part in subschemas(schema)}
            self._resources[uri] = _resource(schema)
        return self._resources[uri]

    def _file(self, uri: str) -> Path:
        """Return the file of a URI: its path relative to the first file is that of its URI to the first schema's."""
        folder = urljoin(self._base, ".") if urlsplit(self._base).netloc else ""
        path = self._path.parent / unquote(uri.removeprefix(folder))
        if not uri.startswith(folder) or urlsplit(uri.removeprefix(folder)).scheme or not path.is_file():
            raise NoSuchResource(uri)
        return path


def _read(path: Path) -> Schema:
    try:
        schema = json.loads(required_text(path, "the schema"))
        json.dumps(schema, ensure_ascii=False, allow_nan=False).encode()
    except json.JSONDecodeError as error:
        position = f"line {error.lineno}, column {error.colno}"
        raise CouldNotRunError(f"{path}: the schema is not JSON: {position}: {error.msg}") from None
    except UnicodeEncodeError as error:
        half = f"\\u{ord(error.object[error.start]):04x}"
        raise CouldNotRunError(f"{path}: the schema contains {half}, half of a character; remove it") from None
    except ValueError:
        raise CouldNotRunError(f"{path}: the schema contains a number that is too long or not finite") from None
    if not isinstance(schema, dict):
        raise CouldNotRunError(f"{path}: the schema must be a JSON object, as in {{}}")
    normalize_schema(schema, str(path))
    return schema


def _resource(schema: Schema) -> Resource[Any]:
    return DRAFT202012.create_resource(schema)
