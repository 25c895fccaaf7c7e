//! What the checks have found, as operators read it.

use orion_types::Timestamp;
use orion_types::admin::{ServerCheck, ServerHealth};
use orion_types::status::ModuleTier;
use serde::Serialize;

/// The overall state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Everything works.
    Healthy,
    /// An optional module does not; the rest does.
    Degraded,
    /// The database or a core module does not.
    Unhealthy,
}

/// What one check has found.
#[derive(Debug, Clone, Serialize)]
pub struct CheckReport {
    /// What was looked at.
    pub name: &'static str,
    /// The module; absent for the server's own checks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub module: Option<&'static str>,
    /// The module's tier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tier: Option<ModuleTier>,
    /// Whether the server is only degraded while it fails.
    #[serde(skip)]
    pub degrades: bool,
    /// Whether it works.
    pub ok: bool,
    /// Milliseconds it took.
    pub latency_ms: u64,
    /// What is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// What was wrong last, also when all is well again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_error: Option<LastError>,
}

/// A failure of a check.
#[derive(Debug, Clone, Serialize)]
pub struct LastError {
    /// What was wrong.
    pub error: String,
    /// When.
    pub at: Timestamp,
}

/// What all checks together have found.
#[derive(Debug, Clone, Serialize)]
pub struct HealthReport {
    /// The overall state.
    pub status: Verdict,
    /// Each check; only for those who may see it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<CheckReport>,
}

impl Verdict {
    /// As it is spelt on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Healthy => "healthy",
            Self::Degraded => "degraded",
            Self::Unhealthy => "unhealthy",
        }
    }
}

impl HealthReport {
    /// What administrators see of it.
    pub fn into_wire(self, uptime: std::time::Duration) -> ServerHealth {
        let check = |check: CheckReport| ServerCheck {
            name: check.name.to_owned(),
            module: check.module.map(str::to_owned),
            ok: check.ok,
            latency_ms: i64::try_from(check.latency_ms).unwrap_or(i64::MAX),
            error: check.error,
        };
        ServerHealth {
            status: self.status.as_str().to_owned(),
            checks: self.checks.into_iter().map(check).collect(),
            uptime_s: i64::try_from(uptime.as_secs()).unwrap_or(i64::MAX),
        }
    }
}

pub(super) fn judge(checks: &[CheckReport]) -> Verdict {
    let failed = |degrades: bool| checks.iter().any(|check| !check.ok && check.degrades == degrades);
    if failed(false) {
        Verdict::Unhealthy
    } else if failed(true) {
        Verdict::Degraded
    } else {
        Verdict::Healthy
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_degrades_breaks_nothing() {
        let check = |degrades, ok| CheckReport {
            name: "",
            module: None,
            tier: None,
            degrades,
            ok,
            latency_ms: 0,
            error: None,
            last_error: None,
        };
        assert_eq!(judge(&[check(false, true)]), Verdict::Healthy);
        assert_eq!(judge(&[check(false, true), check(true, false)]), Verdict::Degraded);
        assert_eq!(judge(&[check(false, false), check(true, false)]), Verdict::Unhealthy);
        assert_eq!(judge(&[check(false, false)]), Verdict::Unhealthy);
    }
}
