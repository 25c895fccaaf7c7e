//! `wrk` and `pgbench`: run for a fixed time, and their reports read.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, ensure};

/// What `wrk` has seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wrk {
    /// Requests per second.
    pub rate: f64,
    /// The 99th percentile of the latency.
    pub p99: Duration,
}

/// Asks for a path over 16 connections; every answer has to be a good one.
pub fn wrk(port: u16, host: &str, path: &str, seconds: u32) -> anyhow::Result<Wrk> {
    good(&run_wrk(port, host, path, seconds, None)?)
}

/// As [`wrk`], with the access token of somebody.
pub fn wrk_as(port: u16, host: &str, path: &str, seconds: u32, token: &str) -> anyhow::Result<Wrk> {
    good(&run_wrk(port, host, path, seconds, Some(token))?)
}

fn good(report: &str) -> anyhow::Result<Wrk> {
    ensure!(
        !report.contains("Non-2xx") && !report.contains("Socket errors"),
        "wrk saw failures:\n{report}"
    );
    parse_wrk(report).with_context(|| format!("the report of wrk is not understood:\n{report}"))
}

/// As [`wrk`], for a server that may answer late or with errors: only good answers count.
pub fn wrk_of_good_answers(port: u16, host: &str, path: &str, seconds: u32) -> anyhow::Result<Wrk> {
    let report = run_wrk(port, host, path, seconds, None)?;
    let seen = parse_wrk(&report).with_context(|| format!("the report of wrk is not understood:\n{report}"))?;
    let bad = report
        .lines()
        .find_map(|line| line.trim().strip_prefix("Non-2xx or 3xx responses:"))
        .map_or(Ok(0.0), |number| number.trim().parse::<f64>())?;
    Ok(Wrk {
        rate: (seen.rate - bad / f64::from(seconds)).max(0.0),
        ..seen
    })
}

/// Puts another number in the place of `__n__` for each request; the threads of `wrk` count apart from one another.
const NUMBERED: &str = r#"
local threads = 0
function setup(thread) thread:set("start", threads * 50000); threads = threads + 1 end
function init() n = start end
function request() n = n + 1; return wrk.format(nil, (wrk.path:gsub("__n__", n % 100000))) end
"#;

fn run_wrk(port: u16, host: &str, path: &str, seconds: u32, token: Option<&str>) -> anyhow::Result<String> {
    let (duration, header) = (format!("-d{seconds}s"), format!("Host: {host}:{port}"));
    let token = token.map(|token| format!("Authorization: Bearer {token}"));
    let script = std::env::temp_dir().join(format!("orion-bench-{}.lua", std::process::id()));
    let numbered = path.contains("__n__");
    if numbered {
        std::fs::write(&script, NUMBERED)?;
    }
    let mut wrk = Command::new("wrk");
    if numbered {
        wrk.arg("-s").arg(&script);
    }
    wrk.args(token.iter().flat_map(|token| ["-H", token])).args([
        "-t2",
        "-c16",
        // Whoever answers late has answered.
        "--timeout",
        "30s",
        &duration,
        "--latency",
        "-H",
        &header,
        &format!("http://127.0.0.1:{port}{path}"),
    ]);
    let report = output(&mut wrk);
    if numbered {
        std::fs::remove_file(&script)?;
    }
    report
}

fn parse_wrk(report: &str) -> Option<Wrk> {
    let field = |start: &str| report.lines().find_map(|line| line.trim().strip_prefix(start).map(str::trim));
    Some(Wrk {
        rate: field("Requests/sec:")?.parse().ok()?,
        p99: parse_duration(field("99%")?)?,
    })
}

/// `144.00us`, `1.14ms`, `2.01s`.
fn parse_duration(text: &str) -> Option<Duration> {
    let units = [("us", 1e-6), ("ms", 1e-3), ("s", 1.0), ("m", 60.0)];
    let (number, unit) = units.iter().find_map(|(unit, seconds)| Some((text.strip_suffix(unit)?, seconds)))?;
    Duration::try_from_secs_f64(number.parse::<f64>().ok()? * unit).ok()
}

/// Transactions per second of the default read-write script: 8 clients, scale 10.
pub fn pgbench(url: &str, seconds: u32) -> anyhow::Result<f64> {
    let program = find_pgbench()?;
    output(Command::new(&program).args(["--initialize", "--scale=10", "--quiet", url]))?;
    let report = output(Command::new(&program).args(["--client=8", "--jobs=2", &format!("--time={seconds}"), url]))?;
    parse_pgbench(&report).with_context(|| format!("the report of pgbench is not understood:\n{report}"))
}

fn parse_pgbench(report: &str) -> Option<f64> {
    report
        .lines()
        .find_map(|line| line.strip_prefix("tps = ")?.split(' ').next()?.parse().ok())
}

/// Debian keeps it out of the path's way, one per version.
fn find_pgbench() -> anyhow::Result<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let on_path = std::env::split_paths(&path).map(|folder| folder.join("pgbench"));
    let versions = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path().join("bin/pgbench"));
    on_path
        .chain(versions)
        .find(|program| program.is_file())
        .context("pgbench is missing; run scripts/setup-bench")
}

fn output(command: &mut Command) -> anyhow::Result<String> {
    let name = Path::new(command.get_program()).display().to_string();
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("{name} does not run; run scripts/setup-bench"))?;
    ensure!(
        output.status.success(),
        "{name} failed: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_report_of_wrk_is_read() {
        let report = "  Latency Distribution\n     50%  144.00us\n     99%    1.14ms\n  853543 requests in 10.00s, 1.20GB read\nRequests/sec:  85337.15\n";
        assert_eq!(
            parse_wrk(report),
            Some(Wrk {
                rate: 85_337.15,
                p99: Duration::from_micros(1_140)
            })
        );
        assert_eq!(parse_wrk("unable to connect"), None);
    }

    #[test]
    fn the_report_of_pgbench_is_read() {
        let report = "number of failed transactions: 0 (0.000%)\ntps = 2850.123456 (without initial connection time)\n";
        assert_eq!(parse_pgbench(report), Some(2_850.123_456));
    }
}
