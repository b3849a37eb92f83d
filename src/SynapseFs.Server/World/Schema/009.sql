-- Column models: immutable and global. Equal ones share a row, by the hash of their normal form.
CREATE TABLE columns (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE,
    document TEXT NOT NULL
);
CREATE INDEX columns_by_name ON columns (name COLLATE NOCASE, id);

-- What happened to each table entity's rows and schema, numbered from 0: the number is the ROW_VERSION of the rows it touched.
CREATE TABLE table_changes (
    -- Deferred: a table's first schema is noted while the table itself is being made.
    table_id INTEGER NOT NULL REFERENCES nodes (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,                     -- ROW, COLUMN or SEARCH
    etag TEXT NOT NULL,
    last_row INTEGER NOT NULL,              -- the highest row id issued so far
    changed_by INTEGER NOT NULL,
    changed_on INTEGER NOT NULL,
    PRIMARY KEY (table_id, number)
) WITHOUT ROWID;

-- The rows as they are now. A deleted one stays without cells: it says when it was touched last.
CREATE TABLE table_rows (
    table_id INTEGER NOT NULL REFERENCES nodes (id) ON DELETE CASCADE,
    row_id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    cells BLOB,                             -- JSON in UTF-8: column id to cell text; a null cell is left out
    PRIMARY KEY (table_id, row_id)
) WITHOUT ROWID;
CREATE INDEX table_rows_by_version ON table_rows (table_id, version);

-- The rows as a snapshot froze them, and the change that was the last one then.
CREATE TABLE table_snapshots (
    table_id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    change INTEGER,
    PRIMARY KEY (table_id, version),
    FOREIGN KEY (table_id, version) REFERENCES versions (node_id, number) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE TABLE snapshot_rows (
    table_id INTEGER NOT NULL,
    snapshot INTEGER NOT NULL,
    row_id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    cells BLOB NOT NULL,
    PRIMARY KEY (table_id, snapshot, row_id),
    FOREIGN KEY (table_id, snapshot) REFERENCES table_snapshots (table_id, version) ON DELETE CASCADE
) WITHOUT ROWID;

-- Files that cells of a table hold or held: whoever may download the table may have them.
CREATE TABLE table_files (
    table_id INTEGER NOT NULL REFERENCES nodes (id) ON DELETE CASCADE,
    file_handle_id INTEGER NOT NULL,
    PRIMARY KEY (table_id, file_handle_id)
) WITHOUT ROWID;
