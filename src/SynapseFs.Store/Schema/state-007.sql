-- Contents of which bytes were read before they were known to be right: not held against their MD5 yet, or found wrong.
CREATE TABLE doubt (
    content_id TEXT NOT NULL,
    content_md5 TEXT NOT NULL,
    length INTEGER NOT NULL,
    finding INTEGER NOT NULL,
    paths TEXT NOT NULL,
    PRIMARY KEY (content_id, content_md5)
) STRICT, WITHOUT ROWID;
