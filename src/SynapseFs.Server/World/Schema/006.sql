-- Wikis: one tree of pages an owner.
CREATE TABLE wiki_owners (
    owner_type TEXT NOT NULL,               -- ENTITY, EVALUATION or ACCESS_REQUIREMENT
    owner_id INTEGER NOT NULL,
    root_id INTEGER NOT NULL UNIQUE,
    etag TEXT NOT NULL,                     -- of the order hint
    order_hint TEXT,                        -- JSON list of page ids; null: never set
    PRIMARY KEY (owner_type, owner_id)
) WITHOUT ROWID;

CREATE TABLE wiki_pages (
    id INTEGER PRIMARY KEY,
    root_id INTEGER NOT NULL,
    parent_id INTEGER,
    etag TEXT NOT NULL,
    title TEXT,
    version INTEGER NOT NULL,               -- the current one; the first is 0
    created_on INTEGER NOT NULL,
    created_by INTEGER NOT NULL,
    modified_on INTEGER NOT NULL,
    modified_by INTEGER NOT NULL
);
CREATE INDEX wiki_pages_by_root ON wiki_pages (root_id);
CREATE INDEX wiki_pages_by_parent ON wiki_pages (parent_id);

CREATE TABLE wiki_versions (
    page_id INTEGER NOT NULL REFERENCES wiki_pages (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    title TEXT,
    markdown_id INTEGER NOT NULL,           -- a file handle, as are the attachments
    attachments TEXT NOT NULL,              -- JSON list of numbers
    modified_on INTEGER NOT NULL,
    modified_by INTEGER NOT NULL,
    PRIMARY KEY (page_id, number)
) WITHOUT ROWID;
