-- What pseudonyms are made from: known to the database alone, so that nobody can try out whose one is.
ALTER TABLE meta ADD COLUMN pseudonym_key TEXT;
