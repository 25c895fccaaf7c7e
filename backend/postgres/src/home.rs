//! The data directory: where everything of the cluster lies, and who uses it.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use nix::unistd::{Gid, Pid, Uid, geteuid};

use crate::{StartError, StopError};

#[derive(Debug, Clone)]
pub(crate) struct Home {
    root: PathBuf,
}

impl Home {
    pub(crate) fn open(data_dir: &Path) -> Result<Self, StartError> {
        let failed = |source| StartError::DataDir {
            path: data_dir.to_path_buf(),
            source,
        };
        fs::create_dir_all(data_dir).map_err(failed)?;
        let home = Self {
            root: data_dir.canonicalize().map_err(failed)?,
        };
        home.check_owner()?;
        Ok(home)
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn cluster(&self) -> PathBuf {
        self.root.join("postgres")
    }

    /// Where `initdb` works, so that a cluster is either whole or not there.
    pub(crate) fn unfinished(&self) -> PathBuf {
        self.root.join("postgres.new")
    }

    pub(crate) fn log(&self) -> PathBuf {
        self.root.join("postgres.log")
    }

    pub(crate) fn failed(&self, source: io::Error) -> StartError {
        StartError::DataDir {
            path: self.root.clone(),
            source,
        }
    }

    /// The major version that made the cluster; `None` when there is no cluster yet.
    pub(crate) fn major(&self) -> Result<Option<u32>, StartError> {
        let cluster = self.cluster();
        match fs::read_to_string(cluster.join("PG_VERSION")) {
            Ok(text) => match text.trim().parse() {
                Ok(major) => Ok(Some(major)),
                Err(_) => Err(StartError::NotACluster { path: cluster }),
            },
            Err(error) if error.kind() == io::ErrorKind::NotFound && !holds_anything(&cluster) => Ok(None),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Err(StartError::NotACluster { path: cluster }),
            Err(source) => Err(StartError::DataDir { path: cluster, source }),
        }
    }

    /// The user and group that the cluster's files belong to; `None` when there is no cluster yet.
    pub(crate) fn owner(&self) -> Option<(Uid, Gid)> {
        let metadata = fs::metadata(self.cluster()).ok()?;
        Some((Uid::from_raw(metadata.uid()), Gid::from_raw(metadata.gid())))
    }

    fn check_owner(&self) -> Result<(), StartError> {
        match self.owner() {
            Some((owner, _)) if owner != geteuid() && !geteuid().is_root() => Err(StartError::NotOwner {
                path: self.cluster(),
                owner: owner.as_raw(),
                user: geteuid().as_raw(),
            }),
            _ => Ok(()),
        }
    }

    /// Waits until no other process starts or stops this cluster; the lock ends with the returned file.
    pub(crate) fn lock_startup(&self) -> Result<File, StartError> {
        let path = self.startup_lock();
        lock_exclusively(&path).map_err(|source| StartError::DataDir { path, source })
    }

    pub(crate) fn lock_startup_for_stop(&self) -> Result<File, StopError> {
        let path = self.startup_lock();
        lock_exclusively(&path).map_err(|source| StopError::Lock { path, source })
    }

    fn startup_lock(&self) -> PathBuf {
        self.root.join("postgres.lock")
    }

    /// Counts this process among the users of the server; the kernel takes it off again even after a `kill -9`.
    pub(crate) fn join_users(&self) -> Result<File, StartError> {
        let path = self.root.join("postgres.users");
        let joined = open_lock(&path).and_then(|file| file.lock_shared().map(|()| file));
        joined.map_err(|source| StartError::DataDir { path, source })
    }
}

fn holds_anything(directory: &Path) -> bool {
    fs::read_dir(directory).is_ok_and(|mut entries| entries.next().is_some())
}

fn lock_exclusively(path: &Path) -> io::Result<File> {
    let file = open_lock(path)?;
    file.lock()?;
    Ok(file)
}

fn open_lock(path: &Path) -> io::Result<File> {
    File::options().read(true).write(true).create(true).truncate(false).open(path)
}

/// Notes in the users' file which server the last user has to stop.
pub(crate) fn record_server(mut users: &File, server: Pid) -> io::Result<()> {
    users.set_len(0)?;
    users.seek(SeekFrom::Start(0))?;
    writeln!(users, "{server}")
}

pub(crate) fn recorded_server(mut users: &File) -> Option<Pid> {
    let mut text = String::new();
    users.seek(SeekFrom::Start(0)).ok()?;
    users.read_to_string(&mut text).ok()?;
    text.trim().parse().ok().map(Pid::from_raw)
}
