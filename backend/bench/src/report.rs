//! The table at the end.

use std::fmt;
use std::fs;
use std::path::Path;

use crate::pages::Page;

/// What a page has to reach with Lighthouse.
const LEAST_SCORES: [f64; 4] = [95.0, 100.0, 100.0, 100.0];

/// Everything that was measured.
#[derive(Debug)]
pub struct Report {
    /// The machine in a few words.
    pub machine: String,
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    what: String,
    measured: String,
    compared: String,
    result: String,
    target: String,
    met: bool,
}

/// What a figure has to be.
#[derive(Debug, Clone, Copy)]
pub enum Target {
    /// Not less than this.
    AtLeast(f64),
    /// Not more than this.
    AtMost(f64),
    /// Less than this.
    Under(f64),
}

impl Target {
    fn is_met_by(self, value: f64) -> bool {
        match self {
            Self::AtLeast(least) => value >= least,
            Self::AtMost(most) => value <= most,
            Self::Under(limit) => value < limit,
        }
    }

    fn told(self, show: impl Fn(f64) -> String) -> String {
        match self {
            Self::AtLeast(value) => format!("≥ {}", show(value)),
            Self::AtMost(value) => format!("≤ {}", show(value)),
            Self::Under(value) => format!("< {}", show(value)),
        }
    }
}

impl Report {
    /// A table without rows.
    pub fn new(postgres: &str) -> Self {
        Self {
            machine: format!("{}, PostgreSQL {postgres} with fsync on", machine()),
            rows: Vec::new(),
        }
    }

    /// Adds a ratio: `measured` to `compared`, shown as it was measured.
    pub fn ratio(&mut self, what: &str, (measured, compared): (f64, f64), show: impl Fn(f64) -> String, target: Target) {
        let ratio = measured / compared;
        let times = |ratio: f64| {
            if matches!(target, Target::AtLeast(_)) {
                format!("{:.0} %", ratio * 100.0)
            } else {
                format!("{ratio:.1} ×")
            }
        };
        self.push(
            what,
            (show(measured), show(compared)),
            (times(ratio), target.told(times)),
            target.is_met_by(ratio),
        );
    }

    /// Adds a figure that stands by itself.
    pub fn figure(&mut self, what: &str, value: f64, show: impl Fn(f64) -> String, target: Target) {
        self.push(
            what,
            (show(value), String::new()),
            (String::new(), target.told(&show)),
            target.is_met_by(value),
        );
    }

    /// Adds a figure that has to be so by itself, beside that of the baseline where there is one.
    pub fn beside(&mut self, what: &str, (value, baseline): (f64, Option<f64>), show: impl Fn(f64) -> String, target: Target) {
        let (compared, ratio) = baseline.map_or_else(Default::default, |baseline| (show(baseline), times(value / baseline)));
        self.push(what, (show(value), compared), (ratio, target.told(&show)), target.is_met_by(value));
    }

    /// Adds a figure that has to be so many times that of the baseline.
    pub fn against(&mut self, what: &str, (value, baseline): (f64, f64), show: impl Fn(f64) -> String, target: Target) {
        let ratio = value / baseline;
        self.push(
            what,
            (show(value), show(baseline)),
            (times(ratio), target.told(times)),
            target.is_met_by(ratio),
        );
    }

    /// Adds what Lighthouse makes of a page.
    pub fn page(&mut self, page: &Page) {
        let told = |scores: [f64; 4]| scores.map(|score| format!("{score:.0}")).join(" / ");
        self.push(
            &format!(
                "{} on a phone, Lighthouse: performance / accessibility / best practices / search",
                page.name
            ),
            (told(page.scores), String::new()),
            (String::new(), format!("≥ {}", told(LEAST_SCORES))),
            page.scores.iter().zip(LEAST_SCORES).all(|(score, least)| *score >= least),
        );
        let what = |figure: &str| format!("{} on a phone, {figure}", page.name);
        self.figure(
            &what("largest contentful paint"),
            page.lcp / 1e3,
            |seconds| format!("{seconds:.1} s"),
            Target::AtMost(2.0),
        );
        self.figure(&what("layout shift"), page.cls, |shift| format!("{shift:.3}"), Target::AtMost(0.02));
        let kilobytes = |bytes: f64| format!("{:.0} kB", bytes / 1_000.0);
        self.figure(
            &what("transferred before scrolling"),
            page.bytes,
            kilobytes,
            Target::AtMost(400_000.0),
        );
    }

    fn push(&mut self, what: &str, (measured, compared): (String, String), (result, target): (String, String), met: bool) {
        self.rows.push(Row {
            what: what.to_owned(),
            measured,
            compared,
            result,
            target,
            met,
        });
    }

    /// Adds the compressed size of each program: the storefront has two, and nobody downloads both before the first page.
    pub fn apps(&mut self, dist: &Path) {
        let programs = [
            ("storefront, looking around", "storefront", "storefront-browse", 200_000.0),
            ("storefront, checkout and account", "storefront", "storefront-checkout", 200_000.0),
            ("store app", "store", "orion-store", 500_000.0),
            ("admin app", "admin", "orion-admin", 500_000.0),
        ];
        for (name, folder, program, limit) in programs {
            let what = format!("WebAssembly of the {name}, brotli");
            match wasm_size(&dist.join(folder), program) {
                Some(bytes) => self.figure(
                    &what,
                    bytes as f64,
                    |bytes| format!("{:.0} kB", bytes / 1_000.0),
                    Target::Under(limit),
                ),
                None => self.push(
                    &what,
                    ("not built".to_owned(), String::new()),
                    (String::new(), Target::Under(limit / 1_000.0).told(|kb| format!("{kb} kB"))),
                    false,
                ),
            }
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\n", self.machine)?;
        writeln!(f, "| What | Orion | Compared with | Ratio | Target | Verdict |")?;
        writeln!(f, "|---|---:|---:|---:|---:|---|")?;
        for Row {
            what,
            measured,
            compared,
            result,
            target,
            met,
        } in &self.rows
        {
            let verdict = if *met { "met" } else { "**missed**" };
            writeln!(f, "| {what} | {measured} | {compared} | {result} | {target} | {verdict} |")?;
        }
        Ok(())
    }
}

/// A ratio: `0.002 ×`, `0.41 ×`, `1.6 ×`, `380 ×`; none to something that did nothing at all.
fn times(ratio: f64) -> String {
    if !ratio.is_finite() {
        return String::new();
    }
    let digits = match ratio {
        ratio if ratio < 0.1 => 3,
        ratio if ratio < 1.0 => 2,
        ratio if ratio < 20.0 => 1,
        _ => 0,
    };
    format!("{ratio:.digits$} ×")
}

fn wasm_size(folder: &Path, program: &str) -> Option<u64> {
    let entries = fs::read_dir(folder).ok()?.flatten();
    let sizes = entries.filter(|entry| {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        name.starts_with(program) && name.ends_with(".wasm.br")
    });
    sizes.filter_map(|entry| Some(entry.metadata().ok()?.len())).max()
}

fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let text = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = text
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": "))
        .map_or("unknown processor", |(_, model)| model);
    format!("{cores} cores ({model})")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_says_whether_its_target_was_met() {
        let mut report = Report {
            machine: "a machine".to_owned(),
            rows: Vec::new(),
        };
        report.ratio("reads", (70.0, 100.0), |rate| format!("{rate:.0}/s"), Target::AtLeast(0.65));
        report.ratio("p99", (4.0, 1.0), |ms| format!("{ms:.0} ms"), Target::AtMost(3.0));
        report.page(&Page {
            name: "Home",
            scores: [96.0, 100.0, 100.0, 99.0],
            lcp: 1_900.0,
            cls: 0.0,
            bytes: 401_000.0,
        });
        report.beside(
            "lists",
            (1_600.0, Some(4.0)),
            |rate| format!("{rate:.0}/s"),
            Target::AtLeast(1_500.0),
        );
        report.beside(
            "searches",
            (1_600.0, Some(0.0)),
            |rate| format!("{rate:.0}/s"),
            Target::AtLeast(1_500.0),
        );
        report.beside("index", (8.0, None), |s| format!("{s:.0} s"), Target::AtMost(30.0));
        report.against("orders", (500.0, 326.0), |rate| format!("{rate:.0}/s"), Target::AtLeast(2.5));
        report.figure("memory", 64.0, |mb| format!("{mb:.0} MB"), Target::Under(64.0));
        let text = report.to_string();
        assert!(text.contains("| reads | 70/s | 100/s | 70 % | ≥ 65 % | met |"), "{text}");
        assert!(text.contains("| p99 | 4 ms | 1 ms | 4.0 × | ≤ 3.0 × | **missed** |"), "{text}");
        assert!(
            text.contains("| 96 / 100 / 100 / 99 |  |  | ≥ 95 / 100 / 100 / 100 | **missed** |"),
            "{text}"
        );
        assert!(text.contains("paint | 1.9 s |  |  | ≤ 2.0 s | met |"), "{text}");
        assert!(text.contains("scrolling | 401 kB |  |  | ≤ 400 kB | **missed** |"), "{text}");
        assert!(text.contains("| lists | 1600/s | 4/s | 400 × | ≥ 1500/s | met |"), "{text}");
        assert!(text.contains("| searches | 1600/s | 0/s |  | ≥ 1500/s | met |"), "{text}");
        assert!(text.contains("| index | 8 s |  |  | ≤ 30 s | met |"), "{text}");
        assert!(text.contains("| orders | 500/s | 326/s | 1.5 × | ≥ 2.5 × | **missed** |"), "{text}");
        assert!(text.contains("| memory | 64 MB |  |  | < 64 MB | **missed** |"), "{text}");
    }
}
