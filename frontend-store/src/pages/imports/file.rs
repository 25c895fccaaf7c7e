//! A product file on its way to the server.

use std::cell::RefCell;

use orion_app::{Read, Submission, use_client, use_submission};
use orion_client::ApiError;
use orion_types::ImportId;
use orion_types::import::{Import, StartImport};
use orion_ui::use_go;
use web_sys::{File, FormData};

use super::choices::Asked;

// The server deletes a file after its run. The browser still has what was tried last, as long as the dashboard stays open.
thread_local! {
    static TRIED: RefCell<Option<(ImportId, File)>> = const { RefCell::new(None) };
}

/// The file of a trial, when it was chosen in this tab.
pub fn tried_file(id: ImportId) -> Option<File> {
    TRIED.with_borrow(|tried| tried.as_ref().filter(|(trial, _)| *trial == id).map(|(_, file)| file.clone()))
}

/// Uploads a product file and leads to its report.
pub fn use_upload() -> (Submission, impl Fn(File, Read<Asked>) + Clone + Send + Sync + 'static) {
    let client = use_client();
    let submission = use_submission();
    let go = use_go();
    let upload = move |file: File, wanted: Read<Asked>| {
        let Ok(form) = FormData::new() else { return };
        let (go, sent) = (go.clone(), file.clone());
        submission.send_read(
            wanted,
            move |asked| {
                let filled = fill(&form, &asked, &file);
                async move {
                    filled?;
                    client.upload::<Import>(&address(&asked.query), &form).await
                }
            },
            move |import: Import| {
                TRIED.set(import.dry_run.then_some((import.id, sent)));
                go(&format!("/imports/{}", import.id));
            },
        );
    };
    (submission, upload)
}

/// What is said of columns comes before the file: the server reads it as it comes.
fn fill(form: &FormData, asked: &Asked, file: &File) -> Result<(), ApiError> {
    if !asked.columns.is_empty() {
        let columns = serde_json::to_string(&asked.columns).map_err(|error| ApiError::Decode(error.to_string()))?;
        form.append_with_str("columns", &columns).map_err(|_| unsendable())?;
    }
    form.append_with_blob_and_filename("file", file, &file.name())
        .map_err(|_| unsendable())
}

fn unsendable() -> ApiError {
    ApiError::Decode("the browser does not put the file into a form".to_owned())
}

/// The words of the choices need no escaping.
fn address(wanted: &StartImport) -> String {
    let mut address = format!("/imports/products?dry_run={}", wanted.dry_run);
    let words = [
        ("mode", &wanted.mode),
        ("fill", &wanted.fill),
        ("publish", &wanted.publish),
        ("missing", &wanted.missing),
        ("stock", &wanted.stock.map(|units| units.to_string())),
    ];
    for (name, word) in words {
        if let Some(word) = word {
            address.push_str(&format!("&{name}={word}"));
        }
    }
    address
}
