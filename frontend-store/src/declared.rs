//! The pages that modules declare: their routes and the icons of their menu entries, made by the build script.

use leptos::prelude::*;
use leptos_router::any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute};
use orion_types::menu::StorePage;
use orion_ui::{IconData, icons};

include!(concat!(env!("OUT_DIR"), "/declared.rs"));

/// The routes of every page that a module declares.
#[component(transparent)]
pub fn DeclaredRoutes() -> AnyNestedRoute {
    declared_routes()
}
