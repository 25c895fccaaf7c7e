//! Writing the ZIP, a file after the other.

use std::fs::File;
use std::io::{self, BufWriter, Write};

use bytes::Bytes;
use chrono::{DateTime, Utc};
use orion_framework::storage::StorageError;
use sha2::{Digest, Sha256};
use tempfile::TempDir;
use tokio::sync::mpsc::Receiver;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::check::check;
use super::manifest::{About, Manifest, Member, NAME};
use super::readme;
use crate::error::TransferError;
use crate::format::{Finished, digest, file_in, folder};

/// An archive in the making, in a folder of its own that goes away with it.
pub(super) struct Archive {
    folder: TempDir,
    zip: ZipWriter<BufWriter<File>>,
    members: Vec<Member>,
    missing: Vec<String>,
}

/// Files of any length: more than 4 GiB of orders or pictures are no exception.
fn options(method: CompressionMethod) -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(method).large_file(true)
}

impl Archive {
    pub(super) fn begin() -> Result<Self, TransferError> {
        let folder = folder()?;
        let file = File::create(file_in(folder.path()))?;
        Ok(Self {
            folder,
            zip: ZipWriter::new(BufWriter::new(file)),
            members: Vec::new(),
            missing: Vec::new(),
        })
    }

    /// A file of records.
    pub(super) fn add_spooled(&mut self, name: String, file: &Finished) -> Result<(), TransferError> {
        self.zip.start_file(name.as_str(), options(CompressionMethod::Deflated))?;
        io::copy(&mut File::open(file.path())?, &mut self.zip)?;
        self.members.push(Member {
            name,
            rows: Some(file.rows),
            bytes: file.size,
            sha256: file.sha256.clone(),
        });
        Ok(())
    }

    /// A file as it is: pictures do not become smaller. The first piece that could not be read ends the whole archive.
    pub(super) fn add_pieces(&mut self, name: String, mut pieces: Receiver<Result<Bytes, StorageError>>) -> Result<(), TransferError> {
        self.zip.start_file(name.as_str(), options(CompressionMethod::Stored))?;
        let (mut hash, mut bytes) = (Sha256::new(), 0);
        while let Some(piece) = pieces.blocking_recv() {
            let piece = piece?;
            hash.update(&piece);
            self.zip.write_all(&piece)?;
            bytes += i64::try_from(piece.len()).unwrap_or(0);
        }
        self.members.push(Member {
            name,
            rows: None,
            bytes,
            sha256: hex::encode(hash.finalize()),
        });
        Ok(())
    }

    /// Names a file that is no longer there.
    pub(super) fn miss(&mut self, name: String) {
        self.missing.push(name);
    }

    /// Adds the explanation and the list, and reads everything back.
    pub(super) fn finish(mut self, about: About, made_at: DateTime<Utc>) -> Result<(Finished, Manifest), TransferError> {
        let told = readme::text(&about, &self.members, &self.missing);
        self.add_text(readme::NAME, &told)?;
        let manifest = Manifest {
            about,
            made_at,
            members: self.members,
            missing: self.missing,
        };
        self.zip.start_file(NAME, options(CompressionMethod::Deflated))?;
        serde_json::to_writer_pretty(&mut self.zip, &manifest).map_err(io::Error::from)?;
        let file = self.zip.finish()?.into_inner().map_err(io::IntoInnerError::into_error)?;
        drop(file);
        check(&file_in(self.folder.path()), &manifest)?;
        Ok((Finished::of(self.folder, (0, 0))?, manifest))
    }

    fn add_text(&mut self, name: &str, text: &str) -> Result<(), TransferError> {
        self.zip.start_file(name, options(CompressionMethod::Deflated))?;
        self.zip.write_all(text.as_bytes())?;
        let (bytes, sha256) = digest(text.as_bytes())?;
        self.members.push(Member {
            name: name.to_owned(),
            rows: None,
            bytes,
            sha256,
        });
        Ok(())
    }
}
