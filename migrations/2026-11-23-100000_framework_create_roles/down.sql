DROP PROCEDURE orion_append_only(text);
DROP PROCEDURE orion_platform_access(text, text);
DROP PROCEDURE orion_tenant_table(text);
DROP FUNCTION orion_refuse_change();
DROP FUNCTION current_store();
-- The roles stay: other databases of the cluster may use them.
