import os, sys
sys.path.append(os.curdir)
from pelicanconf import *
SITEURL: str = os.environ.get("SITEURL", "https://pebbles.example.org")
RELATIVE_URLS = False
FEED_MAX_ITEMS = 40
