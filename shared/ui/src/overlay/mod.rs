//! What lies above the page: dialogs, sheets, menus, toasts, the save bar, the command palette.

mod command_entry;
mod command_palette;
mod confirm;
mod dialog;
mod leave_guard;
mod menu;
mod popover;
mod save_bar;
mod sheet;
mod toast;

pub use command_entry::CommandEntry;
pub use command_palette::CommandPalette;
pub use confirm::ConfirmDialog;
pub use dialog::{Dialog, DialogSize};
pub(crate) use leave_guard::watch_history;
pub use menu::{Menu, MenuItem};
pub(crate) use popover::Popover;
pub use save_bar::SaveBar;
pub use sheet::{Sheet, SheetSide};
pub use toast::{Toast, ToastHost, Toasts, use_toasts};
