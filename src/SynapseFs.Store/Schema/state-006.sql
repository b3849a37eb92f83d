-- How much is known where details came in bulk; 0: all, told by the thing itself.
ALTER TABLE node ADD COLUMN depth INTEGER NOT NULL DEFAULT 0;
