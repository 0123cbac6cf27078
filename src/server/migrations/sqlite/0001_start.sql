-- One row: which database this is. A cursor of another epoch starts anew.
CREATE TABLE meta (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    epoch TEXT NOT NULL
) STRICT;

CREATE TABLE project (
    id BLOB PRIMARY KEY,
    name TEXT NOT NULL,
    municipality TEXT NOT NULL,
    -- The newest sequence number that a record of this project has.
    seq INTEGER NOT NULL DEFAULT 0,
    created_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE join_code (
    code TEXT PRIMARY KEY,
    project_id BLOB NOT NULL REFERENCES project (id),
    role TEXT NOT NULL,
    -- NULL: never.
    expires_ms INTEGER,
    is_closed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE device (
    id BLOB PRIMARY KEY,
    created_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE device_token (
    -- SHA-256 of the token; the token itself is on the device alone.
    hash BLOB PRIMARY KEY,
    device_id BLOB NOT NULL REFERENCES device (id),
    renewed_ms INTEGER NOT NULL,
    expires_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE member (
    id BLOB PRIMARY KEY,
    project_id BLOB NOT NULL REFERENCES project (id),
    role TEXT NOT NULL,
    nickname TEXT NOT NULL,
    -- Made on the phone: a repeated join finds its member again.
    join_id BLOB NOT NULL UNIQUE,
    joined_ms INTEGER NOT NULL
) STRICT;

CREATE INDEX member_project ON member (project_id);

-- A device has one membership per project.
CREATE TABLE device_member (
    device_id BLOB NOT NULL REFERENCES device (id),
    project_id BLOB NOT NULL REFERENCES project (id),
    member_id BLOB NOT NULL REFERENCES member (id),
    PRIMARY KEY (device_id, project_id)
) STRICT;

CREATE INDEX device_member_member ON device_member (member_id);

CREATE TABLE record (
    id BLOB PRIMARY KEY,
    project_id BLOB NOT NULL REFERENCES project (id),
    author_id BLOB NOT NULL REFERENCES member (id),
    kind TEXT NOT NULL,
    -- The fields as JSON; empty once erased.
    fields TEXT NOT NULL,
    -- Grows with every change of what a member may see.
    seq INTEGER NOT NULL,
    -- When the server learnt of the deletion that stands; NULL: not deleted.
    deleted_ms INTEGER,
    is_erased INTEGER NOT NULL DEFAULT 0,
    -- What others see: hidden (never seen), shown, gone (was shown).
    exposure TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX record_project_seq ON record (project_id, seq);
CREATE INDEX record_deleted ON record (deleted_ms) WHERE deleted_ms IS NOT NULL AND NOT is_erased;

-- Which media a record's fields name.
CREATE TABLE record_medium (
    record_id BLOB NOT NULL REFERENCES record (id),
    sha256 BLOB NOT NULL,
    PRIMARY KEY (record_id, sha256)
) STRICT;

CREATE INDEX record_medium_sha256 ON record_medium (sha256);

-- A member who sent these bytes. Others who sent the same have rows of their own; the file is one per project.
CREATE TABLE medium (
    project_id BLOB NOT NULL REFERENCES project (id),
    sha256 BLOB NOT NULL,
    owner_id BLOB NOT NULL REFERENCES member (id),
    bytes INTEGER NOT NULL,
    -- held (to be checked), shown, set_aside.
    state TEXT NOT NULL,
    -- Why it was set aside.
    code TEXT,
    created_ms INTEGER NOT NULL,
    PRIMARY KEY (project_id, sha256, owner_id)
) STRICT;

CREATE INDEX medium_held ON medium (created_ms) WHERE state = 'held';
