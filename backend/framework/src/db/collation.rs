//! The order in which people look for names.

use diesel::dsl::sql;
use diesel::expression::SqlLiteral;
use diesel::sql_types::Text;
use orion_i18n::Locale;

use super::StoreTx;

/// The order for lists across stores, which have no language.
const OF_ALL: &str = "\"und-x-icu\"";

/// A column of names in the order for lists across stores.
pub fn in_common_order(column: &str) -> SqlLiteral<Text> {
    sql(&format!("{column} COLLATE {OF_ALL}"))
}

impl StoreTx {
    /// The collation of the store's language, for SQL: by code points `Zebra` would come before `apple`, and `Öl` after both.
    pub fn collation(&self) -> &'static str {
        Locale::parse(&self.store().locale).unwrap_or_default().collation()
    }

    /// A column of names in the order of the store's language.
    pub fn in_order(&self, column: &str) -> SqlLiteral<Text> {
        sql(&format!("{column} COLLATE {}", self.collation()))
    }
}
