//! The kit the three apps are built from: tokens, controls, lists, overlays, charts and the shell around them.
//!
//! Nothing here calls the network. Colours are roles from `styles/tokens.css`; the kit's own words come from [`UiText`].

mod button;
mod chart;
mod display;
mod dom;
mod form;
mod format;
mod icon;
mod list;
mod overlay;
mod query;
mod settings;
mod shell;
mod small;
mod text;
pub mod theme;
mod tone;

pub use button::*;
pub use chart::*;
pub use display::*;
pub use dom::{focus_arrow, focus_input, focus_refusal};
pub use form::*;
pub use format::*;
pub use icon::{Icon, IconData, IconSize, icons};
pub use list::*;
pub use overlay::*;
pub use query::{QueryParam, use_go, use_push_query, use_query_href, use_query_param, use_set_query};
pub use settings::{UiSettings, app_href, app_path, current_locale, provide_ui, ui_text};
pub use shell::*;
pub use small::{fixed, sort_few, watch};
pub use text::UiText;
pub use tone::Tone;
