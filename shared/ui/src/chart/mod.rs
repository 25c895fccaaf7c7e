//! Lines over time, drawn as SVG.

mod geometry;
mod line_chart;
mod sparkline;

pub use line_chart::{ChartPoint, LineChart};
pub use sparkline::Sparkline;
