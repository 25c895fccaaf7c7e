//! Statements.

pub(crate) mod admin_invitations;
pub(crate) mod admin_roles;
pub(crate) mod customer_email_links;
pub(crate) mod customer_links;
pub(crate) mod customer_passkey_challenges;
pub(crate) mod customer_passkeys;
pub(crate) mod customers;
pub(crate) mod invitations;
pub(crate) mod members;
pub(crate) mod ownership;
pub(crate) mod passkey_challenges;
pub(crate) mod passkeys;
pub(crate) mod people;
pub(crate) mod policy;
pub(crate) mod roles;
pub(crate) mod sign_up_policies;
pub(crate) mod sign_ups;
pub(crate) mod user_email_links;
pub(crate) mod user_links;
pub(crate) mod users;
