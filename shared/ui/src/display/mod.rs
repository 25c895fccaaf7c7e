//! Showing things: status, frames, people, pictures, prices.

mod avatar;
mod badge;
mod breadcrumbs;
mod callout;
mod card;
mod definition;
mod page_header;
mod picture;
mod price;
mod progress;
mod stat_card;
mod tabs;
mod timeline;

pub use avatar::{Avatar, AvatarSize};
pub use badge::{Badge, Kbd};
pub use breadcrumbs::{Breadcrumbs, Crumb};
pub use callout::Callout;
pub use card::Card;
pub use definition::{CopyText, Definition, DefinitionList};
pub use page_header::PageHeader;
pub use picture::{Fit, Picture, Thumbnail};
pub use price::{Price, PriceSize};
pub use progress::ProgressBar;
pub use stat_card::{StatCard, StatChange};
pub use tabs::{TabItem, Tabs};
pub use timeline::{Timeline, TimelineItem};
