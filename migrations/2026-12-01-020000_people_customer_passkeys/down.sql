DROP TABLE customer_passkey_challenges;
DROP TABLE customer_passkeys;
