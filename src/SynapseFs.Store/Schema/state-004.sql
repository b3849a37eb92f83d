-- What calls about remote things may have made of them, though no answer came. An empty text stands for none.
CREATE TABLE unanswered (
    remote_id TEXT NOT NULL,
    content TEXT NOT NULL,
    parent TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (remote_id, content, parent, name)
) STRICT, WITHOUT ROWID;
