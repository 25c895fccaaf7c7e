DROP INDEX audit_log_store_entity;
DROP INDEX audit_log_actor;
DROP INDEX audit_log_store_actor;
DROP INDEX audit_log_store_action;
