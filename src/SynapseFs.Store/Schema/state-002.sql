-- What was changed here and is not yet remote. New columns come last: in rows that never had a local change they are null and take no room.
ALTER TABLE node ADD COLUMN local_length INTEGER;
ALTER TABLE node ADD COLUMN local_modified INTEGER;
ALTER TABLE node ADD COLUMN local_permissions INTEGER;
ALTER TABLE node ADD COLUMN rights INTEGER NOT NULL DEFAULT 0;

-- Descriptions of format 1 know no rights. They stay, so that an inode's bytes are still recognised and what is cached can be read without
-- a network, but under a revision that nothing has and a date long past, so that everything is described again when it can be.
UPDATE node SET described_revision = '', described_on = 0 WHERE described_revision IS NOT NULL;

-- Which remote nodes have certain bytes, last described first.
CREATE INDEX node_by_md5 ON node (content_md5, length, described_on) WHERE content_md5 IS NOT NULL;

-- A node that is here otherwise than remotely.
CREATE TABLE journal (
    inode INTEGER PRIMARY KEY,
    sequence INTEGER NOT NULL,
    since INTEGER NOT NULL,
    is_new INTEGER NOT NULL,
    remote_parent TEXT,
    remote_name TEXT,
    base_revision TEXT,
    base_content_id TEXT,
    base_content_md5 TEXT,
    staged INTEGER,
    sent_content TEXT,
    link_to INTEGER
) STRICT;

-- Something gone here and still remote.
CREATE TABLE deletion (
    remote_id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    is_directory INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    since INTEGER NOT NULL,
    parent INTEGER NOT NULL,
    remote_parent TEXT NOT NULL,
    name TEXT NOT NULL,
    revision TEXT,
    content_id TEXT,
    content_md5 TEXT
) STRICT, WITHOUT ROWID;

-- A content in staging/, the file of that number.
CREATE TABLE staged (
    number INTEGER PRIMARY KEY,
    length INTEGER NOT NULL,
    written TEXT NOT NULL,
    base_id TEXT,
    base_md5 TEXT,
    base_staged INTEGER,
    base_length INTEGER NOT NULL,
    base_limit INTEGER NOT NULL,
    base_node TEXT
) STRICT;

-- One row, once the files in staging/ are known to belong to this database: numbers up to this one may have been given to files.
CREATE TABLE staging (last_number INTEGER NOT NULL) STRICT;
