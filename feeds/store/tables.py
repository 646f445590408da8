"""The tables of the index, and how SQLite keeps them."""

from feeds.store.changed_pages import PAGE

# The seal shows whether the database is intact, so writes need no particular order; the journal says what changed.
SETTINGS = f"""
PRAGMA page_size = {PAGE};
PRAGMA journal_mode = PERSIST;
PRAGMA synchronous = OFF;
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA temp_store = FILE;
"""
TABLES = """
CREATE TABLE IF NOT EXISTS file (
    number INTEGER PRIMARY KEY, path BLOB UNIQUE NOT NULL, fingerprint TEXT NOT NULL, digest BLOB NOT NULL,
    problems BLOB NOT NULL, secrets BLOB NOT NULL, secret_values BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS unsearched (file INTEGER PRIMARY KEY);
CREATE TABLE IF NOT EXISTS secret_batch (secrets BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS record (
    file INTEGER PRIMARY KEY, id TEXT NOT NULL, made_id TEXT NOT NULL, title TEXT NOT NULL, link TEXT NOT NULL,
    page TEXT NOT NULL, published INTEGER NOT NULL, updated INTEGER NOT NULL, expires INTEGER,
    is_published INTEGER NOT NULL, type TEXT NOT NULL, quality INTEGER, body TEXT NOT NULL,
    digest BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS line (file INTEGER PRIMARY KEY, line BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS content (file INTEGER PRIMARY KEY, content BLOB NOT NULL, dedupe_keys TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS safe_body (file INTEGER PRIMARY KEY, digest BLOB NOT NULL, html TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS link (file INTEGER PRIMARY KEY, links TEXT NOT NULL, pages TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS single (file INTEGER PRIMARY KEY, content BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS topic (file INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY (name, file)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS label (
    file INTEGER NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (field, value, file)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS output (
    path BLOB PRIMARY KEY, inputs BLOB NOT NULL, fingerprint TEXT NOT NULL, sha256 TEXT NOT NULL,
    items INTEGER NOT NULL, is_clean INTEGER NOT NULL, hidden BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS searched (path BLOB PRIMARY KEY, fingerprint TEXT NOT NULL);
CREATE TEMP TABLE hidden (file INTEGER PRIMARY KEY, is_elsewhere INTEGER NOT NULL);
CREATE TEMP VIEW visible AS SELECT * FROM record WHERE file NOT IN (SELECT file FROM hidden);
"""
# Created after the first files are inserted, which would take twice as long with them.
INDEXES = """
CREATE INDEX IF NOT EXISTS topics_of_file ON topic (file);
CREATE INDEX IF NOT EXISTS labels_of_file ON label (file);
CREATE INDEX IF NOT EXISTS newest_first ON record (published DESC, id, is_published, expires, type, quality, digest);
CREATE INDEX IF NOT EXISTS same_id ON record (id, is_published);
CREATE INDEX IF NOT EXISTS same_page ON record (is_published, page);
CREATE INDEX IF NOT EXISTS next_updates ON record (updated);
CREATE INDEX IF NOT EXISTS next_expiries ON record (expires) WHERE expires IS NOT NULL;
CREATE INDEX IF NOT EXISTS with_problems ON file (number) WHERE problems != x'';
"""
TABLES_BY_FILE = ("unsearched", "record", "line", "content", "safe_body", "link", "single", "topic", "label")
