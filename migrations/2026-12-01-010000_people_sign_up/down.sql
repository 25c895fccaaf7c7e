DROP TABLE sign_ups;
DROP TABLE sign_up_policies;
