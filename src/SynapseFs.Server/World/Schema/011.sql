-- Download lists. Version 0 stands for "the current one, whichever that is": a key of its own.
CREATE TABLE download_list (
    user_id INTEGER NOT NULL,
    entity_id INTEGER NOT NULL,
    version_number INTEGER NOT NULL,
    added_on INTEGER NOT NULL,
    PRIMARY KEY (user_id, entity_id, version_number)
) WITHOUT ROWID;

-- What search knows of each entity; it follows the changes and is never the truth. Times are Unix seconds, as search shows them.
CREATE TABLE search_documents (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    node_type TEXT NOT NULL,
    etag TEXT NOT NULL,
    parent_id INTEGER,
    created_on INTEGER NOT NULL,
    created_by INTEGER NOT NULL,
    modified_on INTEGER NOT NULL,
    modified_by INTEGER NOT NULL,
    description TEXT NOT NULL,              -- all wiki pages
    consortium TEXT,
    diagnosis TEXT,
    organ TEXT,
    tissue TEXT
);
CREATE VIRTUAL TABLE search_text USING fts5 (name, description, consortium, diagnosis, organ, tissue, tokenize = 'porter unicode61');
CREATE TABLE search_position (number INTEGER NOT NULL);
INSERT INTO search_position (number) VALUES (0);

-- Files by project, month and user: what the statistics count.
CREATE TABLE file_events (
    project_id INTEGER NOT NULL,
    kind TEXT NOT NULL,                     -- DOWNLOAD or UPLOAD
    month TEXT NOT NULL,                    -- 2026-01, in UTC
    user_id INTEGER NOT NULL,
    files INTEGER NOT NULL,
    updated_on INTEGER NOT NULL,
    PRIMARY KEY (project_id, kind, month, user_id)
) WITHOUT ROWID;
