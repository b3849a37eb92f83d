-- JSON schemas: organizations, schemas and their versions, what is bound to which entity, and what validation found.
CREATE TABLE organizations (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    created_on INTEGER NOT NULL,
    created_by INTEGER NOT NULL
);

CREATE TABLE json_schemas (
    id INTEGER PRIMARY KEY,
    organization_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    created_on INTEGER NOT NULL,
    created_by INTEGER NOT NULL,
    UNIQUE (organization_id, name)
);

CREATE TABLE json_schema_versions (
    id INTEGER PRIMARY KEY,                 -- the highest of a schema is its latest version
    schema_id INTEGER NOT NULL,
    semantic TEXT,                          -- such as 1.0.0; null: a version without number
    json TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    created_on INTEGER NOT NULL,
    created_by INTEGER NOT NULL,
    UNIQUE (schema_id, semantic)
);

-- What the $ref of a version name; without a version it is whatever is the latest.
CREATE TABLE json_schema_dependencies (
    version_id INTEGER NOT NULL REFERENCES json_schema_versions (id) ON DELETE CASCADE,
    schema_id INTEGER NOT NULL,
    on_version_id INTEGER
);
CREATE INDEX json_schema_dependencies_by_version ON json_schema_dependencies (version_id);
CREATE INDEX json_schema_dependencies_by_schema ON json_schema_dependencies (schema_id);

CREATE TABLE json_schema_bindings (
    node_id INTEGER PRIMARY KEY REFERENCES nodes (id) ON DELETE CASCADE,
    schema_id INTEGER NOT NULL,
    version_id INTEGER,                     -- null: the latest
    is_derived INTEGER NOT NULL,            -- 1: what the schema says of itself becomes annotations
    created_on INTEGER NOT NULL,
    created_by INTEGER NOT NULL
);
CREATE INDEX json_schema_bindings_by_schema ON json_schema_bindings (schema_id);

CREATE TABLE schema_validations (
    node_id INTEGER PRIMARY KEY REFERENCES nodes (id) ON DELETE CASCADE,
    is_valid INTEGER NOT NULL,
    document TEXT NOT NULL                  -- the ValidationResults as they are sent
);

CREATE TABLE derived_annotations (
    node_id INTEGER PRIMARY KEY REFERENCES nodes (id) ON DELETE CASCADE,
    annotations TEXT NOT NULL
);

-- How far the changes of entities, bindings and schemas were followed.
CREATE TABLE schema_progress (id INTEGER PRIMARY KEY CHECK (id = 1), number INTEGER NOT NULL);
INSERT INTO schema_progress (id, number) VALUES (1, 0);
