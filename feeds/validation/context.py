"""The schema, configuration and time that validation depends on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from feeds.config.settings import Config
from feeds.diagnostics.problem import Problem
from feeds.frontmatter.dialect import RECORDS, Dialect
from feeds.records.redact import are_on_top, public_part
from feeds.sources.entry import OTHER_MARKUP
from feeds.validation.schema.own_schemas import record_schema
from feeds.validation.schema.record_schema import RecordSchema

if TYPE_CHECKING:
    from feeds.frontmatter.document import Document
    from feeds.records.posts.site_context import SiteContext


class ValidationContext(NamedTuple):
    """The schema, configuration and time of a validation; without `now` no date is in the future.

    If files are posts of another generator, `site` says how they are mapped to records.
    """

    config: Config
    schema: RecordSchema
    now: datetime | None = None
    site: SiteContext | None = None
    dialect: Dialect = RECORDS

    def for_file(self, path: str) -> ValidationContext:
        """Return the context of a file: a record in markup that is not just Markdown or HTML is mapped as posts are."""
        if self.site or not path.lower().endswith(OTHER_MARKUP):
            return self
        from feeds.validation.site_facts import site_of  # noqa: PLC0415 - few records are in other markup

        return self._replace(site=site_of(self.config))

    def for_schema(self, document: Document) -> Document:
        """Return a document without secret keys, but for those at the top that the schema knows.

        A user's schema names its own.
        """
        data, text, secret = document.data, document.tree.text, self.config.secret
        known = record_schema()["properties"].keys()
        if self.schema.has_own or (known >= {*secret} and are_on_top(data, text, secret)):
            return document
        public = public_part(data, text, secret)
        named = {key: public.get(key, value) for key, value in data.items() if key in public or key in known}
        return document._replace(tree=document.tree.with_data(named))

    def graded(self, problems: Iterable[Problem]) -> list[Problem]:
        """Return problems sorted, with the configured severities, without those of disabled rules."""
        severities = self.config.rules
        if not severities:
            return sorted(problems)
        graded = ((problem, severities.get(problem.rule, problem.severity)) for problem in problems)
        return sorted(problem._replace(severity=severity) for problem, severity in graded if severity != "off")


def with_site(config: Config) -> Config:
    """Return a configuration with the facts of its site, if files are posts of another generator.

    Raises CouldNotRunError for an unknown preset.
    """
    if config.site or not config.has_posts:
        return config
    from feeds.validation.site_facts import facts_of  # noqa: PLC0415 - records need none of it

    return config._replace(site=facts_of(config))


def context_for(config: Config, now: datetime | None = None) -> ValidationContext:
    """Return the context of a configuration.

    The facts of a site are looked up once and kept in the configuration. Raises CouldNotRunError when the schema,
    preset or fields cannot be used.
    """
    if not config.has_posts:
        return ValidationContext(config, RecordSchema(config.schema), now)
    from feeds.validation.site_facts import dialect_of, site_of  # noqa: PLC0415 - records need none of it

    config = with_site(config)
    return ValidationContext(config, RecordSchema(config.schema), now, site_of(config), dialect_of(config))
