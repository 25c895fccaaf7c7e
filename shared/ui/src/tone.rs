//! The meaning a colour carries; the word beside it always says the same.

/// What a badge, a callout or a mark means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Neither good nor bad: draft, archived.
    #[default]
    Neutral,
    /// Worth a look: new, scheduled.
    Accent,
    /// As it should be: paid, active.
    Positive,
    /// Will need someone: low stock, unfulfilled.
    Warning,
    /// Needs someone now: failed, suspended.
    Critical,
}

impl Tone {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Accent => "accent",
            Self::Positive => "positive",
            Self::Warning => "warning",
            Self::Critical => "critical",
        }
    }
}
