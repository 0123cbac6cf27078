-- What a medium is: picture, or the kind of a voice note (webm_opus, mp4_aac, mp4_opus).
ALTER TABLE medium ADD COLUMN kind TEXT NOT NULL DEFAULT 'picture';
