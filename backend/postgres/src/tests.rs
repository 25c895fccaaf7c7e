//! Every test starts real servers in a directory of its own.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::Command;

use diesel::{Connection, PgConnection, QueryableByName, RunQueryDsl, sql_query, sql_types};
use nix::sys::signal::{Signal, kill};
use nix::unistd::{Pid, geteuid, getpgid, getpgrp};

use crate::binaries::parse_major;
use crate::home::{self, Home};
use crate::identity::{self, Identity};
use crate::pidfile::{self, PidFile};
use crate::{Options, PrivatePostgres, StartError, socket};

/// A directory below the temporary one that goes away with the test.
struct Place(PathBuf);

impl Place {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("orion-pg-{}-{name}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path.canonicalize().unwrap())
    }

    fn options(&self) -> Options {
        Options {
            data_dir: self.0.clone(),
            bin_dir: None,
            durable: false,
            max_connections: 20,
        }
    }

    fn start(&self) -> PrivatePostgres {
        PrivatePostgres::start(&self.options()).unwrap()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

#[derive(QueryableByName)]
struct Answer {
    #[diesel(sql_type = sql_types::Text)]
    answer: String,
}

fn run(url: &str, sql: &str) {
    sql_query(sql).execute(&mut PgConnection::establish(url).unwrap()).unwrap();
}

fn ask(url: &str, sql: &str) -> String {
    let mut connection = PgConnection::establish(url).unwrap();
    sql_query(format!("SELECT ({sql})::text AS answer"))
        .get_result::<Answer>(&mut connection)
        .unwrap()
        .answer
}

fn running(postgres: &PrivatePostgres) -> bool {
    pidfile::runs(pid(postgres), &postgres.home.cluster())
}

fn pid(postgres: &PrivatePostgres) -> Pid {
    Pid::from_raw(postgres.pid().cast_signed())
}

/// Kills the server and waits until the kernel has taken it down.
fn kill_hard(postgres: &PrivatePostgres) {
    kill(pid(postgres), Signal::SIGKILL).unwrap();
    while running(postgres) {
        std::thread::yield_now();
    }
}

/// What is left when a process that uses the server dies without a chance to clean up: no lock, and the server runs on.
fn die(mut postgres: PrivatePostgres) {
    drop(postgres.server.take());
}

#[test]
fn a_new_cluster_answers_and_stops() {
    let place = Place::new("new");
    let postgres = place.start();
    assert_eq!(
        ask(postgres.url(), "SELECT current_database() || ' ' || current_user"),
        "orion orion"
    );
    assert_eq!(ask(postgres.url(), "SELECT lower('ÄÖÉ')"), "äöé");
    assert_eq!(ask(postgres.url(), "SELECT current_setting('listen_addresses')"), "");
    let (server, cluster) = (pid(&postgres), place.0.join("postgres"));
    assert_eq!(fs::metadata(&cluster).unwrap().permissions().mode() & 0o777, 0o700);
    postgres.stop().unwrap();
    assert!(!pidfile::runs(server, &cluster));
    assert!(!cluster.join("postmaster.pid").exists());
}

#[test]
fn the_extensions_that_migrations_create_are_there() {
    let place = Place::new("extensions");
    let postgres = place.start();
    run(postgres.url(), "CREATE EXTENSION pg_trgm");
    run(postgres.url(), "CREATE EXTENSION unaccent");
    assert_eq!(ask(postgres.url(), "SELECT similarity('Söhne', 'söhne')"), "1");
    assert_eq!(ask(postgres.url(), "SELECT unaccent('Ärger')"), "Arger");
}

#[test]
fn a_restart_keeps_the_data() {
    let place = Place::new("restart");
    for durable in [true, false, true] {
        let postgres = PrivatePostgres::start(&Options {
            durable,
            ..place.options()
        })
        .unwrap();
        run(
            postgres.url(),
            "CREATE TABLE IF NOT EXISTS visits (at timestamptz NOT NULL DEFAULT now())",
        );
        run(postgres.url(), "INSERT INTO visits DEFAULT VALUES");
        assert_eq!(
            ask(postgres.url(), "SELECT current_setting('fsync')"),
            if durable { "on" } else { "off" }
        );
        postgres.stop().unwrap();
    }
    assert_eq!(ask(place.start().url(), "SELECT count(*) FROM visits"), "3");
}

#[test]
fn two_data_directories_run_side_by_side() {
    let (left, right) = (Place::new("left"), Place::new("right"));
    let (one, two) = (left.start(), right.start());
    run(one.url(), "CREATE TABLE only_left ()");
    assert_ne!(one.pid(), two.pid());
    assert_eq!(ask(two.url(), "SELECT count(*) FROM pg_class WHERE relname = 'only_left'"), "0");
    one.stop().unwrap();
    assert_eq!(ask(two.url(), "SELECT 1"), "1");
}

#[test]
fn the_last_user_stops_the_server() {
    let place = Place::new("users");
    let first = place.start();
    let second = place.start();
    assert_eq!(first.pid(), second.pid());
    first.stop().unwrap();
    assert_eq!(ask(second.url(), "SELECT 1"), "1");
    let server = pid(&second);
    second.stop().unwrap();
    assert!(!pidfile::runs(server, &place.0.join("postgres")));
}

#[test]
fn a_server_whose_user_was_killed_is_taken_over() {
    let place = Place::new("orphan");
    die(place.start());
    let heir = place.start();
    let server = pid(&heir);
    heir.stop().unwrap();
    assert!(!pidfile::runs(server, &place.0.join("postgres")));
}

#[test]
fn a_server_started_by_hand_is_left_running() {
    let place = Place::new("foreign");
    let postgres = place.start();
    home::record_server(&postgres.users, Pid::from_raw(1)).unwrap();
    let attached = place.start();
    drop(attached);
    assert!(running(&postgres));
    home::record_server(&postgres.users, pid(&postgres)).unwrap();
    postgres.stop().unwrap();
}

#[test]
fn dropping_stops_the_server() {
    let place = Place::new("drop");
    let postgres = place.start();
    let server = pid(&postgres);
    drop(postgres);
    assert!(!pidfile::runs(server, &place.0.join("postgres")));
}

#[test]
fn committed_data_survives_the_kill_of_the_server() {
    let place = Place::new("killed");
    let postgres = PrivatePostgres::start(&Options {
        durable: true,
        ..place.options()
    })
    .unwrap();
    run(postgres.url(), "CREATE TABLE orders AS SELECT generate_series(1, 100) AS number");
    kill_hard(&postgres);
    let again = place.start();
    assert_eq!(ask(again.url(), "SELECT count(*) FROM orders"), "100");
    let server = pid(&again);
    again.stop().unwrap();
    assert_eq!(ask(postgres.url(), "SELECT 1"), "1");
    postgres.stop().unwrap();
    assert!(!pidfile::runs(server, &place.0.join("postgres")));
}

#[test]
fn a_pid_file_that_names_another_program_does_not_block_the_start() {
    let place = Place::new("misleading");
    place.start().stop().unwrap();
    let cluster = place.0.join("postgres");
    let ourselves = format!("{}\n{}\n1\n5432\n\n\n0 0\nready\n", std::process::id(), cluster.display());
    fs::write(cluster.join("postmaster.pid"), ourselves).unwrap();
    assert_eq!(ask(place.start().url(), "SELECT 1"), "1");
}

#[test]
fn a_path_too_long_for_a_socket_gets_a_short_directory_of_its_own() {
    let place = Place::new("long");
    let data_dir = place.0.join("a".repeat(120)).join("space, \"quote\" and ü");
    let postgres = PrivatePostgres::start(&Options {
        data_dir,
        ..place.options()
    })
    .unwrap();
    assert_eq!(ask(postgres.url(), "SELECT 1"), "1");
    let directory = postgres.socket_dir.clone();
    assert_eq!(fs::metadata(&directory).unwrap().mode() & 0o777, 0o700);
    postgres.stop().unwrap();
    assert!(!directory.exists());
}

#[test]
fn a_socket_directory_that_others_can_enter_is_refused() {
    let place = Place::new("planted");
    let data_dir = place.0.join("b".repeat(120));
    let home = Home::open(&data_dir).unwrap();
    let directory = socket::directory(&home, &Identity::Same).unwrap();
    fs::set_permissions(&directory, fs::Permissions::from_mode(0o777)).unwrap();
    let error = socket::directory(&home, &Identity::Same).unwrap_err();
    assert!(
        matches!(&error, StartError::SocketDir { path, .. } if *path == directory),
        "{error}"
    );
    fs::remove_dir(directory).unwrap();
}

#[test]
fn an_interrupted_initdb_is_begun_again() {
    let place = Place::new("interrupted");
    fs::create_dir_all(place.0.join("postgres.new/base")).unwrap();
    assert_eq!(ask(place.start().url(), "SELECT 1"), "1");
    assert!(!place.0.join("postgres.new").exists());
}

#[test]
fn a_dropped_database_is_created_again() {
    let place = Place::new("dropped");
    let postgres = place.start();
    run(&postgres.url_for("postgres"), "DROP DATABASE orion");
    postgres.stop().unwrap();
    assert_eq!(ask(place.start().url(), "SELECT current_database()"), "orion");
}

#[test]
fn the_terminals_ctrl_c_does_not_reach_the_server() {
    let place = Place::new("group");
    let postgres = place.start();
    assert_ne!(getpgid(Some(pid(&postgres))).unwrap(), getpgrp());
}

#[test]
fn missing_binaries_are_answered_with_what_to_do() {
    let place = Place::new("nothing");
    let options = Options {
        bin_dir: Some(place.0.clone()),
        ..place.options()
    };
    let error = PrivatePostgres::start(&options).unwrap_err().to_string();
    for part in ["make setup", "ORION_PG_BIN", "DATABASE_URL", place.0.to_str().unwrap()] {
        assert!(error.contains(part), "{error}");
    }
}

#[test]
fn a_cluster_of_another_version_is_left_alone() {
    let place = Place::new("version");
    fs::create_dir(place.0.join("postgres")).unwrap();
    fs::write(place.0.join("postgres/PG_VERSION"), "9\n").unwrap();
    let error = PrivatePostgres::start(&place.options()).unwrap_err();
    assert!(matches!(error, StartError::WrongVersion { cluster: 9, .. }), "{error}");
}

#[test]
fn a_directory_that_is_no_cluster_is_left_alone() {
    let place = Place::new("strange");
    fs::create_dir(place.0.join("postgres")).unwrap();
    fs::write(place.0.join("postgres/notes.txt"), "mine").unwrap();
    let error = PrivatePostgres::start(&place.options()).unwrap_err();
    assert!(matches!(error, StartError::NotACluster { .. }), "{error}");
    assert_eq!(fs::read_to_string(place.0.join("postgres/notes.txt")).unwrap(), "mine");
}

#[test]
fn a_broken_setting_shows_postgresqls_own_words() {
    let place = Place::new("setting");
    place.start().stop().unwrap();
    fs::write(place.0.join("postgres/postgresql.auto.conf"), "shared_buffers = 'plenty'\n").unwrap();
    let error = PrivatePostgres::start(&place.options()).unwrap_err();
    assert!(
        matches!(&error, StartError::Ended { output, .. } if output.contains("shared_buffers")),
        "{error}"
    );
}

/// Starts, restarts and stops as the given identity below `directory`, the way root does where it is the only choice.
fn works_as(identity: &Identity, directory: &Path, bin_dir: Option<&Path>) {
    let options = Options {
        data_dir: directory.to_path_buf(),
        bin_dir: bin_dir.map(Path::to_path_buf),
        durable: false,
        max_connections: 20,
    };
    let postgres = PrivatePostgres::start_as(&options, |_| Ok(vec![identity.clone()])).unwrap();
    run(postgres.url(), "CREATE TABLE kept ()");
    let owner = fs::metadata(directory.join("postgres/PG_VERSION")).unwrap().uid();
    assert_eq!(owner, identity.owner().map_or(0, |(user, _)| user.as_raw()));
    postgres.stop().unwrap();
    let again = PrivatePostgres::start(&options).unwrap();
    assert_eq!(ask(again.url(), "SELECT count(*) FROM pg_class WHERE relname = 'kept'"), "1");
    kill_hard(&again);
    let recovered = PrivatePostgres::start(&options).unwrap();
    assert_eq!(ask(recovered.url(), "SELECT 1"), "1");
}

/// The programs below a directory that only root can enter, as npm puts them into a checkout below /root. `None` for an installation
/// that does not have all of its files in one folder, such as Debian's: it is never below /root.
fn hidden_binaries(place: &Path) -> Option<PathBuf> {
    let home = Home::open(place).unwrap();
    let postgres = crate::binaries::Binaries::find(None, &home)
        .unwrap()
        .postgres()
        .canonicalize()
        .unwrap();
    let folder = postgres.ancestors().nth(2).unwrap();
    if !folder.join("share").is_dir() {
        return None;
    }
    let copied = Command::new("cp").arg("-a").arg(folder).arg(place.join("native")).status().unwrap();
    assert!(copied.success());
    Some(place.join("native/bin"))
}

#[test]
fn root_without_user_namespaces_serves_as_another_user() {
    if !geteuid().is_root() {
        return;
    }
    let place = Place::new("other-user");
    // Like a checkout below /root, which nobody else can enter.
    fs::set_permissions(&place.0, fs::Permissions::from_mode(0o700)).unwrap();
    let nobody = nix::unistd::User::from_name("nobody").unwrap().unwrap();
    let [reaching, _] = Identity::other(nobody.uid, nobody.gid);
    let hidden = hidden_binaries(&place.0);
    works_as(&reaching, &place.0.join("data"), hidden.as_deref());
    works_as(&reaching, &place.0.join("c".repeat(120)), None);
}

#[test]
fn root_with_user_namespaces_keeps_the_files_its_own() {
    let namespaces = Command::new("unshare")
        .args(["--user", "true"])
        .status()
        .is_ok_and(|status| status.success());
    if !geteuid().is_root() || !namespaces {
        return;
    }
    let place = Place::new("namespace");
    works_as(&Identity::namespace(), &place.0, None);
}

#[test]
fn root_without_any_way_to_drop_root_says_what_was_tried() {
    let place = Place::new("stuck");
    let home = Home::open(&place.0).unwrap();
    let binaries = crate::binaries::Binaries::find(None, &home).unwrap();
    let unknown = Identity::Namespace {
        user: nix::unistd::Uid::from_raw(u32::MAX - 1),
        group: nix::unistd::Gid::from_raw(u32::MAX - 1),
    };
    fs::set_permissions(&place.0, fs::Permissions::from_mode(0o000)).unwrap();
    let [_, plain] = Identity::other(nix::unistd::Uid::from_raw(65533), nix::unistd::Gid::from_raw(65533));
    let error = identity::choose(vec![unknown, plain], &home, &binaries).unwrap_err().to_string();
    fs::set_permissions(&place.0, fs::Permissions::from_mode(0o700)).unwrap();
    for part in ["unshare", "setpriv", "DATABASE_URL"] {
        assert!(error.contains(part), "{error}");
    }
}

#[test]
fn versions_are_read_from_what_the_program_says() {
    assert_eq!(parse_major("postgres (PostgreSQL) 18.4\n"), Some(18));
    assert_eq!(parse_major("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n"), Some(15));
    assert_eq!(parse_major("postgres (PostgreSQL) 19beta1\n"), Some(19));
    assert_eq!(parse_major("something else"), None);
}

#[test]
fn a_pid_file_that_is_still_being_written_is_not_ready() {
    let whole = "4711\n/data/postgres\n1795411854\n5432\n/data/postgres\n\n 10209476        14\nready   \n";
    let found = PidFile::parse(whole).unwrap().ready().unwrap();
    assert_eq!(
        (found.pid.as_raw(), found.port, found.socket_dir),
        (4711, 5432, PathBuf::from("/data/postgres"))
    );
    assert!(
        PidFile::parse("4711\n/data/postgres\n1795411854\n5432\n")
            .unwrap()
            .ready()
            .is_none()
    );
    assert!(PidFile::parse(&whole.replace("ready   ", "stopping")).unwrap().ready().is_none());
    assert_eq!(PidFile::parse(""), None);
    assert_eq!(PidFile::parse("0\n"), None);
}

#[test]
fn unusual_bytes_of_a_path_are_escaped_in_the_address() {
    assert_eq!(
        socket::url(Path::new("/a b/ü"), 5432, "x?y"),
        "postgres:///x%3Fy?host=%2Fa%20b%2F%C3%BC&port=5432&user=orion"
    );
}
