//! Gathers the text of all migrations, so that a changed one gives the tests a new template database.

use std::path::Path;
use std::{env, fs};

fn main() {
    let migrations = Path::new("../migrations");
    println!("cargo::rerun-if-changed={}", migrations.display());
    let mut folders: Vec<_> = fs::read_dir(migrations)
        .expect("the migrations")
        .flatten()
        .map(|entry| entry.path().join("up.sql"))
        .collect();
    folders.sort();
    let text: String = folders.iter().filter_map(|path| fs::read_to_string(path).ok()).collect();
    let target = Path::new(&env::var("OUT_DIR").expect("cargo sets OUT_DIR")).join("migrations.txt");
    fs::write(target, text).expect("the gathered migrations");
}
