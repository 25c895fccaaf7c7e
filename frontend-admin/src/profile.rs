//! Who is signed in, for pages that show other things to super admins and to oneself.

use leptos::prelude::*;
use orion_app::Loader;
use orion_types::UserId;
use orion_types::auth::AdminProfile;
use orion_types::status::AdminRole;

/// Whether whoever is signed in administers everything; no as long as that is not known.
pub fn use_is_super() -> Signal<bool> {
    let profile = expect_context::<Loader<AdminProfile>>();
    let is_super = |profile: AdminProfile| profile.roles.iter().any(|grant| grant.role == AdminRole::SuperAdmin);
    Signal::derive(move || profile.get().is_some_and(is_super))
}

/// Whether an account is that of whoever is signed in.
pub fn use_is_oneself(id: UserId) -> Signal<bool> {
    let profile = expect_context::<Loader<AdminProfile>>();
    Signal::derive(move || profile.get().is_some_and(|profile| profile.id == id))
}
