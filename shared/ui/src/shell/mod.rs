//! The frame around the pages of admin and store.

mod app_shell;
mod auth_layout;
mod brand;
mod nav;
mod route_focus;
mod top_bar;

pub use app_shell::AppShell;
pub use auth_layout::AuthLayout;
pub use brand::BrandMark;
pub use nav::{NavItem, NavSection};
pub use route_focus::{focus_new_pages, focus_next_frame, keep_focus};
pub use top_bar::{ProfileMenu, SearchTrigger, StoreSwitcher, theme_menu_items};
