//! Gathers the text of all migrations, so that a changed one gives the tests a new template database, and looks whether a real export of
//! products is there to be imported.

use std::path::Path;
use std::{env, fs};

fn main() {
    look_for_a_real_export();
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

/// A file of somebody's shop is no part of the sources. Where it is missing its test is ignored, which the list of tests shows, and the build
/// says so.
fn look_for_a_real_export() {
    println!("cargo::rustc-check-cfg=cfg(real_export)");
    println!("cargo::rerun-if-env-changed=ORION_TEST_EXPORT");
    let path = env::var("ORION_TEST_EXPORT").unwrap_or_else(|_| "../../shared/data/shopify-apparel.csv".to_owned());
    println!("cargo::rustc-env=ORION_TEST_EXPORT={path}");
    if Path::new(&path).is_file() {
        // Cargo would build the tests anew every time for a file that is missing.
        println!("cargo::rerun-if-changed={path}");
        println!("cargo::rustc-cfg=real_export");
    } else {
        println!("cargo::warning={path} is not here: the import of a real export is not tried (ORION_TEST_EXPORT names another file)");
    }
}
