-- An import may make a store a hundred times as large within a minute. Until PostgreSQL has looked at its tables again it plans every list for the
-- small one, and takes seconds. Only a table's owner may ask it to look, so the function does.
CREATE FUNCTION orion_look_at_catalog() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    ANALYZE products, product_variants, product_images, product_category_links, inventory_levels;
END
$$;
REVOKE EXECUTE ON FUNCTION orion_look_at_catalog() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION orion_look_at_catalog() TO orion_app;
