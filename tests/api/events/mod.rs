//! What is told of what happens: that every state has its word, and that it is said.

mod cost;
mod list;
mod states;
mod walk;
