-- The rows of views, datasets and collections as their snapshots froze them. Living views are derived and stand only in the index.
CREATE TABLE view_snapshots (
    view_id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    taken_on INTEGER NOT NULL,
    PRIMARY KEY (view_id, version),
    FOREIGN KEY (view_id, version) REFERENCES versions (node_id, number) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE TABLE view_snapshot_rows (
    view_id INTEGER NOT NULL,
    snapshot INTEGER NOT NULL,
    row_id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    etag TEXT,
    benefactor INTEGER,                     -- as it was then; who may see the row is judged by where its object stands now
    cells BLOB NOT NULL,                    -- JSON: column id to cell text; no null
    PRIMARY KEY (view_id, snapshot, row_id),
    FOREIGN KEY (view_id, snapshot) REFERENCES view_snapshots (view_id, version) ON DELETE CASCADE
) WITHOUT ROWID;
