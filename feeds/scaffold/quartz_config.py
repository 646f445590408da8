"""Read the configuration of Quartz, which is a script, without executing it."""

import re
from pathlib import Path

from feeds.scaffold.config_readers import lenient_text
from feeds.scaffold.script_reader import number_in, read_script
from feeds.scaffold.site_config import SiteConfig, site_url


def read_quartz(path: Path, folder: Path) -> SiteConfig:
    """Return the settings in `quartz.config.ts`, or those of an Obsidian vault."""
    script, text = read_script(path), lenient_text(path)
    url = script.find("baseUrl")
    ignored = re.search(r"ignorePatterns:\s*\[([^\]]*)\]", text)
    return SiteConfig(
        "obsidian",
        source="content" if (folder / "content").is_dir() else ".",
        home_page=site_url(f"https://{url}" if url and "://" not in url else url),
        title=script.find("pageTitle"),
        language=script.find("locale"),
        limit=number_in(script.find("rssLimit")) or (10 if text else None),
        output="public" if text else "",
        exclude=tuple(re.findall(r"['\"]([^'\"]+)['\"]", ignored[1])) if ignored else (),
    )
