"""Small repositories of every generator: what `feeds init` makes of their configuration, and that it builds."""

from __future__ import annotations

import json
import shutil
import tomllib
from pathlib import Path

import pytest
from site_folder import built_items, settings_in, site_in, write
from support import run_feeds

from feeds.records.posts.presets import PRESETS
from feeds.scaffold import generators
from feeds.scaffold.feeds_toml import feeds_toml
from feeds.scaffold.script_reader import read_script
from feeds.scaffold.site_config import SiteConfig

SITES = Path(__file__).with_name("sites")
NAMES = sorted(path.name for path in SITES.iterdir())
POST = "---\ntitle: {}\ndate: 2024-05-01\n---\nText.\n"
OWN_OUTPUTS = {"public", "_site", "output", "dist", "site", "build", "docs", "_build"}


def test_every_preset_has_a_site() -> None:
    found = {tomllib.loads((SITES / name / "expected.toml").read_text(encoding="utf-8"))["preset"] for name in NAMES}
    assert found == set(PRESETS)


@pytest.mark.parametrize("name", NAMES)
def test_settings_are_what_the_configuration_says(name: str) -> None:
    settings = settings_in(SITES / name / "folder")
    said = "".join(f"# not known: {unknown}\n" for unknown in settings.unknown)
    assert f"{settings.text}\n{said}" == (SITES / name / "expected.toml").read_text(encoding="utf-8")
    assert settings.output not in OWN_OUTPUTS


@pytest.mark.parametrize("name", NAMES)
def test_init_and_build_are_all_that_is_typed(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    shutil.copytree(SITES / name / "folder", folder)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    links = [item["url"] for item in built_items(folder)]
    assert links == (SITES / name / "links.txt").read_text(encoding="utf-8").split()
    assert before == {path: path.read_bytes() for path in before}


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("quarto", "feeds/, which the site has to publish"),
        ("jekyll", "feeds/; exclude: [feeds.toml, feeds.ids] in _config.yml keeps these out of the site"),
        ("hugo", "static/feeds/"),
    ],
)
def test_what_the_generator_publishes_of_it_is_told(name: str, told: str, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    shutil.copytree(SITES / name / "folder", folder)
    done = run_feeds("init", "--template", "config", cwd=folder).stdout.decode()
    assert done.splitlines()[0].partition("; feeds go to ")[2] == told


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        (r"FILENAME_METADATA = '(?P<slug>\\w+)'", ["FILENAME_METADATA; write into posts what it takes of their paths"]),
        ("PATH_METADATA = '(?P<status>.*)/.*'", ["PATH_METADATA; write into posts what it takes of their paths"]),
        (r"FILENAME_METADATA = r'(?P<date>\d{4}-\d{2}-\d{2})[_-](?P<slug>.*)'", []),
        (r"PATH_METADATA = '(?P<path_no_ext>.*)\\..*'", []),
        ("PATH_METADATA = '(?P<volume>.*)/.*'", []),
    ],
)
def test_what_pelican_takes_of_names_is_read_or_told(setting: str, told: list[str], tmp_path: Path) -> None:
    assert [*site_in(tmp_path, {"pelicanconf.py": f"{setting}\n"}).unknown] == told


def test_nothing_of_a_configuration_is_executed(tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    (tmp_path / "pelicanconf.py").write_text(f"SITENAME = 'A'\nopen({str(trap)!r}, 'w')\n", encoding="utf-8")
    assert run_feeds("init", cwd=tmp_path).returncode == 0
    assert not trap.exists()


def test_values_that_feeds_would_refuse_are_told_instead(tmp_path: Path) -> None:
    site = SiteConfig("jekyll", title="A\nB", language="english", zone="Mars/Base", exclude=("!keep",))
    settings = feeds_toml(site, tmp_path)
    assert tomllib.loads(settings.text) == {"preset": "jekyll", "source": ".", "output": "feeds", "title": "A B"}
    assert settings.unknown[1:] == ("the language, which is taken to be en", "the time zone Mars/Base")


@pytest.mark.parametrize(
    ("files", "home_page"),
    [
        ({"CNAME": "a.example\n"}, "https://a.example/"),
        ({"static/CNAME": "b.example"}, "https://b.example/"),
        ({"CNAME": ""}, ""),
        (
            {".git/config": '[remote "origin"]\n\turl = git@github.com:Ann/ann.github.io.git\n'},
            "https://ann.github.io/",
        ),
        ({".git/config": '[remote "origin"]\n\turl = https://github.com/ann/tool.git\n'}, ""),
        ({"_config.yml": "url: https://example.org\n", "CNAME": "c.example\n"}, "https://c.example/"),
        ({"_config.yml": "url: https://example.org\n"}, "https://example.org/"),
        (
            {"_config.yml": "url: http://yoursite.com\ndeploy: {repo: git@github.com:ann/ann.github.io.git}\n"},
            "https://ann.github.io/",
        ),
        ({"_config.yml": "url: https://yourself.example.net\n"}, "https://yourself.example.net/"),
    ],
)
def test_the_address_of_a_site_is_also_known_from_github(files: dict[str, str], home_page: str, tmp_path: Path) -> None:
    assert site_in(tmp_path, {"_config.yml": "title: A\n", **files}).home_page == home_page


def test_an_address_that_only_stands_for_one_is_told(tmp_path: Path) -> None:
    settings = settings_in(tmp_path, {"_config.yml": "url: http://yoursite.com\n"})
    assert settings.unknown[-1].startswith("home_page, as yoursite.com is a placeholder")


@pytest.mark.parametrize("names", [[], ["feeds"], ["feeds", "feeds-output"], ["feeds-output"]])
def test_the_output_is_a_folder_that_nothing_else_uses(names: list[str], tmp_path: Path) -> None:
    for name in names:
        (tmp_path / name).mkdir()
    output = tomllib.loads(feeds_toml(SiteConfig("hexo"), tmp_path).text)["output"]
    assert not (tmp_path / output).exists()


def test_an_output_of_a_former_run_is_used_again(tmp_path: Path) -> None:
    (tmp_path / "feeds").mkdir()
    (tmp_path / "feeds" / "manifest.json").write_text("{}", encoding="utf-8")
    assert feeds_toml(SiteConfig("hexo"), tmp_path).output == "feeds"


@pytest.mark.parametrize(
    ("config", "fields"),
    [
        ("permalink: :title.html\npretty_urls: {trailing_html: false}", {"webUrl": ["permalink", "{home_page}{slug}"]}),
        ("new_post_name: :year/:year-:month-:day-:title.md", {"slug": [":filename", "{file:flat}"]}),
        ("permalink: :category/:abbrlink/", {"webUrl": ["permalink", "{home_page}{category:path}/{data.abbrlink}/"]}),
        ("permalink: :title/:hash/:timestamp", {"webUrl": ["permalink", "{home_page}{slug}/{hash}/{timestamp}"]}),
        (
            "permalink: :lang/:title\npost_asset_folder: true\npermalink_defaults: {lang: en}",
            {"webUrl": ["permalink", "{home_page}{language}/{slug}/", "{home_page}en/{slug}/"]},
        ),
        ("category_map: {a: b, 'c=d': e}", {"categories": ["categories=a => 'b'", "categories", "'uncategorized'"]}),
    ],
)
def test_hexo_has_its_own_ways_of_names_and_addresses(
    config: str, fields: dict[str, list[str]] | None, tmp_path: Path
) -> None:
    (tmp_path / "source" / "_posts").mkdir(parents=True)
    assert tomllib.loads(settings_in(tmp_path, {"_config.yml": config}).text).get("fields") == fields


def test_what_jekyll_and_mkdocs_have_and_feeds_does_not_is_told(tmp_path: Path) -> None:
    told = site_in(tmp_path, {"_config.yml": "unpublished: true\nshow_drafts: true\nfuture: false\n"}).unknown
    assert [note.partition(";")[0] for note in told] == ["unpublished", "show_drafts"]
    (tmp_path / "_config.yml").unlink()
    told = site_in(tmp_path, {"mkdocs.yml": "site_name: A\nplugins: [exclude: {regex: ['.*/wip/.*']}]\n"}).unknown
    assert told == ("regex of the plugin exclude; write into exclude what it leaves out",)


def test_posts_of_jekyll_may_lie_in_a_folder_of_collections(tmp_path: Path) -> None:
    (tmp_path / "things" / "_posts").mkdir(parents=True)
    assert site_in(tmp_path, {"_config.yml": "collections_dir: things\n"}).source == "things"


@pytest.mark.parametrize(
    ("files", "exclude"),
    [
        (
            {
                "eleventy.config.js": "export default c => {c.ignores.add('src/posts/a.md'); c.ignores.add('b.md')};\n"
                "export const config = {dir: {input: 'src'}};\n",
                ".eleventyignore": "# a comment\n./src/posts/c/\n**/d.md\nsrc/pages\n",
                "src/.eleventyignore": "/posts/e.md\n",
            },
            ["/a.md", "/c/", "**/d.md", "/e.md"],
        ),
        (
            {
                "source/_config.yml": "",
                "_config.yml": "skip_render: '_posts/a/*'\nignore: ['**/b.md', 'source/_data/**']\n",
            },
            ["/a/*", "**/b.md"],
        ),
        (
            {
                "mkdocs.yml": "site_name: A\nplugins: [blog]\nexclude_docs: |\n  # a comment\n  /blog/posts/a.md\n"
                "  *.b.md\ndraft_docs: |\n  blog/posts/c/**\n  other/*.md\n"
            },
            ["/a.md", "*.b.md", "/c/**"],
        ),
        (
            {
                "docusaurus.config.js": "export default {docs: {exclude: ['x/**']}, presets: [['classic', {blog: {\n"
                "feedOptions: {type: 'all'}, exclude: ['**/{wip,old}/**', 'a.md'], routeBasePath: '/'}}]]};\n",
            },
            ["**/wip/**", "**/old/**", "/a.md"],
        ),
        (
            {
                "hugo.toml": "baseURL = 'https://example.org'\n[[module.mounts]]\n"
                "source = 'posts'\ntarget = 'content'\n"
                "excludeFiles = ['wip/*', '**.de.md']\nfiles = ['! {a,b}/c*']\n"
            },
            ["/wip/*", "**.de.md", "/a/c*", "/b/c*"],
        ),
        (
            {
                "astro.config.mjs": "export default defineConfig({site: 'https://example.org'});\n",
                "src/content.config.ts": "const blog = defineCollection({loader: glob({base: './src/content/blog',\n"
                "pattern: ['**/*.md', '!{wip,old}/**', '!**/note.md']})});\n"
                "const docs = defineCollection({loader: glob({base: './src/docs', pattern: ['!a.md']})});\n",
            },
            ["/wip/**", "/old/**", "**/note.md"],
        ),
        ({"_quarto.yml": "website: {title: A, drafts: [posts/a.qmd, about.qmd]}\n"}, ["/a.qmd"]),
        ({"mkdocs.yml": "site_name: A\nplugins: [blog]\nexclude_docs: blog/\n"}, ["/**"]),
        (
            {
                "mkdocs.yml": "site_name: A\nplugins: [blog, exclude: "
                "{glob: [blog/posts/wip/*, '*/notes/*', '*.tmp.md', a.md]}]\n"
            },
            ["/wip/**", "**/notes/**", "*.tmp.md"],
        ),
        (
            {
                "hugo.toml": "baseURL = 'https://example.org'\ndefaultContentLanguage = 'zh-cn'\n",
                **dict.fromkeys(("content/a/index.md", "content/a/index.zh-cn.md", "content/b.zh-cn.md"), ""),
            },
            ["/a/index.md"],
        ),
    ],
)
def test_what_a_site_ignores_is_no_post(files: dict[str, str], exclude: list[str], tmp_path: Path) -> None:
    for folder in ("src/posts/c", "src/content/blog", "source/_posts", "docs/blog/posts", "posts", "blog"):
        (tmp_path / folder).mkdir(parents=True)
    assert tomllib.loads(settings_in(tmp_path, files).text)["exclude"] == exclude


@pytest.mark.parametrize(
    ("name", "config", "exclude", "unknown"),
    [
        (
            "docs/.vitepress/config.mts",
            "export default {title: 'Harbour', /* srcExclude: ['b'] */ srcExclude: ['**/a.md', `posts/{wip,old}/**`,]}",
            ["**/a.md", "/posts/wip/**", "/posts/old/**"],
            ["VitePress (docs/.vitepress/config.mts), which has no preset; that of Astro is the nearest"],
        ),
        (
            "docs/.vitepress/config.js",
            "export default {title: 'Harbour', srcDir: 'posts', srcExclude: [...held]}\n",
            None,
            [
                "VitePress (docs/.vitepress/config.js), which has no preset; that of Astro is the nearest",
                "the addresses of posts; compare those in the feeds with the site, and write webUrl under [fields]",
                "srcExclude of docs/.vitepress/config.js; write into exclude what it leaves out",
            ],
        ),
        (
            "docs/.vitepress/config.ts",
            "export default {title: 'Harbour', srcDir: './posts', srcExclude: ['held.md']}\n",
            ["/posts/held.md"],
            [
                "VitePress (docs/.vitepress/config.ts), which has no preset; that of Astro is the nearest",
                "the addresses of posts; compare those in the feeds with the site, and write webUrl under [fields]",
            ],
        ),
        (
            "docs/.vuepress/config.js",
            "module.exports = {title: 'Harbour', pagePatterns: ['**/*.md', '!posts/held.md']}\n",
            ["/posts/held.md"],
            ["VuePress (docs/.vuepress/config.js), which has no preset; that of Astro is the nearest"],
        ),
        (
            "gatsby-config.js",
            "module.exports = {siteMetadata: {title: `Harbour`}, plugins: [{ignore: ['**/held.md']}, {ignore: [/a/]}]}",
            ["**/held.md"],
            [
                "Gatsby (gatsby-config.js), which has no preset; that of Astro is the nearest",
                "the addresses of posts; compare those in the feeds with the site, and write webUrl under [fields]",
                "ignore of gatsby-config.js; write into exclude what it leaves out",
            ],
        ),
    ],
)
def test_what_a_generator_without_a_preset_leaves_out_is_no_post(
    name: str, config: str, exclude: list[str] | None, unknown: list[str], tmp_path: Path
) -> None:
    posts = {f"docs/posts/{post}.md": POST.format(post) for post in ("one", "held")}
    site = site_in(tmp_path, {name: config, **posts})
    assert list(site.unknown) == unknown
    settings = tomllib.loads(feeds_toml(site, tmp_path).text)
    assert settings.get("exclude") == exclude
    assert settings["title"] == "Harbour"


@pytest.mark.parametrize(("options", "limit"), [("limit: null", None), ("limit: 7", 7), ("type: 'all'", 20)])
def test_docusaurus_has_twenty_items_unless_it_says_otherwise(options: str, limit: int | None, tmp_path: Path) -> None:
    script = f"export default {{presets: [['classic', {{blog: {{feedOptions: {{{options}}}}}}}]]}};\n"
    assert site_in(tmp_path, {"docusaurus.config.js": script}).limit == limit


@pytest.mark.parametrize("other", ["", "---\ntitle: Three\ndate: 2024-05-01\n---\n"])
def test_posts_of_nikola_and_lektor_are_found_and_not_read(other: str, tmp_path: Path) -> None:
    posts = {"one.rst": ".. title: One\n", "two.md": "<!--\n.. title: Two\n-->\n", "README.md": "# .. title:\n"}
    write(tmp_path, {**posts, "contents.lr": "title: Four\n", "three.md": other})
    told = run_feeds("init", cwd=tmp_path).stdout.decode()
    for line in (
        "two.md and 1 more; headers of Nikola are not read: make records of its feed, as with feeds import output/rss",
        "contents.lr; headers of Lektor are not read: make records of its feed, as with feeds import FEED",
    ):
        assert f"unknown: {line}" in told


@pytest.mark.parametrize(
    ("config", "post", "front", "link"),
    [
        ("gatsby-config.js", "content/blog/lamp/index.md", "", "lamp/"),
        ("gatsby-config.js", "content/blog/lamp.md", 'path: "/of/lamps"', "of/lamps"),
        ("gatsby-config.js", "content/blog/lamp.md", "slug: lit", "lit/"),
        ("next.config.mjs", "data/blog/lamp-2.0.mdx", "", "blog/lamp-2.0/"),
        ("next.config.mjs", "_posts/lamp.md", "", "posts/lamp/"),
    ],
)
def test_posts_of_programs_have_the_address_of_their_file_or_their_own(
    config: str, post: str, front: str, link: str, tmp_path: Path
) -> None:
    script = "module.exports = {plugins: [{options: {path: `${__dirname}/content/blog`}}]}"
    lines = f"title: A\ndate: 2024-05-01\npublished: true\nimages: [/a.png]\n{front}".rstrip()
    write(tmp_path, {config: script, post: f"---\n{lines}\n---\n::: tip\nText.\n:::\n"})
    assert run_feeds("init", cwd=tmp_path).returncode == 0
    assert run_feeds("build", "--base-url", "https://a.example/f/", cwd=tmp_path).returncode == 0
    (item,) = json.loads((tmp_path / "feeds" / "all.json").read_bytes())["items"]
    assert item["url"].removeprefix("https://a.example/") == link
    assert item["image"].endswith("/a.png")
    assert "<blockquote>" in item["content_html"]


def test_types_in_typescript_hide_no_settings(tmp_path: Path) -> None:
    script = tmp_path / "config.ts"
    script.write_text("export const site: Site = {subtitle: 'Ropes'}\nrss({description: site.subtitle || 'None'})\n")
    assert read_script(script).find("description") == "Ropes"


@pytest.mark.parametrize("preset", ["jekyll", "hexo"])
def test_names_that_begin_with_an_underscore_are_those_of_no_posts(preset: str, tmp_path: Path) -> None:
    names = ("_posts/{}a.md", "_posts/sub/{}b.md", "_posts/_wip/{}c.md", "_posts/_{}d.md", "_drafts/{}e.md")
    posts = {name.format("2024-05-01-"): POST.format(name) for name in names}
    write(tmp_path, {"feeds.toml": f"preset = '{preset}'\nhome_page = 'https://example.org/'\n", **posts})
    for source in (".", "_posts"):
        assert run_feeds("build", source, "--no-cache", cwd=tmp_path).returncode == 0
        items = json.loads((tmp_path / "public" / "all.json").read_bytes())["items"]
        assert {item["title"] for item in items} == {"_posts/{}a.md", "_posts/sub/{}b.md"}


@pytest.mark.parametrize(("settings", "titles"), [("", {"a"}), ("exclude = ['!Drafts/']", {"a", "Drafts/e"})])
def test_templates_drafts_and_private_notes_of_a_vault_are_no_posts(
    settings: str, titles: set[str], tmp_path: Path
) -> None:
    text = f"preset = 'obsidian'\nhome_page = 'https://example.org/'\n{settings}\n"
    names = ("a", "Templates/b", "sub/99 Templates/c", "sub/Private/d", "Drafts/e")
    write(tmp_path, {"feeds.toml": text, **{f"{name}.md": POST.format(name) for name in names}})
    assert run_feeds("build", ".", "--no-cache", cwd=tmp_path).returncode == 0
    items = json.loads((tmp_path / "public" / "all.json").read_bytes())["items"]
    assert {item["title"] for item in items} == titles


@pytest.mark.parametrize(
    ("files", "shown"),
    [
        (
            {"_config.yml": "url: https://example.org\ndefaults: [{scope: {path: ''}, values: {published: false}}]\n"},
            "published: true",
        ),
        ({"hugo.yaml": "baseURL: https://example.org\ncascade: {draft: true}\n"}, "draft: false"),
        (
            {"hugo.yaml": "baseURL: https://example.org\ncascade: [{target: {path: '**'}, draft: true}]\n"},
            "draft: false",
        ),
        (
            {"pelicanconf.py": "SITEURL = 'https://example.org'\nDEFAULT_METADATA = {'status': 'draft'}\n"},
            "status: published",
        ),
    ],
)
def test_a_site_that_holds_all_posts_back_publishes_those_that_say_so(
    files: dict[str, str], shown: str, tmp_path: Path
) -> None:
    folder = "_posts" if "_config.yml" in files else "content"
    posts = {
        f"{folder}/2024-05-01-{name}.md": f"---\ntitle: {name}\ndate: 2024-05-01\n{line}\n---\nText\n"
        for name, line in (("held", "x-key: 1"), ("shown", shown))
    }
    write(tmp_path, files | posts)
    assert [item["title"] for item in built_items(tmp_path)] == ["shown"]


@pytest.mark.parametrize(
    "key", ["draft: z.boolean().default(true)", "published: z.boolean().optional().default(false)"]
)
def test_a_collection_of_astro_may_hold_posts_back_by_default(key: str, tmp_path: Path) -> None:
    (tmp_path / "src" / "content" / "blog").mkdir(parents=True)
    collection = f"const blog = defineCollection({{schema: z.object({{title: z.string(), {key}}})}});\n"
    site = site_in(
        tmp_path, {"astro.config.mjs": "export default defineConfig({});\n", "src/content/config.ts": collection}
    )
    assert site.fields["published"] == ("!draft", f"!{key.partition(':')[0]} => 'false'")


@pytest.mark.parametrize(
    ("settings", "route", "pattern"),
    [
        ("", "blog", ""),
        ("trailingSlash: 'never'", "blog", "{home_page}blog/{slug}"),
        ("build: {format: 'file'}", "blog", "{home_page}blog/{slug}.html"),
        ("", "heritage", "{home_page}heritage/{slug}/"),
    ],
)
def test_pages_of_astro_end_as_its_configuration_says(settings: str, route: str, pattern: str, tmp_path: Path) -> None:
    routes = {f"src/pages/{name}/[...slug].astro": "" for name in (route, "tags", "og")}
    site = site_in(tmp_path, {"astro.config.mjs": f"export default defineConfig({{{settings}}});\n", **routes})
    assert site.web_url == ((pattern,) if pattern else ())
    assert site.unknown == ()


def test_a_configuration_of_mkdocs_may_have_a_name_of_its_own(tmp_path: Path) -> None:
    configs = {"mkdocs.blog.yml": "site_name: Blog\n", "mkdocs.all.yml": "site_name: All\n"}
    assert site_in(tmp_path, configs).title == "Blog"
    assert site_in(tmp_path, {"mkdocs.yml": "site_name: Docs\n"}).title == "Docs"


def test_ids_of_posts_that_astro_computes_are_told(tmp_path: Path) -> None:
    collection = "defineCollection({loader: glob({base: 'src/content/blog', generateId: ({entry}) => entry})});\n"
    files = {"src/content.config.ts": collection, "src/content/blog/a.md": "", "src/pages/blog/[...slug].astro": ""}
    site = site_in(tmp_path, {"astro.config.mjs": "export default defineConfig({});\n", **files})
    assert site.unknown == ("generateId of the collection of posts; if addresses differ, write webUrl under [fields]",)


@pytest.mark.parametrize(
    ("link", "base", "own", "pattern"),
    [
        ("/sea/log/${post.id}/", "/sea", "", "{home_page}log/{slug}/"),
        ("/log/${post.id}", "", "", "{home_page}log/{slug}/"),
        ("/log/${post.id}/", "", "trailingSlash: false,", "{home_page}log/{slug}"),
        ("/log/${post.id}.html", "", "", "{home_page}log/{slug}.html"),
    ],
)
def test_links_in_the_feed_of_astro_are_as_its_package_writes_them(
    link: str, base: str, own: str, pattern: str, tmp_path: Path
) -> None:
    config = f"export default defineConfig({{ site: 'https://example.org', base: '{base}' }});\n"
    feed = f"import rss from '@astrojs/rss';\nrss({{{own} items: posts.map((post) => ({{link: `{link}`}}))}});\n"
    site = site_in(tmp_path, {"astro.config.mjs": config, "src/pages/rss.xml.js": feed})
    assert site.web_url == (pattern,)


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ("post_url_date_format: yyyy/MMM", ["post_url_format {date}/{slug} of dates yyyy/MMM"]),
        ("post_url_date_format: yyyy/MM", []),
        ("post_slugify_separator: _", ["post_slugify_separator"]),
    ],
)
def test_addresses_of_mkdocs_in_words_of_its_language_or_other_slugs_are_told(
    settings: str, told: list[str], tmp_path: Path
) -> None:
    config = f"site_name: A\ntheme: {{language: de}}\nplugins: [blog: {{{settings}}}]\n"
    notes = site_in(tmp_path, {"mkdocs.yml": config}).unknown
    assert [note.partition(";")[0] for note in notes] == told


@pytest.mark.parametrize(
    ("setting", "links"),
    [
        ("true", ["a/", "a/b/", "c/", "d/d/"]),
        ("false", ["a/b.html", "a/index.html", "c/index.html", "d/d.html"]),
    ],
)
def test_indexes_and_readmes_of_mkdocs_are_the_pages_of_their_folders(
    setting: str, links: list[str], tmp_path: Path
) -> None:
    config = f"site_name: A\nsite_url: https://a.example/\nuse_directory_urls: {setting}\n"
    names = ("a/index.md", "a/b.md", "c/README.md", "d/d.md")
    write(tmp_path, {"mkdocs.yml": config, **{f"docs/{name}": POST.format(name) for name in names}})
    items = built_items(tmp_path)
    assert sorted(item["url"].removeprefix("https://a.example/") for item in items) == links


@pytest.mark.parametrize(
    ("name", "settings", "links"),
    [
        (".vitepress/config.mts", "base: '/b/'", ["b/posts/one.html", "b/posts/two_2.html"]),
        (".vitepress/config.mts", "cleanUrls: true", ["posts/one", "posts/two_2"]),
        (".vitepress/config.mts", "rewrites: {}", ["posts/one.html", "posts/two_2.html"]),
        (".vuepress/config.js", "", ["posts/one.html", "posts/two_2.html"]),
    ],
)
def test_pages_of_generators_without_a_preset_are_where_their_files_are(
    name: str, settings: str, links: list[str], tmp_path: Path
) -> None:
    config = f"export default {{title: 'Lamps', sitemap: {{hostname: 'https://a.example'}}, {settings}}}\n"
    posts = {f"docs/posts/{post}.md": POST.format(post) for post in ("one", "two_2")}
    write(tmp_path, {f"docs/{name}": config, **posts})
    told = run_feeds("init", cwd=tmp_path).stdout
    assert run_feeds("build", cwd=tmp_path).returncode == 0
    items = json.loads((tmp_path / "feeds" / "all.json").read_bytes())["items"]
    assert sorted(item["url"].removeprefix("https://a.example/") for item in items) == links
    assert (b"rewrites" in told) == ("rewrites" in settings)


def test_articles_of_pelican_at_the_top_of_their_folder_have_its_name_as_category(tmp_path: Path) -> None:
    (tmp_path / "content" / "log" / "sea").mkdir(parents=True)
    site = site_in(tmp_path, {"pelicanconf.py": "SITENAME = 'A'\nARTICLE_PATHS = ['log/sea']\n"})
    assert (site.source, site.fields["categories"]) == ("content/log/sea", ("category", ":folder", "'sea'"))


def test_a_folder_without_a_path_is_left_out_at_any_depth(tmp_path: Path) -> None:
    config = "site_name: A\nsite_url: https://example.org/\nplugins: [blog]\nexclude_docs: |\n  wip/\n  none/\n"
    posts = {f"docs/blog/posts/2024/{name}.md": POST.format(name) for name in ("wip/a", "b")}
    assert tomllib.loads(settings_in(tmp_path, {"mkdocs.yml": config, **posts}).text)["exclude"] == ["wip/"]


def test_what_hugo_ignores_by_name_is_left_out_and_other_expressions_are_told(tmp_path: Path) -> None:
    expressions = [r"\.wip\.md$", "/later/", "_half", r".*-old\.md$", "a|b", "^x"]
    config = {"baseURL": "https://example.org", "ignoreFiles": expressions}
    shown = ("late.md", "wip.md", "old.md")
    names = (*shown, "a.wip.md", "later/a.md", "b_half-done.md", "c-old.md")
    posts = {f"content/posts/{name}": POST.format(name) for name in names}
    write(tmp_path, {"hugo.json": json.dumps(config), **posts})
    told = run_feeds("init", cwd=tmp_path).stdout + run_feeds("build", cwd=tmp_path).stderr
    items = json.loads((tmp_path / "feeds" / "all.json").read_bytes())["items"]
    assert sorted(item["title"] for item in items) == sorted(shown)
    assert told.count(b"ignoreFiles") == 2


def test_a_mount_of_some_files_of_hugo_is_told(tmp_path: Path) -> None:
    mount = "[[module.mounts]]\nsource = 'posts'\ntarget = 'content'\nfiles = ['news/**']\n"
    site = site_in(tmp_path, {"hugo.toml": f"baseURL = 'https://example.org'\n{mount}"})
    assert "files news/** of module.mounts; write exclude" in site.unknown


@pytest.mark.parametrize(
    ("file", "setting", "folder"),
    [
        ("_config.yml", "plugins: [jemoji]", "_posts"),
        ("zola.toml", "base_url = 'https://example.org'\n[markdown]\nrender_emoji = true", "content"),
        ("hugo.toml", "baseURL = 'https://example.org'\nenableEmoji = true", "content"),
        ("mkdocs.yml", "site_name: A\nmarkdown_extensions:\n- pymdownx.emoji: {}", "docs"),
    ],
)
def test_emoji_that_the_site_makes_of_codes_are_asked_for(
    file: str, setting: str, folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = {f"{folder}/2024-05-01-b.md": "At 10:30:15 std::a:b :material-lamp: C:/x:\n"}
    assert "\nemoji" not in settings_in(tmp_path, {file: f"{setting}\n", **plain}).text
    write(tmp_path, {f"{folder}/2024-05-01-a.md": "Lit :tada:!\n"})
    monkeypatch.setattr(generators, "find_spec", lambda _: True)
    assert "\nemoji = true" in settings_in(tmp_path).text
    monkeypatch.setattr(generators, "find_spec", lambda _: None)
    assert "\nemoji" not in settings_in(tmp_path).text
    assert any("2024-05-01-a.md; to have them shown" in note for note in settings_in(tmp_path).unknown)


def test_collections_of_jekyll_without_a_feed_are_told_only_if_there_are_no_posts(tmp_path: Path) -> None:
    posts = dict.fromkeys(("_works/a.md", "_hidden/a.md"), "---\ntitle: A\n---\n")
    config = "collections: {works: {output: true}, hidden: {}}\n"
    settings = settings_in(tmp_path, {"_config.yml": config, **posts})
    assert 'source = "."' in settings.text
    told = [note for note in settings.unknown if "collection" in note]
    assert len(told) == 1
    assert 'source = "_works" and webUrl = "{home_page}works/{file}.html" under [fields], for --config' in told[0]
    (tmp_path / "_posts").mkdir()
    assert "collection" not in " ".join(settings_in(tmp_path).unknown)


def test_default_tags_of_jekyll_are_of_posts_without_tags(tmp_path: Path) -> None:
    posts = {
        f"_posts/2024-05-01-{name}.md": f"---\ntitle: A {name}\ncategory: news\n{tags}---\n"
        for name, tags in (("none", ""), ("own", "tags: own\n"))
    }
    given = "defaults: [{scope: {path: ''}, values: {tags: a b}}]\n"
    write(tmp_path, {"_config.yml": f"url: https://example.org\n{given}", **posts})
    items = built_items(tmp_path)
    assert {item["title"]: item["tags"] for item in items} == {"A none": ["news", "a", "b"], "A own": ["news", "own"]}


def test_defaults_of_folders_hold_for_their_posts(tmp_path: Path) -> None:
    scopes = [
        {"scope": {"path": "_posts/tech", "types": "posts"}, "values": {"categories": "tech tools", "author": "Ann"}},
        {"scope": {"path": "", "type": "posts"}, "values": {"category": "one text", "permalink": "/:title"}},
        {"scope": {"path": "", "type": "posts"}, "values": {"image": "/a.png", "lang": "fr"}},
        {"scope": {"path": "_posts/later"}, "values": {"published": False}},
        {"scope": {"path": "_pages"}, "values": {"category": "no post"}},
    ]
    site = site_in(tmp_path, {"_config.yml": json.dumps({"defaults": scopes})})
    (tmp_path / "_posts" / "later").mkdir(parents=True)
    settings = tomllib.loads(feeds_toml(site, tmp_path).text)
    fields = settings["fields"]
    assert fields["published"][-1] == "_posts/later/ => !published => 'false'"
    assert (fields["images"][-1], fields["language"][-1]) == ("'/a.png'", "'fr'")
    assert fields["categories"][1:] == ["_posts/tech/ => 'tech' + 'tools'", "'one text'"]
    assert fields["authors"][2:] == ["_posts/tech/ => 'Ann'"]
    assert fields["webUrl"] == ["permalink", "{home_page}{slug}"]


@pytest.mark.parametrize("root", ["", "all/"])
def test_what_jekyll_holds_back_by_default_is_published_if_it_says_so(root: str, tmp_path: Path) -> None:
    scopes = [{"scope": {"path": f"{root}{path}"}, "values": {"published": False}} for path in ("wip", "_posts/x*")]
    config = {"url": "https://example.org", "collections_dir": root.strip("/"), "defaults": scopes}
    write(tmp_path, {"_config.yml": json.dumps(config)})
    for path, line in (("wip/_posts", ""), ("wip/_posts", "published: true"), ("_posts", ""), ("_posts/x1", "")):
        name = f"{path}/2024-05-01-{'own' if line else 'plain'}.md"
        write(tmp_path / root, {name: f"---\ntitle: {name}\n{line}\n---\nText\n"})
    titles = sorted(item["title"] for item in built_items(tmp_path))
    assert titles == ["_posts/2024-05-01-plain.md", "wip/_posts/2024-05-01-own.md"]


def test_a_pattern_that_feeds_would_refuse_is_told_instead(tmp_path: Path) -> None:
    site = SiteConfig("pelican", web_url=("{home_page}{date:%c}/{slug}/",), fields={"slug": (":name",)})
    settings = feeds_toml(site, tmp_path)
    assert tomllib.loads(settings.text)["fields"] == {"slug": [":name"]}
    assert settings.unknown[-1].startswith('webUrl: "{home_page}{date:%c}/{slug}/": "%c" is no form of a date')
