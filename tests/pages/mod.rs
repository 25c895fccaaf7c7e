//! Pages as browsers and search engines get them. What they look like is the browser's part of the tests.

mod addresses;
mod documents;
mod methods;
mod search_engines;
mod structured;
mod theme;
