"""Find the schemas that apply to a value, through references, alternatives and conditions."""

import re
from collections.abc import Collection, Iterator
from typing import Any

from referencing import Registry
from referencing.jsonschema import DRAFT202012

from feeds.diagnostics.problem import Route
from feeds.validation.schema.own_schemas import Schema

Resolver = Any  # what referencing resolves references with; its base depends on the schema
Located = tuple[Schema, Resolver]

REFERENCES = ("$ref", "$dynamicRef")
# Keywords whose schemas apply to the same value.
_SAME_VALUE = ("if", "then", "else")
_SEVERAL = ("allOf", "anyOf", "oneOf")
_CACHED_ROUTES = 1000


class SchemaMap:
    """The schemas that apply at each route, starting from one schema."""

    def __init__(self, root: Schema, registry: Registry[Any]) -> None:
        self.root = root, registry.resolver_with_root(DRAFT202012.create_resource(root))
        self._by_route: dict[Route, list[Located]] = {}

    def schemas(self, route: Route) -> list[Schema]:
        """Return the schemas that apply to the value at a route; referring schemas come first."""
        return [schema for schema, _ in self._at(route)]

    def leading_to(self, schema: Schema, route: Route) -> list[Schema]:
        """Return a schema and those at a route that refer to it, the nearest first, without the root."""
        referring = [
            other_schema
            for other_schema, resolver in reversed(self._at(route))
            if other_schema is not self.root[0] and any(other is schema for other, _ in around(other_schema, resolver))
        ]
        return [schema, *(other_schema for other_schema in referring if other_schema is not schema)]

    def parts(self, schema: Any, holder: Schema, route: Route) -> list[Schema]:
        """Return a subschema of one at a route, and the schemas that it refers to."""
        resolver = next((resolver for other, resolver in self._at(route) if other is holder), None)
        if resolver is None:
            return [schema] if isinstance(schema, dict) else []
        return [part for part, _ in around(schema, entered(schema, resolver))]

    def _at(self, route: Route) -> list[Located]:
        if len(self._by_route) > _CACHED_ROUTES:
            self._by_route.clear()
        if route not in self._by_route:
            self._by_route[route] = list(self._found(route))
        return self._by_route[route]

    def _found(self, route: Route) -> Iterator[Located]:
        if not route:
            yield from around(*self.root)
            return
        seen: set[int] = set()
        for schema, resolver in self._at(route[:-1]):
            for child in _children(schema, route[-1]):
                for located in around(child, entered(child, resolver)):
                    if id(located[0]) not in seen:
                        seen.add(id(located[0]))
                        yield located


def around(schema: Any, resolver: Resolver, more: Collection[str] = ()) -> Iterator[Located]:
    """Yield a schema and all that it applies to the same value, including those under `more` keywords."""
    pending, seen = [(schema, resolver)], set()
    while pending:
        schema, resolver = pending.pop()
        if isinstance(schema, dict) and id(schema) not in seen:
            seen.add(id(schema))
            yield schema, resolver
            inner = [(part, entered(part, resolver)) for part in _parts(schema, more)]
            pending += reversed([*inner, *_referred(schema, resolver)])


def entered(schema: Any, resolver: Resolver) -> Resolver:
    """Return the resolver of references inside of a schema, which may have an `$id`."""
    return resolver.in_subresource(DRAFT202012.create_resource(schema))


def subschemas(schema: Any) -> Iterator[Schema]:
    """Yield a schema and all of its subschemas."""
    pending = [schema]
    while pending:
        schema = pending.pop()
        if isinstance(schema, dict):
            yield schema
            pending += DRAFT202012.subresources_of(schema)


def _parts(schema: Schema, more: Collection[str]) -> Iterator[Any]:
    yield from (schema[keyword] for keyword in (*_SAME_VALUE, *more) if keyword in schema)
    for keyword in _SEVERAL:
        yield from schema.get(keyword, ())
    yield from schema.get("dependentSchemas", {}).values()


def _referred(schema: Schema, resolver: Resolver) -> Iterator[Located]:
    for keyword in REFERENCES:
        if keyword in schema:
            resolved = resolver.lookup(schema[keyword])
            yield resolved.contents, resolved.resolver


def _children(schema: Schema, step: str | int) -> list[Any]:
    if isinstance(step, int):
        prefix = schema.get("prefixItems", ())
        named = [prefix[step]] if step < len(prefix) else []
        others = ("items", "unevaluatedItems")
    else:
        properties = schema.get("properties", {})
        named = [properties[step]] if step in properties else []
        named += [part for pattern, part in schema.get("patternProperties", {}).items() if re.search(pattern, step)]
        others = ("additionalProperties", "unevaluatedProperties")
    return named or [schema[keyword] for keyword in others if keyword in schema]
