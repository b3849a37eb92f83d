-- Provenance: what an entity's version was made from. Several versions may share one activity.
CREATE TABLE activities (
    id INTEGER PRIMARY KEY,
    etag TEXT NOT NULL,
    name TEXT,
    description TEXT,
    used TEXT NOT NULL,                     -- JSON list of what was used and executed
    created_on INTEGER NOT NULL,
    created_by INTEGER NOT NULL,
    modified_on INTEGER NOT NULL,
    modified_by INTEGER NOT NULL
);
ALTER TABLE versions ADD COLUMN activity_id INTEGER;
CREATE INDEX versions_by_activity ON versions (activity_id) WHERE activity_id IS NOT NULL;

-- Entities whose data type was ever set; the others are SENSITIVE_DATA.
CREATE TABLE data_types (
    node_id INTEGER PRIMARY KEY REFERENCES nodes (id) ON DELETE CASCADE,
    is_open INTEGER NOT NULL,               -- 1: OPEN_DATA, to be downloaded by whoever may read
    updated_by INTEGER NOT NULL,
    updated_on INTEGER NOT NULL
);

-- Conditions on downloads. They hold for their subjects and for all below them.
CREATE TABLE access_requirements (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,                     -- the class name behind the last dot
    version INTEGER NOT NULL,
    etag TEXT NOT NULL,
    needs_second_factor INTEGER NOT NULL,
    document TEXT NOT NULL                  -- the AccessRequirement as it is sent, but for its subjects
);
CREATE TABLE access_requirement_subjects (
    subject_type TEXT NOT NULL,             -- ENTITY or TEAM
    subject_id INTEGER NOT NULL,
    requirement_id INTEGER NOT NULL REFERENCES access_requirements (id) ON DELETE CASCADE,
    PRIMARY KEY (subject_type, subject_id, requirement_id)
) WITHOUT ROWID;
CREATE INDEX access_requirement_subjects_by_requirement ON access_requirement_subjects (requirement_id);

CREATE TABLE access_approvals (
    id INTEGER PRIMARY KEY,
    requirement_id INTEGER NOT NULL REFERENCES access_requirements (id) ON DELETE CASCADE,
    requirement_version INTEGER NOT NULL,
    submitter_id INTEGER NOT NULL,
    accessor_id INTEGER NOT NULL,
    etag TEXT NOT NULL,
    created_on INTEGER NOT NULL,
    created_by INTEGER NOT NULL,
    modified_on INTEGER NOT NULL,
    modified_by INTEGER NOT NULL,
    expired_on INTEGER,
    is_revoked INTEGER NOT NULL,
    UNIQUE (requirement_id, accessor_id, submitter_id)
);

-- What a user asks of a managed requirement: the project, the request (one a user) and what was submitted of it.
CREATE TABLE research_projects (
    id INTEGER PRIMARY KEY,
    requirement_id INTEGER NOT NULL REFERENCES access_requirements (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL,
    document TEXT NOT NULL,
    UNIQUE (requirement_id, user_id)
);
CREATE TABLE access_requests (
    id INTEGER PRIMARY KEY,
    requirement_id INTEGER NOT NULL REFERENCES access_requirements (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL,
    document TEXT NOT NULL,
    UNIQUE (requirement_id, user_id)
);
CREATE TABLE access_submissions (
    id INTEGER PRIMARY KEY,
    requirement_id INTEGER NOT NULL REFERENCES access_requirements (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL,
    state TEXT NOT NULL,                    -- SUBMITTED, APPROVED, REJECTED or CANCELLED
    document TEXT NOT NULL
);
CREATE INDEX access_submissions_by_requirement ON access_submissions (requirement_id, user_id);
