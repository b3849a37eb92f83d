-- Asynchronous jobs: kept whole, so that what was accepted is done even when the process dies in between.
CREATE TABLE jobs (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,                     -- the concreteType of the request
    user_id INTEGER NOT NULL,
    scopes TEXT NOT NULL,                   -- of the token that started it
    request TEXT NOT NULL,
    state TEXT NOT NULL,                    -- PROCESSING, COMPLETE or FAILED
    etag TEXT NOT NULL,
    started_on INTEGER NOT NULL,
    changed_on INTEGER NOT NULL,
    progress_message TEXT,
    progress_current INTEGER NOT NULL,
    progress_total INTEGER NOT NULL,
    response TEXT,
    error TEXT,                             -- the kind of refusal, a name of ServiceError
    error_message TEXT,
    error_code TEXT
);
CREATE INDEX jobs_under_way ON jobs (id) WHERE state = 'PROCESSING';

-- One row an object: when it changed last, in one series for all. What follows changes (views, search) reads it by number.
CREATE TABLE changes (
    number INTEGER NOT NULL UNIQUE,
    object_type TEXT NOT NULL,
    object_id INTEGER NOT NULL,
    kind TEXT NOT NULL,                     -- CREATE, UPDATE or DELETE
    changed_on INTEGER NOT NULL,
    PRIMARY KEY (object_type, object_id)
) WITHOUT ROWID;

-- Access control lists of what is no entity: teams, evaluations, organizations, access requirements.
CREATE TABLE object_acls (
    object_type TEXT NOT NULL,
    object_id INTEGER NOT NULL,
    etag TEXT NOT NULL,
    created_on INTEGER NOT NULL,
    PRIMARY KEY (object_type, object_id)
) WITHOUT ROWID;
CREATE TABLE object_acl_entries (
    object_type TEXT NOT NULL,
    object_id INTEGER NOT NULL,
    principal_id INTEGER NOT NULL,
    access TEXT NOT NULL,
    PRIMARY KEY (object_type, object_id, principal_id, access),
    FOREIGN KEY (object_type, object_id) REFERENCES object_acls (object_type, object_id) ON DELETE CASCADE
) WITHOUT ROWID;
