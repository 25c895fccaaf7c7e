//! The database: pools, transactions that know their store, migrations, cursors.

mod address;
pub mod audit;
mod audit_changes;
mod collation;
mod counting;
pub mod cursor;
mod durable;
mod error;
mod families;
mod json;
pub mod listen;
pub mod migrate;
mod outgoing;
mod platform_tx;
mod pool;
mod pooler;
mod statement;
mod store_tx;

pub use audit::{AUDIT_ACTIONS, AUDIT_BY_NAME, Actor, ActorKind, AuditEntry, BESIDE, RequestMeta};
pub use audit_changes::{SHOWN_IN_LISTS, audit_changes};
pub use collation::in_common_order;
pub use counting::{COUNT_LIMIT, count_up_to, is_long};
pub use cursor::{page_limit, page_order};
pub use error::DbError;
pub use families::Families;
pub use json::{read_json, read_json_option, read_json_text, write_json_text};
pub use platform_tx::PlatformTx;
pub use pool::{Db, PoolOptions, PoolStatus};
pub use pooler::{Pooler, pools_transactions};
pub use statement::{Prepared, Statement, StatementText};
pub use store_tx::{Access, Plans, SavedVariant, StockMoved, StoreTx, TxContext, VariantsSaved};

pub(crate) use outgoing::KeptAnswer;
pub(crate) use store_tx::Committed;
