//! The server as a process of its own, for tests that kill it.

use std::fs::File;
use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use serde_json::Value;

use super::Client;
use super::app::{DataDir, variables};

const LOG: &str = "server.log";

/// A running `orion serve`, killed at the end.
pub struct ServerProcess {
    child: Child,
    address: SocketAddr,
    data: DataDir,
}

impl ServerProcess {
    /// Starts the server on a database and waits until it is ready.
    pub async fn start(database_url: &str, more: &[(&str, &str)]) -> Self {
        Self::start_with(database_url, &[], more).await
    }

    /// Likewise, with options on the command line.
    pub async fn start_with(database_url: &str, options: &[&str], more: &[(&str, &str)]) -> Self {
        let mut process = Self::launch(database_url, options, more);
        process.wait_for("/health/ready").await;
        process
    }

    /// Starts the server from a shell that has run a command of its own before, and waits until it is ready.
    pub async fn start_after(before: &str, database_url: &str) -> Self {
        let mut shell = Command::new("/bin/sh");
        shell.args(["-c", &format!("{before} && exec \"$0\" \"$@\"")]).arg(binary());
        let mut process = Self::launch_by(shell, "serve", database_url, &[], &[]);
        process.wait_for("/health/ready").await;
        process
    }

    /// Starts `orion worker` on a database and waits until it is ready.
    pub async fn worker(database_url: &str) -> Self {
        let mut process = Self::launch_by(Command::new(binary()), "worker", database_url, &[], &[]);
        process.wait_for("/health/ready").await;
        process
    }

    /// A client of a host.
    pub fn client(&self, host: &str) -> Client {
        Client::new(self.address, host, "")
    }

    /// Starts a server that need not become ready.
    pub async fn start_alive(database_url: &str, options: &[&str], more: &[(&str, &str)]) -> Self {
        let mut process = Self::launch(database_url, options, more);
        process.wait_for("/health/live").await;
        process
    }

    /// Waits until it is ready.
    pub async fn until_ready(&mut self) {
        self.wait_for("/health/ready").await;
    }

    fn launch(database_url: &str, options: &[&str], more: &[(&str, &str)]) -> Self {
        Self::launch_by(Command::new(binary()), "serve", database_url, options, more)
    }

    fn launch_by(mut command: Command, what: &str, database_url: &str, options: &[&str], more: &[(&str, &str)]) -> Self {
        let data = DataDir::create();
        let address = free_address();
        let log = File::create(data.0.join(LOG)).expect("a log");
        command
            .arg(what)
            .args(options)
            .env_clear()
            .envs(variables(&data))
            .env("DATABASE_URL", database_url)
            .env("ORION_PORT", address.port().to_string())
            .env("ORION_WORKER_HEALTH_PORT", address.port().to_string())
            .env("ORION_LOG_FORMAT", "json");
        command
            .envs(more.iter().copied())
            .stdin(Stdio::null())
            .stdout(log)
            .stderr(Stdio::null());
        let child = command.spawn().expect("the server starts");
        Self { child, address, data }
    }

    async fn wait_for(&mut self, probe: &str) {
        let client = Client::new(self.address, "localhost", "");
        let started = Instant::now();
        while started.elapsed() < Duration::from_secs(60) {
            if let Some(status) = self.child.try_wait().expect("the server's state") {
                panic!("the server ended with {status} before it was ready");
            }
            if client
                .try_send(reqwest::Method::GET, probe, None)
                .await
                .is_ok_and(|answer| answer.status == 200)
            {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("the server does not answer {probe} after a minute");
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The lines of its log that hold a text, once there is one; it is written by a thread that takes its time.
    pub async fn log_lines(&self, text: &str) -> Vec<Value> {
        let started = Instant::now();
        loop {
            let lines = self.log_now(text);
            if !lines.is_empty() {
                return lines;
            }
            assert!(
                started.elapsed() < Duration::from_secs(20),
                "the log says nothing of {text}:\n{}",
                self.log()
            );
            tokio::task::yield_now().await;
        }
    }

    /// The lines of its log that hold a text by now.
    pub fn log_now(&self, text: &str) -> Vec<Value> {
        let log = self.log();
        // A line that is still being written has no end yet.
        let whole = log.split_inclusive('\n').filter(|line| line.ends_with('\n') && line.contains(text));
        whole.map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.data.0.join(LOG)).expect("the log")
    }

    /// Asks it to stop, as a supervisor does (SIGTERM).
    pub fn terminate(&self) {
        ask_to_end(&self.child);
    }

    /// Waits until it has ended by itself.
    pub async fn ended(&mut self) -> ExitStatus {
        ended(&mut self.child).await
    }

    /// Ends it at once, as a power cut would (`kill -9`).
    pub fn kill(&mut self) {
        self.child.kill().expect("the server can be killed");
        self.child.wait().expect("the server is gone");
    }
}

impl Drop for ServerProcess {
    fn drop(&mut self) {
        let _gone_already = self.child.kill();
        let _reaped = self.child.wait();
    }
}

/// A command of `orion` that goes on until it is asked to end; killed at the end.
pub struct Background {
    child: Child,
    data: DataDir,
}

impl Background {
    /// Starts it on a database.
    pub fn start(database_url: &str, arguments: &[&str]) -> Self {
        let data = DataDir::create();
        let out = File::create(data.0.join(LOG)).expect("a file");
        let child = Command::new(binary())
            .args(arguments)
            .env_clear()
            .envs(variables(&data))
            .env("DATABASE_URL", database_url)
            .stdin(Stdio::null())
            .stdout(out)
            .stderr(Stdio::inherit())
            .spawn()
            .expect("the program starts");
        Self { child, data }
    }

    /// What it has printed, once a text is in it.
    pub async fn says(&mut self, text: &str) -> String {
        let started = Instant::now();
        loop {
            let out = std::fs::read_to_string(self.data.0.join(LOG)).expect("what it has printed");
            if out.contains(text) {
                return out;
            }
            if let Some(status) = self.child.try_wait().expect("its state") {
                panic!("it ended with {status}, and has not said {text:?}:\n{out}");
            }
            assert!(started.elapsed() < Duration::from_secs(30), "it does not say {text:?}:\n{out}");
            tokio::task::yield_now().await;
        }
    }

    /// Asks it to end (SIGTERM), and waits until it has.
    pub async fn end(&mut self) -> ExitStatus {
        ask_to_end(&self.child);
        ended(&mut self.child).await
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        let _gone_already = self.child.kill();
        let _reaped = self.child.wait();
    }
}

fn ask_to_end(child: &Child) {
    let pid = Pid::from_raw(child.id().cast_signed());
    kill(pid, Signal::SIGTERM).expect("it can be asked");
}

async fn ended(child: &mut Child) -> ExitStatus {
    let started = Instant::now();
    loop {
        if let Some(status) = child.try_wait().expect("its state") {
            return status;
        }
        assert!(started.elapsed() < Duration::from_secs(20), "it does not end");
        tokio::task::yield_now().await;
    }
}

/// What a command of `orion` has answered.
#[derive(Debug)]
pub struct Told {
    /// Whether it succeeded.
    pub ok: bool,
    /// Its standard output.
    pub out: String,
    /// Its standard error.
    pub err: String,
}

/// Runs `orion` with arguments on a database, with `input` on its standard input.
pub fn orion(database_url: &str, arguments: &[&str], input: &str) -> Told {
    orion_with(database_url, arguments, input, &[])
}

/// Likewise, with settings of its own.
pub fn orion_with(database_url: &str, arguments: &[&str], input: &str, more: &[(&str, &str)]) -> Told {
    let data = DataDir::create();
    let mut child = Command::new(binary())
        .args(arguments)
        .env_clear()
        .envs(variables(&data))
        .env("DATABASE_URL", database_url)
        .envs(more.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // A command that wants no input may have ended before it is written.
    let _unread = child.stdin.take().expect("its input").write_all(input.as_bytes());
    let output = child.wait_with_output().expect("the program ends");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    Told {
        ok: output.status.success(),
        out: text(output.stdout),
        err: text(output.stderr),
    }
}

/// The server's program: `ORION_BIN`, or what lies in the folder above the tests' own program.
fn binary() -> PathBuf {
    if let Ok(path) = std::env::var("ORION_BIN") {
        return path.into();
    }
    let own = std::env::current_exe().expect("our own program");
    let beside = own
        .ancestors()
        .nth(2)
        .map(|folder| folder.join("orion"))
        .filter(|path| path.is_file());
    beside.expect("the server's program: run `cargo build -p orion` or set ORION_BIN")
}

fn free_address() -> SocketAddr {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    listener.local_addr().expect("its address")
}
