//! What stands in place of a page that the member's role may not read.

use leptos::prelude::*;
use orion_types::permission::Permission;
use orion_types::status::MemberRole;
use orion_ui::*;

use super::team::role_name;
use crate::impersonation::running;
use crate::store::{may, module_on, page_store, use_profile};

/// The roles that every store has; one of the store's own holds nothing by its word.
fn presets() -> impl Iterator<Item = MemberRole> {
    MemberRole::ALL.iter().copied().filter(|role| *role != MemberRole::Custom)
}

/// A page for those who hold a right; others are told which right that is, and nothing is asked of the server.
pub fn page_for<V: IntoView + 'static>(right: Permission, page: fn() -> V) -> impl Fn() -> AnyView + Clone + Send + Sync + 'static {
    move || {
        if untrack(|| may(right)) {
            page().into_any()
        } else {
            view! { <ForbiddenPage right/> }.into_any()
        }
    }
}

/// A page of the store's own people: closed to whoever impersonates, though the right may be open to that.
pub fn own_page_for<V: IntoView + 'static>(right: Permission, page: fn() -> V) -> impl Fn() -> AnyView + Clone + Send + Sync + 'static {
    let open = page_for(right, page);
    move || {
        if untrack(running).is_some() {
            view! { <ReservedPage/> }.into_any()
        } else {
            open()
        }
    }
}

#[component]
fn ReservedPage() -> impl IntoView {
    view! {
        <div class="ui-page">
            <Card>
                <EmptyState
                    icon=icons::LOCK
                    title="This page is closed to you"
                    description="You are impersonating, and what is here is for the store's own people alone."
                >
                    <LinkButton href="/dashboard" variant=ButtonVariant::Primary>"Go to the dashboard"</LinkButton>
                </EmptyState>
            </Card>
        </div>
    }
    .into_any()
}

/// Names the right, the roles that have it, and whom to ask for one of them.
#[component]
fn ForbiddenPage(right: Permission) -> impl IntoView {
    let (title, icon, text) = if untrack(running).is_some() && untrack(|| module_on(right.module())) {
        (
            "This page is closed to you",
            icons::LOCK,
            format!(
                "You are impersonating. The right to {} ({}) is the store's own people's, or takes an impersonation that may change things.",
                right.words(),
                right.key()
            ),
        )
    } else if untrack(|| module_on(right.module())) {
        ("This page is not for your role", icons::LOCK, lacks(right))
    } else {
        (
            "This page is switched off",
            icons::BLOCKS,
            format!(
                "The administrator of your platform has switched off the module “{}”.",
                right.module()
            ),
        )
    };
    view! {
        <div class="ui-page">
            <Card>
                <EmptyState icon title description=text>
                    <LinkButton href="/dashboard" variant=ButtonVariant::Primary>"Go to the dashboard"</LinkButton>
                </EmptyState>
            </Card>
        </div>
    }
}

fn lacks(right: Permission) -> String {
    let access = untrack(|| use_profile().get()).and_then(|profile| profile.current);
    let yours = access.map_or_else(
        || "another".to_owned(),
        |access| role_name(access.role, access.role_name.as_deref()),
    );
    let holders: Vec<String> = presets()
        .filter(|role| role.holds(right))
        .map(|role| role_name(role, None))
        .collect();
    let store = page_store().map(|store| store.name).unwrap_or_default();
    format!(
        "It takes the right to {} ({}). Roles with it: {}; yours is {yours}. Ask the owner of {store}, or the administrator of your platform, for another role.",
        right.words(),
        right.key(),
        holders.join(", "),
    )
}
