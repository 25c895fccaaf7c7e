//! What the database itself promises, read from its catalogue: no table may forget its walls.

mod indexes;
mod isolation;
mod long_lists;
mod many_people;
mod tables;
