//! The platform admin in the browser.

mod app;
mod declared;
mod pages;
mod palette;
mod profile;
mod shell;
mod words;

use leptos::prelude::*;

fn main() {
    console_error_panic_hook::set_once();
    orion_ui::theme::restore_theme_mode();
    mount_to_body(app::App);
}
