mod modules;
mod stores;
