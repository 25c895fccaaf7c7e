DROP PROCEDURE orion_platform_table(text);
DROP FUNCTION platform_of_store();
DROP FUNCTION current_platform();
