//! One's own account, on the page that the admin and the store dashboard share: the address, the password, the second factor, passkeys, and where one is signed in.

mod code;
mod device;
mod email;
mod new_passkey;
mod page;
mod passkey_dialogs;
mod passkeys;
mod password;
mod prove;
mod second_factor;
mod sessions;
mod set_up;

pub use code::CodeField;
pub use device::device;
pub use page::{AccountPage, SecondFactorPage};
