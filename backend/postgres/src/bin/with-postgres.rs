//! Runs a command with a throwaway PostgreSQL: `with-postgres DATA_DIR COMMAND [ARGUMENT…]`.
//!
//! The command finds the address in `ORION_TEST_POSTGRES`. The server forgets about power cuts for the sake of speed, and its data is
//! deleted at the end.

use std::env;
use std::error::Error;
use std::fs;
use std::io;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Command, ExitCode, ExitStatus};
use std::thread;

use nix::sys::signal::{SigSet, Signal, kill};
use nix::unistd::Pid;
use orion_postgres::{Options, PrivatePostgres};

/// Enough for many tests at once, each with the pools of a server or two.
const MAX_CONNECTIONS: u16 = 400;

fn main() -> ExitCode {
    match run() {
        Ok(status) => {
            let code = status.code().unwrap_or_else(|| 128 + status.signal().unwrap_or_default());
            ExitCode::from(u8::try_from(code).unwrap_or(u8::MAX))
        }
        Err(error) => {
            eprintln!("with-postgres: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<ExitStatus, Box<dyn Error>> {
    let mut arguments = env::args_os().skip(1);
    let (Some(data_dir), Some(program)) = (arguments.next(), arguments.next()) else {
        return Err("usage: with-postgres DATA_DIR COMMAND [ARGUMENT…]".into());
    };
    // A signal must not end us before the server has ended.
    let signals = SigSet::from_iter([Signal::SIGINT, Signal::SIGTERM, Signal::SIGHUP]);
    signals.thread_block()?;
    let data_dir = Path::new(&data_dir);
    let options = Options {
        data_dir: data_dir.to_path_buf(),
        bin_dir: None,
        durable: false,
        max_connections: MAX_CONNECTIONS,
    };
    let postgres = PrivatePostgres::start(&options)?;
    // The command would inherit the block. A signal just now ends us at once, and the next run finds the server and stops it.
    signals.thread_unblock()?;
    let child = Command::new(&program)
        .args(arguments)
        .env("ORION_TEST_POSTGRES", postgres.url())
        .spawn();
    signals.thread_block()?;
    let status = child.and_then(|child| wait_for(child, signals));
    postgres.stop()?;
    remove_unless_in_use(data_dir)?;
    Ok(status.map_err(|error| format!("{}: {error}", program.display()))?)
}

/// Passes signals on, so that the command ends first and the server after it.
fn wait_for(mut child: Child, signals: SigSet) -> io::Result<ExitStatus> {
    let pid = Pid::from_raw(child.id().cast_signed());
    thread::spawn(move || {
        while let Ok(signal) = signals.wait() {
            // A terminal has sent Ctrl-C to the command already.
            if signal != Signal::SIGINT && kill(pid, signal).is_err() {
                return;
            }
        }
    });
    child.wait()
}

/// Another run of the same directory may still be going on.
fn remove_unless_in_use(data_dir: &Path) -> io::Result<()> {
    if data_dir.join("postgres/postmaster.pid").exists() {
        Ok(())
    } else {
        fs::remove_dir_all(data_dir)
    }
}
