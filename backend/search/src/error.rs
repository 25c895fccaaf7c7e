//! What can go wrong with an index. None of it is the reader's fault, and all of it is mended by making the index anew.

/// An index that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The library's word.
    #[error("the index: {0}")]
    Index(#[from] tantivy::TantivyError),
    /// Its files.
    #[error("the files of the index: {0}")]
    Files(#[from] std::io::Error),
    /// It is not what this version of the program writes.
    #[error("the index is not one of this version: {0}")]
    Foreign(String),
    /// Of several who wanted the same at the same time.
    #[error(transparent)]
    Shared(#[from] std::sync::Arc<Self>),
}
