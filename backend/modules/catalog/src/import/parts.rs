//! An uploaded file in pieces: however large it is, only one piece of it is in memory.

use std::io::{self, Read};

use bytes::{Buf, Bytes, BytesMut};
use orion_framework::storage::{Storage, StorageError};
use orion_types::StoreId;
use tokio::runtime::Handle;

/// The size of a piece, in bytes.
const PART: usize = 1 << 20;

fn part_key(key: &str, number: u32) -> String {
    format!("{key}/{number:06}.part")
}

/// Stores a file piece by piece.
pub(crate) struct PartWriter<'a> {
    storage: &'a Storage,
    store: StoreId,
    key: &'a str,
    waiting: BytesMut,
    parts: u32,
    written: usize,
}

impl<'a> PartWriter<'a> {
    pub fn new(storage: &'a Storage, store: StoreId, key: &'a str) -> Self {
        Self {
            storage,
            store,
            key,
            waiting: BytesMut::new(),
            parts: 0,
            written: 0,
        }
    }

    /// How many bytes have come.
    pub fn len(&self) -> usize {
        self.written
    }

    /// Takes the next bytes of the file.
    pub async fn write(&mut self, bytes: &[u8]) -> Result<(), StorageError> {
        self.written += bytes.len();
        self.waiting.extend_from_slice(bytes);
        while self.waiting.len() >= PART {
            let part = self.waiting.split_to(PART);
            self.put(part.freeze()).await?;
        }
        Ok(())
    }

    /// Stores what is left.
    pub async fn finish(mut self) -> Result<(), StorageError> {
        let rest = std::mem::take(&mut self.waiting).freeze();
        if rest.is_empty() { Ok(()) } else { self.put(rest).await }
    }

    async fn put(&mut self, part: Bytes) -> Result<(), StorageError> {
        self.storage.put(self.store, &part_key(self.key, self.parts), part).await?;
        self.parts += 1;
        Ok(())
    }
}

/// Removes the pieces of a file.
pub(crate) async fn delete_parts(storage: &Storage, store: StoreId, key: &str) -> Result<(), StorageError> {
    let mut number = 0;
    while storage.exists(store, &part_key(key, number)).await? {
        storage.delete(store, &part_key(key, number)).await?;
        number += 1;
    }
    Ok(())
}

/// Likewise, where something else has gone wrong that is to be told.
pub(crate) async fn discard_parts(storage: &Storage, store: StoreId, key: &str) {
    if let Err(error) = delete_parts(storage, store, key).await {
        tracing::warn!(%error, key, "the uploaded file of an import could not be removed");
    }
}

/// Reads a file that was stored in pieces; on a blocking thread only, since it waits for the storage.
pub(crate) struct PartReader {
    storage: Storage,
    store: StoreId,
    key: String,
    runtime: Handle,
    current: Bytes,
    next: u32,
}

impl PartReader {
    pub fn new(storage: Storage, store: StoreId, key: &str, runtime: Handle) -> Self {
        Self {
            storage,
            store,
            key: key.to_owned(),
            runtime,
            current: Bytes::new(),
            next: 0,
        }
    }
}

impl Read for PartReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.current.is_empty() {
            let key = part_key(&self.key, self.next);
            match self.runtime.block_on(self.storage.get(self.store, &key)) {
                Ok(part) => self.current = part,
                Err(StorageError::NotFound) => return Ok(0),
                Err(error) => return Err(io::Error::other(error)),
            }
            self.next += 1;
        }
        let length = buffer.len().min(self.current.len());
        self.current.copy_to_slice(&mut buffer[..length]);
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use orion_types::NO_STORE;

    use super::*;

    #[tokio::test]
    async fn a_file_comes_back_from_its_pieces() {
        let folder = std::env::temp_dir().join(format!("orion-parts-{}", std::process::id()));
        let storage = Storage::open(&folder).unwrap();
        let file: Vec<u8> = (0..PART * 2 + 7).map(|byte| u8::try_from(byte % 251).unwrap()).collect();
        let mut writer = PartWriter::new(&storage, NO_STORE, "imports/one");
        for chunk in file.chunks(300_001) {
            writer.write(chunk).await.unwrap();
        }
        assert_eq!(writer.len(), file.len());
        writer.finish().await.unwrap();

        let mut reader = PartReader::new(storage.clone(), NO_STORE, "imports/one", Handle::current());
        let read = tokio::task::spawn_blocking(move || {
            let mut read = Vec::new();
            reader.read_to_end(&mut read).map(|_| read)
        });
        assert!(read.await.unwrap().unwrap() == file);

        delete_parts(&storage, NO_STORE, "imports/one").await.unwrap();
        assert!(!storage.exists(NO_STORE, &part_key("imports/one", 0)).await.unwrap());
    }
}
