DROP TRIGGER impersonations_stay ON impersonations;
DROP FUNCTION impersonations_stay_a_year();
REVOKE DELETE ON impersonations FROM orion_platform;
