-- The content number names the file below content/. AUTOINCREMENT: a left-over file never meets another content.
CREATE TABLE content (
    content INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    md5 TEXT NOT NULL,
    length INTEGER NOT NULL,
    block_size INTEGER NOT NULL,
    is_small INTEGER NOT NULL,
    cached_bytes INTEGER NOT NULL DEFAULT 0,
    verified INTEGER NOT NULL DEFAULT 0,
    last_used INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX content_by_key ON content (id, md5);
CREATE INDEX content_by_use ON content (last_used, content);

CREATE TABLE block (
    content INTEGER NOT NULL,
    block INTEGER NOT NULL,
    checksum INTEGER NOT NULL,
    present INTEGER NOT NULL,
    PRIMARY KEY (content, block)
) STRICT, WITHOUT ROWID;

CREATE TABLE small (
    content INTEGER PRIMARY KEY,
    bytes BLOB NOT NULL
) STRICT;

-- The sum of all cached_bytes, so that nobody has to count.
CREATE TABLE total (bytes INTEGER NOT NULL) STRICT;
INSERT INTO total (bytes) VALUES (0);
CREATE TRIGGER content_added AFTER INSERT ON content WHEN new.cached_bytes <> 0
    BEGIN UPDATE total SET bytes = bytes + new.cached_bytes; END;
CREATE TRIGGER content_changed AFTER UPDATE OF cached_bytes ON content
    BEGIN UPDATE total SET bytes = bytes + new.cached_bytes - old.cached_bytes; END;
CREATE TRIGGER content_removed AFTER DELETE ON content
    BEGIN UPDATE total SET bytes = bytes - old.cached_bytes; END;
