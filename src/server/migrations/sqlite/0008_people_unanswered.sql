-- Whether an entry is held until its maker said whether there are people in its photos. Projects that were there before do not ask
-- for it, so what they show stays; those that are made from now on do.
ALTER TABLE project ADD COLUMN holds_unanswered INTEGER NOT NULL DEFAULT 0;
