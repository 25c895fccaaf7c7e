DROP TABLE category_slug_redirects;
