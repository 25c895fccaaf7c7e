//! The program that gives a whole test run its throwaway server.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use diesel::{Connection, PgConnection};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

fn place(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()))
}

fn with_postgres(data_dir: &Path, script: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_with-postgres"));
    command.arg(data_dir).args(["sh", "-c", script]);
    command
}

#[test]
fn the_commands_status_is_passed_on_and_the_data_is_deleted() {
    let data_dir = place("status");
    let output = with_postgres(&data_dir, "printf %s \"$ORION_TEST_POSTGRES\"; exit 7")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(7));
    assert!(output.stdout.starts_with(b"postgres:///orion?host="), "{output:?}");
    assert!(!data_dir.exists());
}

#[test]
fn the_server_outlives_a_command_that_is_told_to_end() {
    let data_dir = place("ended");
    let script = "echo \"$ORION_TEST_POSTGRES\"; exec sleep 60";
    let mut child = with_postgres(&data_dir, script).stdout(Stdio::piped()).spawn().unwrap();
    let mut url = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut url).unwrap();
    assert!(PgConnection::establish(url.trim()).is_ok());
    kill(Pid::from_raw(child.id().cast_signed()), Signal::SIGTERM).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(128 + 15));
    assert!(PgConnection::establish(url.trim()).is_err());
    assert!(!data_dir.exists());
}
