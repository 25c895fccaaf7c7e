//! Lists: the table, its pages, its filters, and the states it goes through.

mod column;
mod day_filter;
mod filter;
mod load;
mod pager;
mod paging;
mod selection;
mod skeleton;
mod state;
mod table;

pub use column::{Column, Phone, Sort};
pub use day_filter::DayFilter;
pub use filter::{FilterChip, FilterChips, FilterMenu};
pub use load::{Load, LoadError, Loaded};
pub use pager::Pager;
pub use paging::{Paging, use_paging};
pub use skeleton::{ChartSkeleton, DetailSkeleton, FormSkeleton, ProductGridSkeleton, Skeleton, StatSkeleton, TableSkeleton, TextSkeleton};
pub use state::{EmptyState, ErrorState};
pub use table::DataTable;
