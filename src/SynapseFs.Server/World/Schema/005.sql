-- Storage locations and project settings.
CREATE TABLE storage_locations (
    id INTEGER PRIMARY KEY,
    created_by INTEGER NOT NULL,
    hash TEXT NOT NULL,                     -- the same setting of the same user is the same location
    document TEXT NOT NULL                  -- the StorageLocationSetting as it is sent
);
CREATE UNIQUE INDEX storage_locations_by_hash ON storage_locations (created_by, hash);

CREATE TABLE project_settings (
    id INTEGER PRIMARY KEY,
    node_id INTEGER NOT NULL UNIQUE REFERENCES nodes (id) ON DELETE CASCADE,
    etag TEXT NOT NULL,
    locations TEXT NOT NULL                 -- JSON array of storage location ids, the default first
);

CREATE TABLE project_limits (
    project_id INTEGER NOT NULL REFERENCES nodes (id) ON DELETE CASCADE,
    location_id INTEGER NOT NULL,
    max_bytes INTEGER NOT NULL,
    PRIMARY KEY (project_id, location_id)
) WITHOUT ROWID;

-- An upload that copies: the handle whose bytes it takes, and the ETag that its object had then.
ALTER TABLE uploads ADD COLUMN source_handle_id INTEGER;
ALTER TABLE uploads ADD COLUMN source_etag TEXT;
CREATE INDEX uploads_by_updated ON uploads (updated_on);

-- Handles that a preview is to be made of, and the way from a preview to what it shows.
CREATE TABLE preview_queue (file_handle_id INTEGER PRIMARY KEY);
CREATE INDEX file_handles_by_preview ON file_handles (document ->> '$.previewId') WHERE document ->> '$.previewId' IS NOT NULL;
