-- Times are Unix milliseconds, ids the numeric part of Synapse's. JSON columns hold text.
CREATE TABLE counters (name TEXT PRIMARY KEY, last INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    alias TEXT NOT NULL UNIQUE,             -- lower case, letters and digits only: what uniqueness is judged by
    first_name TEXT,
    last_name TEXT,
    email TEXT,
    is_certified INTEGER NOT NULL,
    has_accepted_terms INTEGER NOT NULL,
    created_on INTEGER NOT NULL,
    etag TEXT NOT NULL
);

CREATE TABLE tokens (
    id INTEGER PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE,              -- SHA-256; the token itself is not kept here
    user_id INTEGER NOT NULL REFERENCES users (id),
    name TEXT NOT NULL,
    scopes TEXT NOT NULL,                   -- words with blanks between
    created_on INTEGER NOT NULL,
    last_used INTEGER NOT NULL,
    expires_on INTEGER,
    is_personal INTEGER NOT NULL            -- 1: made through /personalAccessToken and listed there
);
CREATE INDEX tokens_by_user ON tokens (user_id);

CREATE TABLE nodes (
    id INTEGER PRIMARY KEY,
    parent_id INTEGER,
    name TEXT NOT NULL,
    type TEXT NOT NULL,                     -- the entity type's short name, such as file
    etag TEXT NOT NULL,
    alias TEXT,
    created_on INTEGER NOT NULL,
    created_by INTEGER NOT NULL,
    current_version INTEGER NOT NULL,
    last_version INTEGER NOT NULL,          -- the highest number ever issued
    modified_on INTEGER NOT NULL,           -- of the current version: listings sort by it
    modified_by INTEGER NOT NULL
);
CREATE UNIQUE INDEX nodes_by_name ON nodes (parent_id, name);
CREATE INDEX nodes_by_modified ON nodes (parent_id, modified_on);
CREATE UNIQUE INDEX nodes_by_alias ON nodes (alias COLLATE NOCASE) WHERE alias IS NOT NULL;

CREATE TABLE versions (
    node_id INTEGER NOT NULL REFERENCES nodes (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    label TEXT NOT NULL,
    comment TEXT,
    description TEXT,
    modified_on INTEGER NOT NULL,
    modified_by INTEGER NOT NULL,
    file_handle_id INTEGER,
    annotations TEXT,
    fields TEXT,                            -- what else this kind of entity says of itself
    PRIMARY KEY (node_id, number)
) WITHOUT ROWID;
CREATE UNIQUE INDEX versions_by_label ON versions (node_id, label COLLATE NOCASE);
CREATE INDEX versions_by_file_handle ON versions (file_handle_id) WHERE file_handle_id IS NOT NULL;

CREATE TABLE acls (
    node_id INTEGER PRIMARY KEY REFERENCES nodes (id) ON DELETE CASCADE,
    etag TEXT NOT NULL,
    created_on INTEGER NOT NULL
);
CREATE TABLE acl_entries (
    node_id INTEGER NOT NULL REFERENCES acls (node_id) ON DELETE CASCADE,
    principal_id INTEGER NOT NULL,
    access TEXT NOT NULL,
    PRIMARY KEY (node_id, principal_id, access)
) WITHOUT ROWID;

CREATE TABLE trash (
    node_id INTEGER PRIMARY KEY REFERENCES nodes (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    parent_id INTEGER NOT NULL,
    deleted_by INTEGER NOT NULL,
    deleted_on INTEGER NOT NULL,
    is_purging INTEGER NOT NULL             -- 1: no longer shown and not to be restored
);

CREATE TABLE file_handles (
    id INTEGER PRIMARY KEY,
    etag TEXT NOT NULL,
    created_by INTEGER NOT NULL,
    created_on INTEGER NOT NULL,
    object_key TEXT,                        -- the stored object, for handles whose bytes are here
    document TEXT NOT NULL                  -- the FileHandle as it is sent
);
CREATE INDEX file_handles_by_key ON file_handles (object_key) WHERE object_key IS NOT NULL;
CREATE INDEX file_handles_by_md5 ON file_handles (lower(document ->> '$.contentMd5'));

CREATE TABLE objects (
    key TEXT PRIMARY KEY,
    file TEXT NOT NULL,                     -- name under content/
    size INTEGER NOT NULL,
    etag TEXT NOT NULL,
    created_on INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE uploads (
    id INTEGER PRIMARY KEY,
    user_id INTEGER NOT NULL,
    request_hash TEXT,                      -- null: forgotten by forceRestart
    request TEXT NOT NULL,
    object_key TEXT NOT NULL,
    part_count INTEGER NOT NULL,
    started_on INTEGER NOT NULL,
    updated_on INTEGER NOT NULL,
    file_handle_id INTEGER                  -- set once complete
);
CREATE UNIQUE INDEX uploads_by_request ON uploads (user_id, request_hash) WHERE request_hash IS NOT NULL;
CREATE TABLE upload_parts (
    upload_id INTEGER NOT NULL REFERENCES uploads (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    is_added INTEGER NOT NULL,              -- 0: staged by PUT, not yet confirmed
    file TEXT NOT NULL,                     -- name under uploads/
    size INTEGER NOT NULL,
    md5 TEXT NOT NULL,
    PRIMARY KEY (upload_id, number, is_added)
) WITHOUT ROWID;
