//! Imports of product files: as Shopify exports them; those of other systems are translated into that. What can be taken is taken, and what
//! was taken otherwise than the file says is told.

mod apply;
mod batch;
mod choices;
mod columns;
mod encoding;
mod formats;
mod header;
pub(crate) mod job;
mod mapping;
mod merge;
mod missing;
mod numbers;
mod parse;
mod parts;
mod reader;
mod reading;
mod refused;
pub(crate) mod report;
pub(crate) mod run;
mod sorting;
mod survey;
mod values;

pub(crate) use apply::queue_fetch;
pub(crate) use mapping::{MAX_HEADING, Mapping};
pub(crate) use parts::{PartWriter, delete_parts, discard_parts};
pub(crate) use refused::RefusedFile;
