//! The server as a process of its own, for tests that kill it.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::Client;
use super::app::{DataDir, variables};

/// A running `orion serve`, killed at the end.
pub struct ServerProcess {
    child: Child,
    address: SocketAddr,
    _data: DataDir,
}

impl ServerProcess {
    /// Starts the server on a database and waits until it is ready.
    pub async fn start(database_url: &str, more: &[(&str, &str)]) -> Self {
        let data = DataDir::new();
        let address = free_address();
        let mut command = Command::new(binary());
        command
            .arg("serve")
            .env_clear()
            .envs(variables(&data))
            .env("DATABASE_URL", database_url)
            .env("ORION_PORT", address.port().to_string());
        command
            .envs(more.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let child = command.spawn().expect("the server starts");
        let mut process = Self {
            child,
            address,
            _data: data,
        };
        process.wait_until_ready().await;
        process
    }

    async fn wait_until_ready(&mut self) {
        let client = Client::new(self.address, "localhost", "");
        let started = Instant::now();
        while started.elapsed() < Duration::from_secs(60) {
            if let Some(status) = self.child.try_wait().expect("the server's state") {
                panic!("the server ended with {status} before it was ready");
            }
            if client
                .try_send(reqwest::Method::GET, "/health/ready", None)
                .await
                .is_ok_and(|answer| answer.status == 200)
            {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("the server was not ready after a minute");
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
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
