//! `postmaster.pid`: which server runs on a cluster, if any.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use nix::errno::Errno;
use nix::sys::signal::kill;
use nix::unistd::Pid;

use crate::StartError;
use crate::home::Home;

/// How long a server that somebody else started may take until it answers, or until it has ended.
const PATIENCE: Duration = Duration::from_secs(120);
const POLL: Duration = Duration::from_millis(5);

/// A server that already runs.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) pid: Pid,
    pub(crate) socket_dir: PathBuf,
    pub(crate) port: u16,
}

/// Looks for a server that runs on the cluster, waiting for one that starts or stops just now.
pub(crate) fn find(home: &Home) -> Result<Option<Found>, StartError> {
    let started = Instant::now();
    loop {
        let Some(file) = PidFile::read(&home.cluster()).map_err(|source| home.failed(source))? else {
            return Ok(None);
        };
        if !runs(file.pid, &home.cluster()) {
            remove_if_misleading(home, file.pid)?;
            return Ok(None);
        }
        let pid = file.pid;
        if let Some(found) = file.ready() {
            return Ok(Some(found));
        }
        if started.elapsed() > PATIENCE {
            let output = format!("process {pid} neither answers nor ends");
            return Err(StartError::TooSlow {
                log: home.log(),
                seconds: PATIENCE.as_secs(),
                output,
            });
        }
        thread::sleep(POLL);
    }
}

/// The server that runs on the cluster at this moment, ready or not.
pub(crate) fn running(home: &Home) -> Option<Pid> {
    let file = PidFile::read(&home.cluster()).ok().flatten()?;
    runs(file.pid, &home.cluster()).then_some(file.pid)
}

/// PostgreSQL copes with a dead process in the file, but not with one whose number now belongs to another program: common in containers,
/// where numbers are low and a zombie may stay for good.
fn remove_if_misleading(home: &Home, pid: Pid) -> Result<(), StartError> {
    if kill(pid, None) == Err(Errno::ESRCH) {
        return Ok(());
    }
    tracing::warn!(%pid, cluster = %home.cluster().display(), "removed a postmaster.pid that names another process");
    fs::remove_file(home.cluster().join("postmaster.pid")).map_err(|source| home.failed(source))
}

/// Whether the process is a PostgreSQL server that works on this cluster.
pub(crate) fn runs(pid: Pid, cluster: &Path) -> bool {
    let process = PathBuf::from(format!("/proc/{pid}"));
    if !Path::new("/proc/self/stat").exists() {
        return kill(pid, None) != Err(Errno::ESRCH);
    }
    let Ok(stat) = fs::read_to_string(process.join("stat")) else {
        return false;
    };
    // "PID (name) STATE …", and the name may hold brackets of its own.
    let Some((name, state)) = stat.rsplit_once(") ") else {
        return false;
    };
    if state.starts_with(['Z', 'X']) || !name.ends_with("(postgres") {
        return false;
    }
    // Without the right to look at another user's process, its name has to do.
    fs::read_link(process.join("cwd")).map_or(true, |directory| directory == cluster)
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) struct PidFile {
    pub(crate) pid: Pid,
    port: Option<u16>,
    socket_dir: Option<PathBuf>,
    status: String,
}

impl PidFile {
    pub(crate) fn read(cluster: &Path) -> io::Result<Option<Self>> {
        match fs::read_to_string(cluster.join("postmaster.pid")) {
            Ok(text) => Ok(Self::parse(&text)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The lines are: pid, directory, start time, port, socket directory, listen address, shared memory, status; the later ones come late.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        // A server in single-user mode writes its number negated.
        let pid = lines.next()?.trim().parse::<i32>().ok()?.checked_abs().filter(|pid| *pid > 0)?;
        Some(Self {
            pid: Pid::from_raw(pid),
            port: lines.nth(2).and_then(|line| line.trim().parse().ok()),
            socket_dir: lines.next().filter(|line| !line.is_empty()).map(PathBuf::from),
            status: lines.nth(2).unwrap_or_default().trim().to_owned(),
        })
    }

    pub(crate) fn ready(self) -> Option<Found> {
        match (self.status.as_str(), self.socket_dir, self.port) {
            ("ready", Some(socket_dir), Some(port)) => Some(Found {
                pid: self.pid,
                socket_dir,
                port,
            }),
            _ => None,
        }
    }
}
