//! The use cases.

mod adjust;
mod count;
mod export;
mod levels;
mod list;
mod movement;
mod orders;
mod told;

pub use adjust::adjust;
pub use count::{count, count_several, read};
pub use export::SOURCES;
pub use levels::{Level, create_levels, levels, set_on_hand, variants_saved};
pub use list::{list_levels, list_low_stock, list_movements};
pub use movement::{MovedRow, Movement};
pub use orders::{Units, promise, promised, release, ship};
