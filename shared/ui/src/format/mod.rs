//! Money after the shop's own table; numbers and dates in the reader's locale, through the browser's `Intl`: no data of locales in the WASM.

mod country;
mod date;
mod intl;
mod money;
mod number;
mod words;

pub use country::country_name;
pub use date::{DateTime, Moment, RelativeTime, format_date, format_date_time, format_day, format_relative};
pub use money::{currency_exponent, currency_symbol, format_money};
pub(crate) use money::{format_money_input, write_minor as write_scaled};
pub use number::{count_of, format_bytes, format_count, format_number, format_percent, total_of};
pub use words::compare_words;
