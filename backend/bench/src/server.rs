//! The processes that are measured: started, waited for, looked at, and stopped.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::client::Connection;

/// How often a starting server is asked whether it is ready.
const LOOK: Duration = Duration::from_millis(2);
const START_PATIENCE: Duration = Duration::from_secs(30);
const STOP_PATIENCE: Duration = Duration::from_secs(30);

/// A running process; dropping it ends it.
pub struct Process {
    child: Child,
    /// Where it listens on loopback.
    pub port: u16,
    /// From before its start to its first answer that says "ready".
    pub start: Duration,
}

/// Far above what a load generator on one address reaches, so that the limits are counted and turn nobody away.
const NEVER_REACHED: &str = "1000000000";

/// What every command of the server gets to know, whatever the caller's shell has set.
pub fn command(program: &Path, folder: &Path, url: &str) -> Command {
    let mut command = Command::new(program);
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("ORION_") {
            command.env_remove(name);
        }
    }
    command
        .current_dir(folder)
        .stdin(Stdio::null())
        .env("DATABASE_URL", url)
        .env("ORION_DATA_DIR", folder)
        .env("ORION_LOG_LEVEL", "warn")
        // The passwords that load data is written with have to be those that the server knows.
        .env("ORION_AUTH_JWT_SECRET", "only-for-measuring-0123456789-abcdefghijkl")
        .env("ORION_AUTH_PASSWORD_PEPPER", "only-for-measuring-9876543210-zyxwvutsrqpo");
    command
}

/// Writes load data (`products=1000,stores=100`) with a command that [`command`] has made.
///
/// # Errors
/// When the program fails; its words are in the error.
pub fn seed(mut program: Command, scale: &str) -> anyhow::Result<()> {
    let output = program.args(["seed", "--scale", scale]).output()?;
    ensure!(
        output.status.success(),
        "seeding failed: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(())
}

/// Starts the server as it runs in production and waits until it is ready.
pub fn start(program: &Path, folder: &Path, url: &str, settings: &[(&str, &str)]) -> anyhow::Result<Process> {
    let port = free_port()?;
    let mut command = command(program, folder, url);
    command
        .arg("serve")
        .env("ORION_ENV", "production")
        .env("ORION_BIND", "127.0.0.1")
        .env("ORION_PORT", port.to_string())
        // All of its buyers come from one address.
        .env("ORION_HTTP_CARTS_PER_MINUTE", "0")
        .env("ORION_HTTP_SHOP_READS_PER_MINUTE", NEVER_REACHED)
        .env("ORION_HTTP_SHOP_WRITES_PER_MINUTE", NEVER_REACHED)
        .env("ORION_HTTP_DASHBOARD_REQUESTS_PER_MINUTE", NEVER_REACHED)
        .env("ORION_HTTP_ACCOUNT_REQUESTS_PER_MINUTE", NEVER_REACHED)
        .envs(settings.iter().copied());
    spawn(&mut command, &folder.join("server.log"), port, "/health/ready")
}

/// Starts this program's own handler with a constant body.
pub fn start_bare(folder: &Path, body: &[u8]) -> anyhow::Result<Process> {
    let file = folder.join("body.json");
    fs::write(&file, body)?;
    let port = free_port()?;
    let mut command = Command::new(std::env::current_exe()?);
    command.args([
        OsStr::new("bare"),
        OsStr::new("--port"),
        OsStr::new(&port.to_string()),
        OsStr::new("--body"),
        file.as_os_str(),
    ]);
    spawn(&mut command, &folder.join("bare.log"), port, "/")
}

/// Starts this program's handler that asks the statements of a file.
pub fn start_replay(folder: &Path, file: &Path) -> anyhow::Result<Process> {
    let port = free_port()?;
    let mut command = Command::new(std::env::current_exe()?);
    command.args([
        OsStr::new("replay"),
        OsStr::new("--port"),
        OsStr::new(&port.to_string()),
        OsStr::new("--file"),
        file.as_os_str(),
    ]);
    spawn(&mut command, &folder.join("replay.log"), port, "/")
}

fn spawn(command: &mut Command, log: &Path, port: u16, path: &str) -> anyhow::Result<Process> {
    let output = File::options().create(true).append(true).open(log)?;
    let begin = Instant::now();
    let child = command
        .stdout(output.try_clone()?)
        .stderr(output)
        .spawn()
        .with_context(|| format!("{:?}", command.get_program()))?;
    let mut process = Process {
        child,
        port,
        start: Duration::ZERO,
    };
    while !is_ready(port, path) {
        if let Some(status) = process.child.try_wait()? {
            bail!(
                "the server ended with {status}: {}",
                fs::read_to_string(log)?.lines().last().unwrap_or_default()
            );
        }
        ensure!(
            begin.elapsed() < START_PATIENCE,
            "the server is not ready after {} s",
            START_PATIENCE.as_secs()
        );
        std::thread::sleep(LOOK);
    }
    process.start = begin.elapsed();
    Ok(process)
}

fn is_ready(port: u16, path: &str) -> bool {
    Connection::open(port, "localhost")
        .and_then(|mut connection| connection.get(path))
        .is_ok_and(|answer| answer.status == 200)
}

/// Free at this moment; nobody else on the machine is expected to take it within the next.
fn free_port() -> anyhow::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

impl Process {
    /// Resident memory in bytes.
    pub fn resident(&self) -> anyhow::Result<u64> {
        self.memory("VmRSS:")
    }

    /// The most resident memory that it ever had, in bytes.
    pub fn peak(&self) -> anyhow::Result<u64> {
        self.memory("VmHWM:")
    }

    fn memory(&self, field: &str) -> anyhow::Result<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix(field))
            .with_context(|| format!("no {field} in /proc"))?;
        let kilobytes: u64 = line.trim().trim_end_matches("kB").trim().parse()?;
        Ok(kilobytes << 10)
    }

    /// Asks it to end and waits.
    pub fn stop(mut self) -> anyhow::Result<()> {
        self.ask_to_end()
    }

    /// Ends it as a crash would.
    pub fn kill(mut self) -> anyhow::Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    fn ask_to_end(&mut self) -> anyhow::Result<()> {
        if self.child.try_wait()?.is_some() {
            return Ok(());
        }
        kill(Pid::from_raw(self.child.id().cast_signed()), Signal::SIGTERM)?;
        let begin = Instant::now();
        while self.child.try_wait()?.is_none() {
            if begin.elapsed() > STOP_PATIENCE {
                self.child.kill()?;
                self.child.wait()?;
                bail!("the server did not end within {} s", STOP_PATIENCE.as_secs());
            }
            std::thread::sleep(LOOK);
        }
        Ok(())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if let Err(error) = self.ask_to_end() {
            eprintln!("warning: {error}");
        }
    }
}
