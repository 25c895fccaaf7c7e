//! What happens to exports.

use orion_types::ExportId;
use orion_types::status::ExportStatus;

use crate::examples::id;

facts! {
    /// How far an export has come.
    ExportFacts {
        /// The export.
        export_id: ExportId = id(1),
        /// What is written out, such as `orders`.
        kind: String = "orders".to_owned(),
        /// The form of the file, such as `csv`.
        format: String = "csv".to_owned(),
        /// Where it stands.
        status: ExportStatus = ExportStatus::Running,
        /// Records in the file.
        records: i64 = 0,
        /// Why there is no file.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        failure: Option<String> = None,
    }
}

events! {
    module "transfer";

    /// An export has begun.
    ExportStarted: "export.started", 1, export_id, public, kept (ExportFacts)

    /// The file of an export is there.
    ExportFinished: "export.finished", 1, export_id, public, kept (ExportFacts { status: ExportStatus::Completed, records: 2310 })

    /// There will be no file of an export.
    ExportFailed: "export.failed", 1, export_id, public, kept (ExportFacts { status: ExportStatus::Failed, failure: Some("It was called off by who hosts the store.".to_owned()) })

    /// The file of an export was removed, since its time was over.
    ExportExpired: "export.expired", 1, export_id, public, kept (ExportFacts { status: ExportStatus::Expired, records: 2310 })
}
