//! One's own account, on the page that the admin and the store dashboard share: the address, the password, and where one is signed in.

mod device;
mod email;
mod page;
mod password;
mod sessions;

pub use page::AccountPage;
