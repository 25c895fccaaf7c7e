//! A product file on its way to the server.

use std::cell::RefCell;

use orion_app::{Read, Submission, use_client, use_submission};
use orion_types::ImportId;
use orion_types::import::{Import, StartImport};
use orion_ui::use_go;
use web_sys::{File, FormData};

// The server deletes a file after its run. The browser still has what was tried last, as long as the dashboard stays open.
thread_local! {
    static TRIED: RefCell<Option<(ImportId, File)>> = const { RefCell::new(None) };
}

/// The file of a trial, when it was chosen in this tab.
pub fn tried_file(id: ImportId) -> Option<File> {
    TRIED.with_borrow(|tried| tried.as_ref().filter(|(trial, _)| *trial == id).map(|(_, file)| file.clone()))
}

/// Uploads a product file and leads to its report.
pub fn use_upload() -> (Submission, impl Fn(File, Read<StartImport>) + Clone + Send + Sync + 'static) {
    let client = use_client();
    let submission = use_submission();
    let go = use_go();
    let upload = move |file: File, wanted: Read<StartImport>| {
        let Ok(form) = FormData::new() else { return };
        if form.append_with_blob_and_filename("file", &file, &file.name()).is_err() {
            return;
        }
        let go = go.clone();
        submission.send_read(
            wanted,
            move |wanted| async move { client.upload::<Import>(&address(&wanted), &form).await },
            move |import: Import| {
                TRIED.set(import.dry_run.then_some((import.id, file)));
                go(&format!("/imports/{}", import.id));
            },
        );
    };
    (submission, upload)
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
