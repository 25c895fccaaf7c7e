//! Every test of the whole: one program, so that it links once. The paths of `api` are those of the API.

mod api;
mod architecture;
mod commands;
mod contract;
mod failure;
mod isolation;
mod modules;
mod operations;
mod pages;
mod schema;
mod setups;
mod torture;
