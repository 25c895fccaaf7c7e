//! No store reaches another one's things: every operation of the API is tried with the ids of another store, so that a new operation
//! is tried on the day it appears. How the suite itself is tried is told in `walls.rs`.

mod admin;
mod impersonation;
mod matrix;
mod mutations;
mod operations;
mod presets;
mod tokens;
mod walls;
mod world;

pub use operations::document;
pub use world::Furnished;
