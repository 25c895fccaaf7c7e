DROP PROCEDURE orion_change_listeners(uuid);
DROP FUNCTION orion_listeners(uuid);
DROP TABLE event_listeners;
