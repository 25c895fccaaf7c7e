//! Makes the rights and pages of what the modules declare, and finds their wire types.

use std::path::Path;
use std::{env, fs};

use orion_declared::App;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let modules = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../backend/modules");
    let declared = orion_declared::read(&modules)?;
    let folder = env::var("OUT_DIR")?;
    let write = |file: &str, text: String| fs::write(Path::new(&folder).join(file), text);
    // Cargo follows the files themselves: they are part of the crate.
    let wire = orion_declared::find(&modules, "wire.rs")?;
    write("module_wire.rs", wire.iter().map(|file| file.as_mod("pub")).collect())?;
    write("rights.rs", orion_declared::rights(&declared, "rights"))?;
    write("store_pages.rs", orion_declared::page_types(&declared, App::Store, "store_pages"))?;
    write("admin_pages.rs", orion_declared::page_types(&declared, App::Admin, "admin_pages"))?;
    Ok(())
}
