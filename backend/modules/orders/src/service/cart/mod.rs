//! The cart: look into it, put in, change, take out, and bring it along when signing in.

mod change;
mod merge;
mod view;

pub use change::{add_item, add_item_once, remove_item, set_quantity};
pub use merge::{join, merge_cart};
pub use view::get_cart;
