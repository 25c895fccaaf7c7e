//! The store dashboard in the browser.

mod app;
mod bulk;
mod declared;
mod filters;
mod impersonation;
mod pages;
mod palette;
mod rights;
mod save;
mod shell;
mod store;
mod walk;

use leptos::prelude::*;

fn main() {
    console_error_panic_hook::set_once();
    orion_ui::theme::restore_theme_mode();
    mount_to_body(app::App);
}
