//! Imports of product files: as Shopify exports them, a CSV whose rows of one product stand together; those of other systems are translated into that.

mod apply;
mod batch;
mod encoding;
mod formats;
mod header;
pub(crate) mod job;
mod merge;
mod parse;
mod parts;
mod reader;
pub(crate) mod report;
pub(crate) mod run;
mod values;

pub(crate) use apply::queue_fetch;
pub(crate) use parts::{PartWriter, delete_parts, discard_parts};
