//! Production set-ups: what the documentation says of them is done with the real programs.

mod backup;
mod certificates;
mod pooler;
mod proxy;
mod roles;
mod start;

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use nix::sys::signal::{Signal, kill};
use nix::unistd::{Pid, geteuid};
use orion_postgres::{Options, PrivatePostgres};
use orion_tests::DataDir;

/// A cluster with the programs of a folder; those that a private PostgreSQL finds by itself without one.
fn cluster(folder: &DataDir, bin_dir: Option<&Path>) -> PrivatePostgres {
    let options = Options {
        data_dir: folder.path().to_owned(),
        bin_dir: bin_dir.map(Path::to_owned),
        durable: false,
        max_connections: 60,
    };
    PrivatePostgres::start(&options).expect("a private PostgreSQL")
}

/// The address of another database of the cluster, or of the same one as somebody else.
fn address(cluster: &PrivatePostgres, database: &str, user: &str) -> String {
    let url = cluster.url();
    let (before, query) = url.split_once('?').expect("a query");
    let (server, _) = before.rsplit_once('/').expect("a database");
    let others = query.split('&').filter(|pair| !pair.starts_with("user="));
    let query = others.chain([format!("user={user}").as_str()]).collect::<Vec<_>>().join("&");
    format!("{server}/{database}?{query}")
}

/// Runs statements as the superuser of a cluster, one by one.
fn as_superuser(cluster: &PrivatePostgres, statements: &[&str]) {
    let mut conn = PgConnection::establish(cluster.url()).expect("the cluster answers");
    for statement in statements {
        conn.batch_execute(statement).expect(statement);
    }
}

/// Where a program of the system is. What is missing is named, since a test that cannot be tried must not pass.
fn program(name: &str) -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders = std::env::split_paths(&path).chain(["/usr/sbin".into()]);
    folders
        .find_map(|folder| Some(folder.join(name)).filter(|path| path.is_file()))
        .unwrap_or_else(|| panic!("{name} is missing: scripts/setup-databases installs it"))
}

/// A program that serves until the test ends.
struct Served(Child);

impl Served {
    /// Starts it; as root in a namespace of its own where it refuses to work as root.
    fn start(program: &Path, arguments: &[&str], not_as_root: bool) -> Self {
        let mut command = if not_as_root && geteuid().is_root() {
            let mut command = Command::new("unshare");
            command.args(["--user", "--map-user=1000", "--map-group=1000", "--"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        command.args(arguments);
        Self::run(command)
    }

    /// Starts what was prepared.
    fn run(mut command: Command) -> Self {
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        Self(command.spawn().expect("the program starts"))
    }

    /// Waits until `ready` says so.
    async fn until(mut self, mut ready: impl AsyncFnMut() -> bool) -> Self {
        let started = Instant::now();
        while !ready().await {
            let ended = self.0.try_wait().expect("its state");
            assert!(ended.is_none(), "the program ended with {ended:?}");
            assert!(started.elapsed() < Duration::from_secs(20), "the program does not answer");
            tokio::task::yield_now().await;
        }
        self
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // Asked and not killed: nginx has children to end.
        let _gone_already = kill(Pid::from_raw(self.0.id().cast_signed()), Signal::SIGTERM);
        let _reaped = self.0.wait();
    }
}

/// A port that nobody listens on.
fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    listener.local_addr().expect("its address").port()
}
