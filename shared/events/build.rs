//! Finds the events that modules declare in their own folders.

use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let modules = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../backend/modules");
    let found = orion_declared::find(&modules, "events.rs")?;
    let mut text = String::new();
    for file in &found {
        let (name, constant) = (&file.name, file.name.to_uppercase());
        text.push_str(&file.as_mod(""));
        writeln!(text, "pub use {name}::*;")?;
        writeln!(text, "/// Names of the events of module `{name}`.")?;
        writeln!(text, "pub const {constant}: &[&str] = {name}::NAMES;")?;
    }
    let lists: Vec<String> = found.iter().map(|file| format!("{}::EVENTS", file.name)).collect();
    writeln!(text, "const FOUND: &[&[EventInfo]] = &[{}];", lists.join(", "))?;
    fs::write(Path::new(&env::var("OUT_DIR")?).join("module_events.rs"), text)?;
    Ok(())
}
