//! An import from the command line: the same run, without a queue before it.

use orion_framework::clock::Ids;
use orion_framework::storage::StorageError;
use orion_framework::{Services, StoreAccess};
use orion_types::import::Import;
use orion_types::{ImportId, StoreId};
use tokio::io::{AsyncRead, AsyncReadExt};

use super::import_choices::Wanted;
use super::imports::{Beside, UploadedFile, import, note_import, read_import};
use crate::error::CatalogError;
use crate::import::run::{Host, run};
use crate::import::{PartWriter, discard_parts};

/// Imports a product file at once, as the job behind `POST /imports/products` does, and returns the report.
///
/// `progress` sees the run after each batch. Pictures are fetched by the worker of a running server.
///
/// # Errors
/// [`CatalogError::Db`] and [`CatalogError::Storage`]; what is wrong with the file is in the report.
pub async fn import_products(
    access: &StoreAccess,
    file_name: &str,
    content: impl AsyncRead + Unpin,
    wanted: Wanted,
    mut progress: impl FnMut(&Import),
) -> Result<Import, CatalogError> {
    let file = UploadedFile::new(Ids::new_id(), file_name);
    let (id, key) = (file.id, file.storage_key.clone());
    let (services, store) = (access.services(), access.store().id);
    let noted = match keep(services, store, &key, content).await {
        Ok(()) => access.tx(move |tx| note_import(tx, &file, wanted)).await,
        Err(error) => Err(error),
    };
    if let Err(error) = noted {
        if !error.may_be_written() {
            discard_parts(&services.storage, store, &key).await;
        }
        return Err(error);
    }
    let host = Host {
        access: access.clone(),
        job: None,
    };
    run(&host, id, |row| match import(row.clone(), Beside::default()) {
        Ok(import) => progress(&import),
        Err(error) => tracing::warn!(%error, import = %id, "the progress of an import cannot be shown"),
    })
    .await?;
    access.read(move |tx| read_import(tx, ImportId(id))).await
}

async fn keep(services: &Services, store: StoreId, key: &str, mut content: impl AsyncRead + Unpin) -> Result<(), CatalogError> {
    let mut writer = PartWriter::new(&services.storage, store, key);
    let mut buffer = vec![0; 64 << 10];
    loop {
        let length = content
            .read(&mut buffer)
            .await
            .map_err(|error| StorageError::Failed(Box::new(error)))?;
        if length == 0 {
            return Ok(writer.finish().await?);
        }
        writer.write(&buffer[..length]).await?;
    }
}
