//! What happens to a store as a whole.

use orion_types::JobId;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::examples::id;

events! {
    module "tenancy";

    /// An administrator called a job of the store off.
    JobCancelled: "job.cancelled", 1, job_id, internal {
        /// The job.
        job_id: JobId = id(1),
        /// Its kind.
        kind: String = "catalog.import_products".to_owned(),
        /// Its input.
        payload: Value = json!({ "import_id": id::<Uuid>(2) }),
    }
}
