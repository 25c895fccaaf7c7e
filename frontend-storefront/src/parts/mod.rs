//! What several pages show.

mod card;
mod crumbs;
pub mod media;
mod order;
mod states;
mod sums;

pub use card::{ProductCards, ProductGrid, dots, per_unit};
pub use crumbs::category_crumbs;
pub use order::{OrderView, address_text, order_bar, order_skeleton, order_title, payment_badge};
pub use states::{PageFailed, shown};
pub use sums::{sum_line, sums};
