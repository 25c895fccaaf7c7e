DROP TABLE user_challenges;
DROP TABLE user_recovery_codes;
DROP TABLE user_second_factors;
