DROP TABLE customer_sessions;
DROP TABLE customer_addresses;
DROP TABLE customers;
