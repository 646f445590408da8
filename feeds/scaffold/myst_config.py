"""Read the configuration of MyST."""

from pathlib import Path

from feeds.scaffold.config_readers import read_yaml
from feeds.scaffold.config_values import name_in, table_in, text_in, texts_in
from feeds.scaffold.site_config import SiteConfig, site_url


def read_myst(path: Path, _: Path) -> SiteConfig:
    """Return the settings in `myst.yml`."""
    data = read_yaml(path)
    project, site = table_in(data, "project"), table_in(data, "site")
    domains = texts_in(site, "domains")
    return SiteConfig(
        "myst",
        home_page=site_url(f"https://{domains[0]}") if domains else "",
        title=text_in(project, "title") or text_in(site, "title"),
        description=text_in(project, "description") or text_in(site, "description"),
        language=text_in(project, "language"),
        author=name_in(project, "authors"),
        output="_build",
        exclude=texts_in(project, "exclude"),
    )
