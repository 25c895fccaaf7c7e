//! Starts and stops the server's process.

use std::env;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use nix::errno::Errno;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::binaries::Binaries;
use crate::home::Home;
use crate::identity::Identity;
use crate::pidfile::{self, PidFile};
use crate::{Options, StartError, StopError};

/// Nothing listens on it: it is only part of the socket's name.
pub(crate) const PORT: u16 = 5432;

const START_PATIENCE: Duration = Duration::from_secs(120);
/// How long the processes of a killed server may hold on to its memory.
const LINGER_PATIENCE: Duration = Duration::from_secs(10);
const POLL: Duration = Duration::from_millis(5);
const LARGEST_LOG: u64 = 16 * 1024 * 1024;

#[derive(Debug)]
pub(crate) struct Server {
    pid: Pid,
    /// `None` when another process started it.
    child: Option<Child>,
}

impl Server {
    pub(crate) fn attached(pid: Pid) -> Self {
        Self { pid, child: None }
    }

    pub(crate) fn pid(&self) -> Pid {
        self.pid
    }

    pub(crate) fn launch(
        home: &Home,
        binaries: &Binaries,
        identity: &Identity,
        socket_dir: &Path,
        options: &Options,
    ) -> Result<Self, StartError> {
        let started = Instant::now();
        loop {
            let mut log = open_log(home).map_err(|source| home.failed(source))?;
            let begin = log.seek(SeekFrom::End(0)).map_err(|source| home.failed(source))?;
            let program = binaries.postgres();
            let mut command = identity.command(&program);
            command.arg("-D").arg(home.cluster()).args(settings(socket_dir, options));
            // Ctrl-C reaches every process of the terminal's group; the server has to outlive us until we have stopped it.
            command.process_group(0).current_dir(home.cluster());
            without_postgres_variables(&mut command);
            let child = spawn_logged(&mut command, log).map_err(|source| StartError::Spawn { program, source })?;
            match wait_until_ready(home, child, begin) {
                Err(StartError::Ended { output, .. }) if lingers(&output) && started.elapsed() < LINGER_PATIENCE => {
                    thread::sleep(10 * POLL)
                }
                result => return result,
            }
        }
    }

    /// Asks the server to end now but in order; one that does not is ended like in a power cut, which its log makes good.
    pub(crate) fn stop(mut self, home: &Home) -> Result<(), StopError> {
        let mut seconds = 0;
        for (signal, patience) in [(Signal::SIGINT, 60), (Signal::SIGQUIT, 30)] {
            match kill(self.pid, signal) {
                Ok(()) | Err(Errno::ESRCH) => {}
                Err(error) => {
                    return Err(StopError::Signal {
                        pid: self.pid.as_raw(),
                        reason: error.desc().to_owned(),
                    });
                }
            }
            if self.ends_within(Duration::from_secs(patience), home) {
                return Ok(());
            }
            seconds += patience;
        }
        Err(StopError::StillRuns {
            pid: self.pid.as_raw(),
            seconds,
            log: home.log(),
        })
    }

    fn ends_within(&mut self, patience: Duration, home: &Home) -> bool {
        let started = Instant::now();
        while started.elapsed() < patience {
            let ended = match &mut self.child {
                Some(child) => child.try_wait().is_ok_and(|status| status.is_some()),
                None => !pidfile::runs(self.pid, &home.cluster()),
            };
            if ended {
                return true;
            }
            thread::sleep(POLL);
        }
        false
    }
}

/// A shell that works on another database must not lead ours astray.
pub(crate) fn without_postgres_variables(command: &mut Command) {
    for (name, _) in env::vars_os() {
        if name.to_string_lossy().starts_with("PG") {
            command.env_remove(name);
        }
    }
}

/// Settings that the rest of this crate relies on; they win over the configuration files.
fn settings(socket_dir: &Path, options: &Options) -> Vec<OsString> {
    let mut socket = OsString::from("unix_socket_directories=");
    socket.push(socket_dir);
    let mut values = vec![
        socket,
        format!("port={PORT}").into(),
        "listen_addresses=".into(),
        "unix_socket_permissions=0700".into(),
        "logging_collector=off".into(),
        format!("max_connections={}", options.max_connections).into(),
    ];
    if !options.durable {
        let quick = [
            "fsync=off",
            "full_page_writes=off",
            "synchronous_commit=off",
            "wal_level=minimal",
            "max_wal_senders=0",
        ];
        values.extend(quick.map(OsString::from));
    }
    values.into_iter().flat_map(|value| [OsString::from("-c"), value]).collect()
}

fn open_log(home: &Home) -> io::Result<File> {
    let path = home.log();
    if fs::metadata(&path).is_ok_and(|metadata| metadata.len() > LARGEST_LOG) {
        fs::rename(&path, path.with_extension("log.old"))?;
    }
    File::options().create(true).append(true).open(path)
}

fn spawn_logged(command: &mut Command, log: File) -> io::Result<Child> {
    let copy = log.try_clone()?;
    command
        .stdin(Stdio::null())
        .stdout(Stdio::from(copy))
        .stderr(Stdio::from(log))
        .spawn()
}

fn wait_until_ready(home: &Home, mut child: Child, begin: u64) -> Result<Server, StartError> {
    let started = Instant::now();
    let pid = Pid::from_raw(child.id().cast_signed());
    loop {
        let ended = child.try_wait().map_err(|source| home.failed(source))?.is_some();
        if ended {
            return Err(StartError::Ended {
                log: home.log(),
                output: log_since(home, begin),
            });
        }
        let ready = PidFile::read(&home.cluster()).map_err(|source| home.failed(source))?;
        if ready.and_then(PidFile::ready).is_some_and(|found| found.pid == pid) {
            return Ok(Server { pid, child: Some(child) });
        }
        if started.elapsed() > START_PATIENCE {
            let output = log_since(home, begin);
            // Killing a server in the middle of its recovery costs nothing: the next start begins it again.
            drop(child.kill());
            drop(child.wait());
            return Err(StartError::TooSlow {
                log: home.log(),
                seconds: START_PATIENCE.as_secs(),
                output,
            });
        }
        thread::sleep(POLL);
    }
}

/// After a `kill -9` of the server its helpers need a moment to notice.
fn lingers(output: &str) -> bool {
    output.contains("is still in use")
}

/// The last lines of this start's log, on one line.
fn log_since(home: &Home, begin: u64) -> String {
    const LINES: usize = 12;
    let read = || -> io::Result<String> {
        let mut file = File::open(home.log())?;
        file.seek(SeekFrom::Start(begin))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    };
    let text = read().unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(LINES)..].join(" | ")
}
