//! Files of stores: pictures and uploads, behind `object_store`, always below the store's own prefix.

use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::stream::BoxStream;
use futures_util::{StreamExt, TryStreamExt};
use object_store::buffered::BufWriter;
use object_store::local::LocalFileSystem;
use object_store::path::Path as ObjectPath;
use object_store::{ObjectStore, ObjectStoreExt};
use orion_types::StoreId;
use tokio::io::AsyncWriteExt;

use crate::clock::Ids;
use crate::problem::{self, ModuleError, ProblemDraft};

/// Why a file could not be kept or found.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// There is no such file.
    #[error("there is no such file")]
    NotFound,
    /// The disk is full.
    #[error("no space is left for files")]
    Full,
    /// The key is no plain relative path.
    #[error("{0:?} is no key of a file")]
    BadKey(String),
    /// The storage failed.
    #[error("the file storage failed")]
    Failed(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The database failed in a use case that has to do with files.
    #[error(transparent)]
    Db(#[from] crate::db::DbError),
}

impl ModuleError for StorageError {
    fn problem(&self) -> ProblemDraft {
        match self {
            Self::NotFound => ProblemDraft::new(&problem::NOT_FOUND),
            Self::Full => ProblemDraft::new(&problem::STORAGE_FULL),
            Self::Db(error) => error.problem(),
            Self::BadKey(_) | Self::Failed(_) => ProblemDraft::new(&problem::INTERNAL),
        }
    }
}

impl From<object_store::Error> for StorageError {
    fn from(error: object_store::Error) -> Self {
        match error {
            object_store::Error::NotFound { .. } => Self::NotFound,
            other if is_full(&other) => Self::Full,
            other => Self::Failed(Box::new(other)),
        }
    }
}

/// Whether "no space left on device" or "quota exceeded" is somewhere among the causes.
fn is_full(error: &(dyn std::error::Error + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(error) = cause {
        let kind = error.downcast_ref::<std::io::Error>().map(std::io::Error::kind);
        if matches!(kind, Some(ErrorKind::StorageFull | ErrorKind::QuotaExceeded)) {
            return true;
        }
        cause = error.source();
    }
    false
}

/// The files of all stores.
#[derive(Clone)]
pub struct Storage {
    files: Arc<dyn ObjectStore>,
}

impl Storage {
    /// Files in a folder, which is made when it is missing.
    pub fn open(folder: &Path) -> Result<Self, StorageError> {
        std::fs::create_dir_all(folder).map_err(|error| {
            if is_full(&error) {
                StorageError::Full
            } else {
                StorageError::Failed(Box::new(error))
            }
        })?;
        let files = LocalFileSystem::new_with_prefix(folder)?.with_automatic_cleanup(true);
        Ok(Self { files: Arc::new(files) })
    }

    /// Keeps a file; an older one under the same key is replaced at once and never half.
    pub async fn put(&self, store: StoreId, key: &str, content: Bytes) -> Result<(), StorageError> {
        self.files.put(&place(store, key)?, content.into()).await?;
        Ok(())
    }

    /// The content of a file.
    pub async fn get(&self, store: StoreId, key: &str) -> Result<Bytes, StorageError> {
        Ok(self.files.get(&place(store, key)?).await?.bytes().await?)
    }

    /// Keeps what is in a file of the machine, a piece at a time.
    pub async fn put_file(&self, store: StoreId, key: &str, file: &Path) -> Result<(), StorageError> {
        let mut source = tokio::fs::File::open(file).await.map_err(failed)?;
        let mut writer = BufWriter::new(self.files.clone(), place(store, key)?);
        let copied = tokio::io::copy(&mut source, &mut writer).await;
        if let Err(error) = copied {
            writer.abort().await?;
            return Err(failed(error));
        }
        writer.shutdown().await.map_err(failed)
    }

    /// The content of a file as it is read, and how long it is.
    pub async fn stream(&self, store: StoreId, key: &str) -> Result<(u64, BoxStream<'static, Result<Bytes, StorageError>>), StorageError> {
        let found = self.files.get(&place(store, key)?).await?;
        let size = found.meta.size;
        Ok((size, found.into_stream().map_err(StorageError::from).boxed()))
    }

    /// Whether a file is there.
    pub async fn exists(&self, store: StoreId, key: &str) -> Result<bool, StorageError> {
        match self.files.head(&place(store, key)?).await {
            Ok(_) => Ok(true),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Writes a small file, reads it back and takes it away: whether the storage keeps what it is given. Beside the stores' files and
    /// under a name of its own, so that servers that share the folder do not meet.
    pub async fn probe(&self) -> Result<(), StorageError> {
        let place = ObjectPath::from(format!("probe/{}", Ids::new_id()));
        let content = Bytes::from_static(b"probe");
        self.files.put(&place, content.clone().into()).await?;
        let found = self.files.get(&place).await?.bytes().await;
        self.files.delete(&place).await?;
        if found? == content { Ok(()) } else { Err(StorageError::NotFound) }
    }

    /// Removes a file; one that is not there is removed already.
    pub async fn delete(&self, store: StoreId, key: &str) -> Result<(), StorageError> {
        match self.files.delete(&place(store, key)?).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

fn failed(error: std::io::Error) -> StorageError {
    if is_full(&error) {
        StorageError::Full
    } else {
        StorageError::Failed(Box::new(error))
    }
}

/// Where a store's files lie below the storage's folder.
pub fn folder_of(store: StoreId) -> String {
    format!("stores/{store}")
}

/// The key below the store's prefix. Nothing that could climb out of it is let through.
fn place(store: StoreId, key: &str) -> Result<ObjectPath, StorageError> {
    let plain = !key.is_empty()
        && key.split('/').all(|part| !part.is_empty() && !part.starts_with('.'))
        && key
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_' | b'.'));
    if !plain {
        return Err(StorageError::BadKey(key.to_owned()));
    }
    Ok(ObjectPath::from(format!("{}/{key}", folder_of(store))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use orion_types::NO_STORE;
    use uuid::Uuid;

    fn folder(name: &str) -> std::path::PathBuf {
        std::env::temp_dir().join(format!("orion-storage-{name}-{}", std::process::id()))
    }

    fn storage(name: &str) -> Storage {
        Storage::open(&folder(name)).unwrap()
    }

    /// Every file below a folder, relative to it.
    fn files(folder: &Path) -> Vec<String> {
        let mut found = Vec::new();
        let mut open = vec![folder.to_owned()];
        while let Some(next) = open.pop() {
            for entry in std::fs::read_dir(next).unwrap().map(Result::unwrap) {
                let path = entry.path();
                if path.is_dir() {
                    open.push(path)
                } else {
                    found.push(path.strip_prefix(folder).unwrap().display().to_string())
                }
            }
        }
        found
    }

    #[tokio::test]
    async fn a_file_is_replaced_and_no_draft_of_it_stays() {
        let storage = storage("replace");
        for content in ["old", "new"] {
            storage
                .put(NO_STORE, "a.jpg", Bytes::from_static(content.as_bytes()))
                .await
                .unwrap();
        }
        assert_eq!(storage.get(NO_STORE, "a.jpg").await.unwrap(), Bytes::from_static(b"new"));
        assert_eq!(files(&folder("replace")), [format!("stores/{NO_STORE}/a.jpg")]);
        storage.delete(NO_STORE, "a.jpg").await.unwrap();
        storage.delete(NO_STORE, "a.jpg").await.unwrap();
    }

    #[tokio::test]
    async fn a_store_finds_its_files_and_no_other_does() {
        let (storage, other) = (storage("own"), StoreId(Uuid::from_u128(9)));
        storage.put(NO_STORE, "images/a.jpg", Bytes::from_static(b"x")).await.unwrap();
        assert_eq!(storage.get(NO_STORE, "images/a.jpg").await.unwrap(), Bytes::from_static(b"x"));
        assert!(matches!(storage.get(other, "images/a.jpg").await, Err(StorageError::NotFound)));
        storage.delete(NO_STORE, "images/a.jpg").await.unwrap();
        assert!(!storage.exists(NO_STORE, "images/a.jpg").await.unwrap());
    }

    #[tokio::test]
    async fn a_probe_leaves_nothing_and_says_when_nothing_can_be_kept() {
        let storage = storage("probe");
        storage.probe().await.unwrap();
        assert_eq!(files(&folder("probe")), [] as [&str; 0]);
        std::fs::remove_dir_all(folder("probe")).unwrap();
        // A file where the folder was: nobody can write below it, root included.
        std::fs::write(folder("probe"), "").unwrap();
        assert!(storage.probe().await.is_err());
        std::fs::remove_file(folder("probe")).unwrap();
    }

    #[tokio::test]
    async fn keys_cannot_climb() {
        let storage = storage("keys");
        for key in [
            "../x",
            "a/../../x",
            "/etc/passwd",
            "",
            "a//b",
            "a/",
            ".hidden",
            "a\0b",
            "a\\b",
            "a%2e%2e",
            "ä.jpg",
        ] {
            assert!(matches!(storage.get(NO_STORE, key).await, Err(StorageError::BadKey(_))), "{key:?}");
        }
    }

    #[test]
    fn a_full_disk_is_told_as_such() {
        let full = object_store::Error::Generic {
            store: "test",
            source: Box::new(std::io::Error::from(ErrorKind::StorageFull)),
        };
        assert_eq!(StorageError::from(full).problem().kind.status, 507);
        let quota = object_store::Error::Generic {
            store: "test",
            source: Box::new(std::io::Error::from(ErrorKind::QuotaExceeded)),
        };
        assert!(matches!(StorageError::from(quota), StorageError::Full));
        let other = object_store::Error::Generic {
            store: "test",
            source: Box::new(std::io::Error::from(ErrorKind::PermissionDenied)),
        };
        assert!(matches!(StorageError::from(other), StorageError::Failed(_)));
    }
}
