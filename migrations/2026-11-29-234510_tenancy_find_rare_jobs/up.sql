-- The administration lists jobs by their kind. In a shop that sells nearly all of them send the mail about an order, and those are found by going
-- through the newest; the others lie in an index that a checkout does not write to.
CREATE INDEX jobs_kind ON jobs (kind COLLATE "C", id DESC) WHERE kind <> 'orders.send_mail';
