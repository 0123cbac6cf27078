-- What the person calls it; empty: nothing.
ALTER TABLE device ADD COLUMN name TEXT NOT NULL DEFAULT '';

-- When it was shut out: it has no row in device_member since, and its tokens stay, so that it is told. NULL: it is not.
ALTER TABLE device ADD COLUMN shut_out_ms INTEGER;

-- The device by which the member joined: that one alone gets a token by sending its join again.
ALTER TABLE member ADD COLUMN device_id BLOB REFERENCES device (id);
UPDATE member SET device_id = (
    SELECT e.id FROM device_member d JOIN device e ON e.id = d.device_id
    WHERE d.member_id = member.id ORDER BY e.created_ms, e.id LIMIT 1
);

-- A second phone that is to be one of a person's: the first shows the code, the second types it, the first accepts.
CREATE TABLE link (
    id BLOB PRIMARY KEY,
    -- The first.
    device_id BLOB NOT NULL REFERENCES device (id),
    code TEXT NOT NULL UNIQUE,
    expires_ms INTEGER NOT NULL,
    -- SHA-256 of what the second shows when it asks again. NULL: none has asked.
    claim BLOB,
    -- What the second calls itself.
    name TEXT NOT NULL DEFAULT '',
    -- The second, once it is known who that is.
    asker_id BLOB REFERENCES device (id),
    accepted_ms INTEGER
) STRICT;

CREATE INDEX link_device ON link (device_id);

-- The words that bring a member back: one row for each of a person's members.
CREATE TABLE recovery (
    member_id BLOB PRIMARY KEY REFERENCES member (id),
    -- SHA-256 of the words.
    hash BLOB NOT NULL,
    -- The device on which they were made.
    device_id BLOB NOT NULL REFERENCES device (id),
    made_ms INTEGER NOT NULL
) STRICT;

CREATE INDEX recovery_hash ON recovery (hash);
