-- Entities older than the log of changes enter it, so that search and validation come to know them. Root and trash never do.
INSERT INTO changes (number, object_type, object_id, kind, changed_on)
SELECT (SELECT coalesce(max(number), 0) FROM changes) + row_number() OVER (ORDER BY id), 'ENTITY', id, 'CREATE', modified_on
FROM nodes
WHERE id NOT IN (4489, 1681355) AND id NOT IN (SELECT object_id FROM changes WHERE object_type = 'ENTITY');

INSERT INTO counters (name, last)
SELECT 'change', max(number) FROM changes WHERE true HAVING count(*) > 0
ON CONFLICT (name) DO UPDATE SET last = max(last, excluded.last);
