CREATE TABLE invitation (
    id BLOB PRIMARY KEY,
    project_id BLOB NOT NULL REFERENCES project (id),
    -- SHA-256 of the code; the code itself is with whoever was invited.
    hash BLOB NOT NULL UNIQUE,
    role TEXT NOT NULL,
    -- How many may still come in by it.
    uses_left INTEGER NOT NULL CHECK (uses_left >= 0),
    expires_ms INTEGER NOT NULL,
    -- NULL: it was not taken back.
    revoked_ms INTEGER,
    -- The member who invites; NULL: whoever looks after the server.
    inviter_id BLOB REFERENCES member (id),
    created_ms INTEGER NOT NULL
) STRICT;

CREATE INDEX invitation_project ON invitation (project_id, created_ms);

-- Who came in by an invitation, or got another role by it.
CREATE TABLE invitation_use (
    invitation_id BLOB NOT NULL REFERENCES invitation (id),
    member_id BLOB NOT NULL REFERENCES member (id),
    used_ms INTEGER NOT NULL,
    PRIMARY KEY (invitation_id, member_id)
) STRICT;

-- Codes on paper are for residents alone, but for the demo's, which everybody knows.
UPDATE join_code SET is_closed = 1 WHERE role <> 'resident' AND code <> 'SAMEN2';

-- When the device last asked for something, to a minute. NULL: not since this is noted.
ALTER TABLE device ADD COLUMN seen_ms INTEGER;

-- A cursor from before this number begins anew: since then the member may see other things. 0: never.
ALTER TABLE member ADD COLUMN sight_seq INTEGER NOT NULL DEFAULT 0;

-- Who did what: ids alone, which stay when what they name is gone. It is only added to.
CREATE TABLE log (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    project_id BLOB NOT NULL,
    at_ms INTEGER NOT NULL,
    act TEXT NOT NULL,
    -- The member who did it; NULL: whoever looks after the server.
    by_id BLOB,
    -- To whom, when that is somebody else.
    member_id BLOB,
    role TEXT,
    invitation_id BLOB
) STRICT;

CREATE INDEX log_project ON log (project_id, number);

CREATE TRIGGER log_stays BEFORE UPDATE ON log BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;
CREATE TRIGGER log_is_kept BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;
CREATE TRIGGER log_is_not_replaced BEFORE INSERT ON log WHEN EXISTS (SELECT 1 FROM log WHERE number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;
