//! What the database itself promises, read from its catalogue: no table may forget its walls.

mod isolation;
mod tables;
