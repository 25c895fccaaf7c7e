DROP TABLE team_invitations;
DROP TABLE customer_password_links;
DROP TABLE user_password_links;
