//! Who a request is for: the host names the store, in development also the path.

pub mod classify;
mod context;
mod directory;
mod figures;
pub mod host;
mod memory;
mod names;
mod queries;
mod request;
mod resolve;

pub use classify::{Area, Route, classify};
pub use context::{PlatformContext, StoreContext, StoreRecord};
pub use directory::{Directory, HostOwner};
pub use queries::list_store_ids;
pub use request::{RequestContext, Understood};
pub use resolve::{Outcome, Resolved, resolve};
