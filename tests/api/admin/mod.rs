mod jobs;
mod modules;
mod stores;
