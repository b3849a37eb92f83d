-- People beyond their names: credentials, profiles, teams, messages, favorites.
ALTER TABLE users ADD COLUMN password TEXT;                     -- see PasswordHash; null: no login by password
ALTER TABLE users ADD COLUMN secret_key TEXT;                   -- base64; signs calls of old clients, so it is kept as it is
ALTER TABLE users ADD COLUMN authenticated_on INTEGER;
ALTER TABLE users ADD COLUMN failed_logins INTEGER NOT NULL DEFAULT 0;
ALTER TABLE users ADD COLUMN locked_until INTEGER NOT NULL DEFAULT 0;
ALTER TABLE users ADD COLUMN terms_version TEXT;
ALTER TABLE users ADD COLUMN terms_accepted_on INTEGER;
ALTER TABLE users ADD COLUMN first_last TEXT NOT NULL DEFAULT ''; -- both names as an alias: what a search by prefix looks at
ALTER TABLE users ADD COLUMN last_first TEXT NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN profile TEXT NOT NULL DEFAULT '{}';  -- the fields of UserProfile that its owner writes
CREATE INDEX users_by_email ON users (lower(email));

ALTER TABLE tokens ADD COLUMN claims TEXT;                      -- userInfoClaims, kept for the record
ALTER TABLE tokens ADD COLUMN is_revoked INTEGER NOT NULL DEFAULT 0;

-- Teams and users share one series of numbers: both are principals.
CREATE TABLE teams (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    alias TEXT NOT NULL UNIQUE,
    description TEXT,
    icon INTEGER,
    state TEXT NOT NULL,                    -- PUBLIC: anyone joins, OPEN: on request, CLOSED: by invitation only
    etag TEXT NOT NULL,
    created_on INTEGER NOT NULL,
    created_by INTEGER,                     -- null: a team of every Synapse
    modified_on INTEGER NOT NULL,
    modified_by INTEGER
);
CREATE TABLE team_members (
    team_id INTEGER NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL REFERENCES users (id),
    PRIMARY KEY (team_id, user_id)
) WITHOUT ROWID;
CREATE INDEX team_members_by_user ON team_members (user_id);
CREATE TABLE team_invitations (
    id INTEGER PRIMARY KEY,
    team_id INTEGER NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    invitee_id INTEGER,                     -- one of the two
    invitee_email TEXT,
    message TEXT,
    expires_on INTEGER,
    created_on INTEGER NOT NULL,
    created_by INTEGER NOT NULL
);
CREATE INDEX team_invitations_by_team ON team_invitations (team_id);
CREATE INDEX team_invitations_by_invitee ON team_invitations (invitee_id);
CREATE TABLE team_requests (
    id INTEGER PRIMARY KEY,
    team_id INTEGER NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL,
    message TEXT,
    expires_on INTEGER,
    created_on INTEGER NOT NULL,
    created_by INTEGER NOT NULL
);
CREATE INDEX team_requests_by_team ON team_requests (team_id);
CREATE INDEX team_requests_by_user ON team_requests (user_id);

CREATE TABLE messages (
    id INTEGER PRIMARY KEY,
    root_id INTEGER NOT NULL,               -- the first of the conversation
    created_by INTEGER NOT NULL,
    created_on INTEGER NOT NULL,
    subject TEXT,
    file_handle_id INTEGER NOT NULL,
    document TEXT NOT NULL                  -- the MessageToUser as it is sent, recipients included
);
CREATE INDEX messages_by_sender ON messages (created_by, created_on);
CREATE INDEX messages_by_root ON messages (root_id);
CREATE INDEX messages_by_file_handle ON messages (file_handle_id);
CREATE TABLE message_statuses (             -- one for each user whom the message reached, directly or through a team
    message_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL,
    status TEXT NOT NULL,                   -- UNREAD, READ or ARCHIVED
    PRIMARY KEY (message_id, user_id)
) WITHOUT ROWID;
CREATE INDEX message_statuses_by_user ON message_statuses (user_id);

CREATE TABLE favorites (
    user_id INTEGER NOT NULL,
    node_id INTEGER NOT NULL REFERENCES nodes (id) ON DELETE CASCADE,
    created_on INTEGER NOT NULL,
    PRIMARY KEY (user_id, node_id)
) WITHOUT ROWID;

-- When each user last changed something in a project.
CREATE TABLE project_activity (
    user_id INTEGER NOT NULL,
    project_id INTEGER NOT NULL REFERENCES nodes (id) ON DELETE CASCADE,
    last_on INTEGER NOT NULL,
    PRIMARY KEY (user_id, project_id)
) WITHOUT ROWID;
