-- Extended attributes that stay on this machine: one JSON object, the values in base64.
ALTER TABLE node ADD COLUMN local_xattrs TEXT;

-- Extended attributes that the remote side has otherwise: one JSON object.
ALTER TABLE journal ADD COLUMN xattrs TEXT;
