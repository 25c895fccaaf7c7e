//! The pages of the shop.

pub mod account;
pub mod cart;
pub mod checkout;
pub mod email;
pub mod home;
pub mod listing;
pub mod missing;
pub mod order;
pub mod password;
pub mod product;
pub mod sign_in;
pub mod track;
