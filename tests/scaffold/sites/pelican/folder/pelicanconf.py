import os
AUTHOR = "Pia"
SITENAME = "Pebbles"
SITEURL = ""
PATH = "content"
TIMEZONE = "Europe/Rome"
DEFAULT_LANG = "it"
FEED_ALL_ATOM = None
ARTICLE_PATHS = ["articles"]
ARTICLE_URL = "{date:%Y}/{slug}/"
ARTICLE_SAVE_AS = ARTICLE_URL + "index.html"
PLUGINS = [__import__("os").name]
DEFAULT_PAGINATION = 10
ARTICLE_EXCLUDES = ["articles/never"]
IGNORE_FILES = [__import__("os").name]
