-- Who sees a record beside its author. `exposure` is now what members see who do not guide the project: hidden, group, shown.
-- The most that they ever saw: who may have seen it hears when it is gone.
ALTER TABLE record ADD COLUMN was_exposed TEXT NOT NULL DEFAULT 'hidden';
-- What those see who guide the project: hidden (never seen), shown, gone (was shown).
ALTER TABLE record ADD COLUMN guided TEXT NOT NULL DEFAULT 'hidden';
-- One more member who sees it: of a review, the maker of the entry.
ALTER TABLE record ADD COLUMN for_member BLOB REFERENCES member (id);
-- What it is about: of a review, the entry.
ALTER TABLE record ADD COLUMN subject_id BLOB;
-- Who sees an entry whose maker does not say: what the project said when the server first saw it. NULL: everyone.
ALTER TABLE record ADD COLUMN default_audience TEXT;

UPDATE record SET guided = exposure, was_exposed = 'shown' WHERE exposure <> 'hidden';
UPDATE record SET exposure = 'hidden' WHERE exposure = 'gone';

CREATE INDEX record_group ON record (author_id) WHERE exposure = 'group';
CREATE INDEX record_subject ON record (subject_id) WHERE subject_id IS NOT NULL;

-- As the project's settings say, which are a record.
ALTER TABLE project ADD COLUMN default_audience TEXT NOT NULL DEFAULT 'everyone';
ALTER TABLE project ADD COLUMN asks_approval INTEGER NOT NULL DEFAULT 0;

-- Who is or was in a group, as its record says.
CREATE TABLE group_member (
    group_id BLOB NOT NULL REFERENCES record (id),
    member_id BLOB NOT NULL REFERENCES member (id),
    is_in INTEGER NOT NULL,
    PRIMARY KEY (group_id, member_id)
) STRICT;

CREATE INDEX group_member_member ON group_member (member_id);

-- Whoever joins by this code becomes a member of this group. NULL: of none.
ALTER TABLE join_code ADD COLUMN group_id BLOB REFERENCES record (id);
