//! Makes the routes of the pages that the modules declare.

use std::path::Path;
use std::{env, fs};

use orion_declared::App;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let modules = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../backend/modules");
    let declared = orion_declared::read(&modules)?;
    let file = Path::new(&env::var("OUT_DIR")?).join("declared.rs");
    fs::write(file, orion_declared::routes(&declared, App::Store))?;
    Ok(())
}
