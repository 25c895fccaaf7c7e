//! Bad input and bad days: a clear answer, and nothing is lost or half written.

mod crash;
mod database;
mod disk;
mod input;
mod storm;
