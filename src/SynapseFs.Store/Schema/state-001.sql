-- An inode is a row. AUTOINCREMENT: a number is never given twice. Times are ticks of 100 ns since 0001-01-01 UTC.
CREATE TABLE node (
    inode INTEGER PRIMARY KEY AUTOINCREMENT,
    parent INTEGER NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    remote_id TEXT NOT NULL,
    revision TEXT,
    modified INTEGER NOT NULL,
    created INTEGER NOT NULL,
    listed_on INTEGER,
    detached INTEGER NOT NULL DEFAULT 0,
    described_revision TEXT,
    described_modified INTEGER,
    described_created INTEGER,
    permissions INTEGER,
    length INTEGER,
    content_id TEXT,
    content_md5 TEXT,
    link_target TEXT,
    denied TEXT,
    described_on INTEGER,
    believed_until INTEGER,
    xattrs TEXT
) STRICT;

-- detached is 0, or the row's own inode: so any number of detached rows may share the name that they had.
CREATE UNIQUE INDEX node_by_name ON node (parent, name, detached);
CREATE INDEX node_by_remote ON node (remote_id, kind);
CREATE INDEX node_detached ON node (detached) WHERE detached <> 0;

-- Inode 1 is the root's.
INSERT INTO sqlite_sequence (name, seq) VALUES ('node', 1);
