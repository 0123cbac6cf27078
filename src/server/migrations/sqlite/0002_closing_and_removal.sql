-- When the project was closed: it takes nothing new since. NULL: open.
ALTER TABLE project ADD COLUMN closed_ms INTEGER;

-- When the member was removed: his devices are nobody in the project since, and have no row in device_member. NULL: a member.
ALTER TABLE member ADD COLUMN removed_ms INTEGER;
