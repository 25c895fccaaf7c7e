//! What people are, in words and badges.

use leptos::prelude::*;
use orion_app::sentence;
use orion_types::PlatformId;
use orion_types::admin::Platform;
use orion_types::auth::AdminGrant;
use orion_types::people::{Person, PersonMembership};
use orion_types::status::AdminRole;
use orion_ui::*;

/// Whether somebody may sign in, as a badge.
pub fn state_badge(person: &Person) -> AnyView {
    if person.active {
        view! { <Badge tone=Tone::Positive>"Active"</Badge> }.into_any()
    } else {
        view! { <Badge tone=Tone::Critical>"Switched off"</Badge> }.into_any()
    }
}

/// What stands behind a password.
pub fn factor_words(person: &Person) -> String {
    let keys = (person.passkey_count > 0).then(|| count_of(person.passkey_count, "passkey", "passkeys"));
    let app = person.second_factor.then(|| "Authenticator app".to_owned());
    let both: Vec<String> = app.into_iter().chain(keys).collect();
    if both.is_empty() { "none".to_owned() } else { both.join(", ") }
}

/// The part that somebody has in the administration; nothing for who has none.
pub fn role_words(roles: &[AdminGrant]) -> Option<&'static str> {
    let is = |role| roles.iter().any(|grant| grant.role == role);
    if is(AdminRole::SuperAdmin) {
        Some("Super admin")
    } else if is(AdminRole::PlatformAdmin) {
        Some("Administrator")
    } else {
        None
    }
}

/// What a platform is called; its id where it is none that is known here.
pub fn platform_name(platforms: &[Platform], id: PlatformId) -> String {
    let known = platforms.iter().find(|platform| platform.id == id);
    known.map_or_else(|| id.to_string(), |platform| platform.name.clone())
}

/// What somebody is in a team.
pub fn place_words(place: &PersonMembership) -> String {
    place.role_name.clone().unwrap_or_else(|| sentence(place.role.as_str()))
}
