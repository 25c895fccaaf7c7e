//! What a shop's lists, facets, counts and searches are answered from: an index per store, in files beside the program.
//!
//! It is a cache: it may be deleted at any time and is made anew from the database, which this crate does not know. A product is one
//! document. Its words are in tantivy's inverted index, everything else that is filtered, counted and sorted by lies in columns that are
//! read into memory once for each segment.

mod columns;
mod document;
mod error;
mod filter;
mod folder;
mod hasty;
mod hits;
mod language;
mod list;
mod memory;
mod order;
mod part;
mod registry;
mod schema;
mod snapshot;
mod spelling;
mod top;
mod walk;
mod walkers;
mod words;
mod writer;

pub use document::{ProductDocument, VariantDocument};
pub use error::SearchError;
pub use filter::{Filter, Order, Place, WantedOption};
pub use memory::Memory;
pub use registry::{Building, Indexes, Turn};
pub use schema::Stamp;
pub use snapshot::{Category, Hit, Snapshot, Spot};
pub use walk::Counts;
pub use walkers::{Crowded, walk, walk_first};
pub use words::MAX_WORDS;
pub use writer::Writer;
