-- What is remembered of how the staged content came about, in the words of whoever keeps watch over that.
ALTER TABLE journal ADD COLUMN note TEXT;
