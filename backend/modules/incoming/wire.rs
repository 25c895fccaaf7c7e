//! What providers tell a store by themselves.

wire! {
    /// An event was taken, now or before.
    pub struct IncomingReceipt {
        /// Whether it had come before: nothing was done about it again.
        pub duplicate: bool,
    }
}
