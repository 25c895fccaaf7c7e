DROP FUNCTION orion_look_at_catalog();
