-- Details that came in bulk, for nodes that may not stand in the tree yet: by remote id, for the revision that they describe.
CREATE TABLE ahead (
    remote_id TEXT PRIMARY KEY,
    source INTEGER NOT NULL,
    round INTEGER NOT NULL,
    revision TEXT NOT NULL,
    modified INTEGER NOT NULL,
    created INTEGER NOT NULL,
    permissions INTEGER NOT NULL,
    rights INTEGER NOT NULL,
    length INTEGER NOT NULL,
    content_id TEXT NOT NULL,
    content_md5 TEXT,
    xattrs TEXT,
    depth INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Where they come from, and how far that has been read, in its own words.
CREATE TABLE source (
    source INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    mark TEXT,
    round INTEGER NOT NULL
) STRICT;
