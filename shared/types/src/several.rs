//! What becomes of several things that are changed with one request.

use uuid::Uuid;

use crate::Problem;

wire! {
    /// What became of one of several things. What was refused leaves the others as they are.
    pub struct Outcome {
        pub id: Uuid,
        /// As the answer would be if it were asked for alone: 200, 404, 409, 412, 422 …
        pub status: u16,
        /// Its version afterwards.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub version: Option<i32>,
        /// Why it was refused.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub problem: Option<Problem>,
    }
}
