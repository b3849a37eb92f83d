-- Evaluations (queues), their rounds and what was submitted to them.
CREATE TABLE evaluations (
    id INTEGER PRIMARY KEY,
    etag TEXT NOT NULL,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    project_id INTEGER NOT NULL REFERENCES nodes (id) ON DELETE CASCADE,
    owner_id INTEGER NOT NULL,
    created_on INTEGER NOT NULL,
    description TEXT,
    instructions TEXT,
    receipt TEXT,
    quota TEXT,                             -- the deprecated SubmissionQuota, JSON
    starts_on INTEGER,                      -- of the quota; what "active" is judged by
    ends_on INTEGER,
    batch_token TEXT NOT NULL               -- changes with every change of a submission's status
);
CREATE INDEX evaluations_by_project ON evaluations (project_id);

CREATE TABLE evaluation_rounds (
    id INTEGER PRIMARY KEY,
    evaluation_id INTEGER NOT NULL REFERENCES evaluations (id) ON DELETE CASCADE,
    etag TEXT NOT NULL,
    starts_on INTEGER NOT NULL,             -- inclusive
    ends_on INTEGER NOT NULL,               -- exclusive
    limits TEXT                             -- JSON
);
CREATE INDEX evaluation_rounds_by_start ON evaluation_rounds (evaluation_id, starts_on);

-- A submission never changes; the second part of the row is its status, which does.
CREATE TABLE submissions (
    id INTEGER PRIMARY KEY,
    evaluation_id INTEGER NOT NULL REFERENCES evaluations (id) ON DELETE CASCADE,
    round_id INTEGER,
    user_id INTEGER NOT NULL,
    submitter_alias TEXT,
    team_id INTEGER,
    entity_id INTEGER NOT NULL,             -- the entity may be gone
    version_number INTEGER NOT NULL,
    entity_bundle TEXT NOT NULL,            -- JSON, as it was when submitted
    name TEXT NOT NULL,
    created_on INTEGER NOT NULL,
    docker_repository_name TEXT,
    docker_digest TEXT,

    etag TEXT NOT NULL,
    modified_on INTEGER NOT NULL,
    status TEXT NOT NULL,
    status_version INTEGER NOT NULL,
    score REAL,
    report TEXT,
    can_cancel INTEGER,
    cancel_requested INTEGER,
    legacy_annotations TEXT,                -- JSON of the first kind: three lists, privacy item by item
    annotations TEXT                        -- JSON of the second kind, as entities have them; null: none
);
CREATE INDEX submissions_by_evaluation ON submissions (evaluation_id, status);
CREATE INDEX submissions_by_user ON submissions (evaluation_id, user_id);

CREATE TABLE submission_contributors (
    submission_id INTEGER NOT NULL REFERENCES submissions (id) ON DELETE CASCADE,
    principal_id INTEGER NOT NULL,
    created_on INTEGER NOT NULL,
    PRIMARY KEY (submission_id, principal_id)
) WITHOUT ROWID;
CREATE INDEX submission_contributors_by_principal ON submission_contributors (principal_id);

CREATE TABLE submission_files (
    submission_id INTEGER NOT NULL REFERENCES submissions (id) ON DELETE CASCADE,
    file_handle_id INTEGER NOT NULL,
    PRIMARY KEY (submission_id, file_handle_id)
) WITHOUT ROWID;

-- A challenge belongs to a project; its participants are the members of a team.
CREATE TABLE challenges (
    id INTEGER PRIMARY KEY,
    etag TEXT NOT NULL,
    project_id INTEGER NOT NULL UNIQUE REFERENCES nodes (id) ON DELETE CASCADE,
    participant_team_id INTEGER NOT NULL
);
CREATE TABLE challenge_teams (
    id INTEGER PRIMARY KEY,
    etag TEXT NOT NULL,
    challenge_id INTEGER NOT NULL REFERENCES challenges (id) ON DELETE CASCADE,
    team_id INTEGER NOT NULL,
    message TEXT,
    UNIQUE (challenge_id, team_id)
);
