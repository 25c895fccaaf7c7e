//! Rust files that lie beside a module's declaration and are compiled into a crate that the apps use as well.

use std::fmt::Write;
use std::path::{Path, PathBuf};

/// The file of a module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The module's folder, which is the name that the file is known by in Rust.
    pub name: String,
    /// Where the file is.
    pub path: PathBuf,
}

/// Finds the file with a name beside the declarations, sorted by the modules' folders, and asks Cargo to build anew when one comes or goes.
///
/// # Errors
/// When the folder of the modules cannot be read, or the file of one of them has no name in Rust.
pub fn find(modules: &Path, file: &str) -> Result<Vec<Found>, String> {
    println!("cargo::rerun-if-changed={}", modules.display());
    let mut found = Vec::new();
    for folder in crate::folders(modules)? {
        let path = folder.join(file);
        if !path.is_file() {
            continue;
        }
        let name = folder
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return Err(format!("{}: the folder's name has to be one word in small letters", path.display()));
        }
        found.push(Found { name, path });
    }
    found.sort_by(|left, right| left.name.cmp(&right.name));
    Ok(found)
}

impl Found {
    /// The line that makes a module of Rust of it, with a word such as `pub` before it or nothing.
    pub fn as_mod(&self, visibility: &str) -> String {
        let mut line = String::new();
        // The path is absolute: the line stands in a file of the build's own folder.
        let _ = writeln!(
            line,
            "#[path = {:?}]\n{visibility} mod {};",
            self.path.display().to_string(),
            self.name
        );
        line
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn files_are_found_by_the_folder_of_their_module() {
        let modules = std::env::temp_dir().join(format!("orion-found-{}", std::process::id()));
        for (folder, file) in [
            ("orders", "wire.rs"),
            ("notes", "wire.rs"),
            ("notes", "events.rs"),
            ("price-lists", "events.rs"),
        ] {
            fs::create_dir_all(modules.join(folder)).unwrap();
            fs::write(modules.join(folder).join(file), "").unwrap();
        }
        let names = find(&modules, "wire.rs").map(|found| found.into_iter().map(|one| one.name).collect::<Vec<_>>());
        let refused = find(&modules, "events.rs");
        fs::remove_dir_all(&modules).unwrap();
        assert_eq!(names, Ok(vec!["notes".to_owned(), "orders".to_owned()]));
        assert!(refused.unwrap_err().contains("price-lists"));
        let one = Found {
            name: "notes".to_owned(),
            path: PathBuf::from("/modules/notes/wire.rs"),
        };
        assert_eq!(one.as_mod("pub"), "#[path = \"/modules/notes/wire.rs\"]\npub mod notes;\n");
    }
}
