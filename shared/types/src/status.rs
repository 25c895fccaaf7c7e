//! The states and roles that appear in the database, on the wire and on the screen under one spelling.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::json::FromJson;

/// The text names no value of the enum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownStatus {
    /// The Rust name of the enum that was asked for.
    pub kind: &'static str,
    /// The text that was found.
    pub value: String,
}

impl fmt::Display for UnknownStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is not a {}", self.value, self.kind)
    }
}

impl std::error::Error for UnknownStatus {}

macro_rules! text_enum {
    ($(#[$attribute:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $text:tt,)+ }) => {
        $(#[$attribute])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, FromJson)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub enum $name {
            $($(#[$doc])* #[serde(rename = $text)] $variant,)+
        }

        impl $name {
            /// Every value, in the order a person would list them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The spelling in the database and on the wire.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)+
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl FromStr for $name {
            type Err = UnknownStatus;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($text => Ok(Self::$variant),)+
                    _ => Err(UnknownStatus { kind: stringify!($name), value: text.to_owned() }),
                }
            }
        }
    };
}

text_enum! {
    /// Whether shoppers can see a product.
    ProductStatus {
        /// Being prepared; only staff see it.
        Draft = "draft",
        /// On sale.
        Active = "active",
        /// Withdrawn from sale, kept for past orders.
        Archived = "archived",
    }
}

text_enum! {
    /// The fonts of a shop: one for headings, one for everything else.
    #[derive(Default)]
    FontPair {
        /// Fraunces and Figtree: a serif with character.
        #[default]
        Editorial = "editorial",
        /// Bricolage Grotesque and Instrument Sans: square and lively.
        Modern = "modern",
        /// Instrument Sans for both: nothing that draws attention.
        Quiet = "quiet",
    }
}

impl FontPair {
    /// The families: of headings, of everything else.
    pub const fn families(self) -> (&'static str, &'static str) {
        match self {
            Self::Editorial => ("Fraunces", "Figtree"),
            Self::Modern => ("Bricolage Grotesque", "Instrument Sans"),
            Self::Quiet => ("Instrument Sans", "Instrument Sans"),
        }
    }
}

text_enum! {
    /// Whether a store is open.
    StoreStatus {
        /// Open to shoppers and staff.
        Active = "active",
        /// Closed by the platform; can be reactivated.
        Suspended = "suspended",
        /// Closed for good.
        Archived = "archived",
    }
}

text_enum! {
    /// How far an order has come as a whole; payment and fulfilment have states of their own.
    OrderStatus {
        /// Placed, money neither promised nor received.
        Pending = "pending",
        /// Accepted: paid, authorized or already being shipped.
        Confirmed = "confirmed",
        /// Nothing is left to do.
        Completed = "completed",
        /// Called off before anything was shipped.
        Cancelled = "cancelled",
    }
}

text_enum! {
    /// How far an impersonation has come.
    ImpersonationStatus {
        /// Its link was not followed yet.
        Waiting = "waiting",
        /// The administrator is in the dashboard.
        Running = "running",
        /// It was ended, or its time is over.
        Ended = "ended",
        /// Nobody followed its link in time.
        Unused = "unused",
    }
}

text_enum! {
    /// What happened to the money of an order.
    PaymentStatus {
        /// Nothing received yet.
        Pending = "pending",
        /// Reserved at the provider, not yet taken.
        Authorized = "authorized",
        /// Received in full.
        Paid = "paid",
        /// Some of it was given back.
        PartiallyRefunded = "partially_refunded",
        /// All of it was given back.
        Refunded = "refunded",
        /// The provider declined.
        Failed = "failed",
        /// Released or called off before it was taken.
        Voided = "voided",
    }
}

text_enum! {
    /// How much of an order has been shipped.
    FulfilmentStatus {
        /// Nothing.
        Unfulfilled = "unfulfilled",
        /// Some quantities.
        PartiallyFulfilled = "partially_fulfilled",
        /// Every ordered quantity.
        Fulfilled = "fulfilled",
    }
}

text_enum! {
    /// Why a stock level changed.
    MovementReason {
        /// First count of a new variant.
        Initial = "initial",
        /// Goods came in.
        Received = "received",
        /// A count differed from the books.
        Correction = "correction",
        /// Goods became unsellable.
        Damaged = "damaged",
        /// A customer sent goods back.
        Returned = "returned",
        /// An order promised goods to a customer.
        Reserved = "reserved",
        /// A cancelled or failed order gave its promise back.
        Released = "released",
        /// A shipment took goods out.
        Sold = "sold",
        /// A product file set the count.
        Import = "import",
        /// The variant was taken out of its product.
        Removed = "removed",
    }
}

text_enum! {
    /// How far an export has come.
    ExportStatus {
        /// Waiting for a worker.
        Queued = "queued",
        /// The file is being written.
        Running = "running",
        /// The file is there.
        Completed = "completed",
        /// There is no file; the reason is told.
        Failed = "failed",
        /// The file was there and its time is over.
        Expired = "expired",
    }
}

text_enum! {
    /// How far an import has come.
    ImportStatus {
        /// Waiting for a worker.
        Queued = "queued",
        /// Rows are being read.
        Running = "running",
        /// Every row was handled; some may have been reported.
        Completed = "completed",
        /// Stopped by an error that concerns the whole file.
        Failed = "failed",
        /// Stopped by a person.
        Cancelled = "cancelled",
    }
}

text_enum! {
    /// Which products of a file an import takes.
    #[derive(Default)]
    ImportMode {
        /// New ones are made, those that are there are changed.
        #[default]
        Both = "both",
        /// Only new ones are made.
        Create = "create",
        /// Only those that are there are changed.
        Update = "update",
    }
}

text_enum! {
    /// What an import does with fields that hold something already.
    #[derive(Default)]
    ImportFill {
        /// The file's word counts.
        #[default]
        Overwrite = "overwrite",
        /// They stay; only empty ones are filled.
        Empty = "empty",
    }
}

text_enum! {
    /// Whether an import puts new products on sale.
    #[derive(Default)]
    ImportPublish {
        /// As the file says.
        #[default]
        File = "file",
        /// None: new ones are drafts, and those that are there stay what they are.
        Draft = "draft",
    }
}

text_enum! {
    /// What becomes of products on sale that earlier files named and this one does not.
    #[derive(Default)]
    ImportMissing {
        /// Nothing.
        #[default]
        Keep = "keep",
        /// They go into the archive.
        Archive = "archive",
    }
}

text_enum! {
    /// Why something of an import stays as it is when the import is undone.
    UndoReason {
        /// It was deleted since.
        Deleted = "deleted",
        /// A later import has changed it, and is not undone.
        ImportedSince = "imported_since",
        /// A person or a program has changed it since.
        EditedSince = "edited_since",
        /// It was ordered since.
        SoldSince = "sold_since",
        /// A category that other products or categories are in.
        InUse = "in_use",
        /// The database did not take it.
        NotStored = "not_stored",
    }
}

text_enum! {
    /// How far a background job has come.
    JobStatus {
        /// Waiting for its time or a worker.
        Queued = "queued",
        /// Leased by a worker.
        Running = "running",
        /// Finished.
        Done = "done",
        /// Out of attempts; a person must look.
        Dead = "dead",
        /// Called off by a person.
        Cancelled = "cancelled",
    }
}

text_enum! {
    /// What an endpoint is sent of each event.
    #[derive(Default)]
    WebhookPayload {
        /// All of its data.
        #[default]
        Full = "full",
        /// Only the ids in it: the receiver asks for the rest.
        Thin = "thin",
    }
}

text_enum! {
    /// Why an endpoint was switched off by itself.
    WebhookOff {
        /// No delivery has succeeded for three days.
        Failing = "failing",
        /// It has answered 410 Gone.
        Gone = "gone",
    }
}

text_enum! {
    /// Whether a domain of a store leads to its shop.
    DomainStatus {
        /// Nobody has proved yet whose it is.
        Pending = "pending",
        /// Proved: the shop answers there.
        Active = "active",
        /// It was active, and its proof is gone.
        Failed = "failed",
    }
}

text_enum! {
    /// How it stands with the certificate of a host.
    CertificateStatus {
        /// It is asked for.
        Pending = "pending",
        /// It is good.
        Valid = "valid",
        /// There is none, or its time is over, and the last try has failed.
        Failed = "failed",
    }
}

text_enum! {
    /// What a look at the name servers has said about a domain's proof.
    DomainProof {
        /// It is there.
        Found = "found",
        /// It is there, and so is that of another shop, which has the domain.
        Held = "held",
        /// It is there, and the host is that of a platform, or below it, since after the domain was added.
        Platform = "platform",
        /// Something else is in its place.
        Wrong = "wrong",
        /// Nothing is there.
        Missing = "missing",
        /// The name servers did not answer, or not in a way that says anything.
        Unanswered = "unanswered",
    }
}

text_enum! {
    /// What became of a delivery.
    WebhookDeliveryStatus {
        /// Waiting for its first or next attempt.
        Pending = "pending",
        /// Answered with 2xx.
        Delivered = "delivered",
        /// Given up after the last attempt.
        Failed = "failed",
    }
}

text_enum! {
    /// How a module is switched on.
    ModuleTier {
        /// Always on.
        Core = "core",
        /// On or off for each platform.
        Optional = "optional",
        /// For the people who run the system.
        Internal = "internal",
    }
}

text_enum! {
    /// What a person may do in a store.
    MemberRole {
        /// Everything, including members and closing the store.
        Owner = "owner",
        /// Day-to-day business and settings.
        Manager = "manager",
        /// Catalogue content.
        Editor = "editor",
        /// Looking only.
        Viewer = "viewer",
        /// Orders and stock: what is to be sent.
        Fulfilment = "fulfilment",
        /// Customers and their orders.
        Support = "support",
        /// What a role of the store's own says, which stands beside it.
        Custom = "custom",
    }
}

text_enum! {
    /// How a member comes to a right.
    RightOriginKind {
        /// Their role names it.
        Role = "role",
        /// Their role has all rights of its area.
        Wildcard = "wildcard",
        /// Another right of theirs brings it along.
        Implied = "implied",
    }
}

text_enum! {
    /// Why a member does not hold a right that their role has.
    RightMissing {
        /// Its module is off for the store's platform.
        ModuleOff = "module_off",
    }
}

text_enum! {
    /// What a person may do in the platform admin.
    AdminRole {
        /// Every platform.
        SuperAdmin = "super_admin",
        /// The platforms assigned to them.
        PlatformAdmin = "platform_admin",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    macro_rules! assert_one_spelling {
        ($($name:ident: $count:literal),+ $(,)?) => {$(
            assert_eq!($name::ALL.len(), $count, stringify!($name));
            for value in $name::ALL {
                let text = value.as_str();
                assert!(text.bytes().all(|byte| byte == b'_' || byte.is_ascii_lowercase()), "{text}");
                assert_eq!(text.parse::<$name>().unwrap(), *value);
                assert_eq!(value.to_string(), text);
                assert_eq!(serde_json::to_value(value).unwrap(), text);
                assert_eq!(serde_json::from_value::<$name>(text.into()).unwrap(), *value);
            }
        )+};
    }

    #[test]
    fn a_value_is_spelled_the_same_everywhere() {
        assert_one_spelling!(
            ProductStatus: 3, StoreStatus: 3, OrderStatus: 4, PaymentStatus: 7, FulfilmentStatus: 3, MovementReason: 10,
            ExportStatus: 5, ImportStatus: 5, ImportMode: 3, ImportFill: 2, ImportPublish: 2, ImportMissing: 2, UndoReason: 6, JobStatus: 5, ModuleTier: 3, MemberRole: 7, RightOriginKind: 3, RightMissing: 1, AdminRole: 2,
            WebhookPayload: 2, WebhookOff: 2, DomainStatus: 3, DomainProof: 6, CertificateStatus: 3, WebhookDeliveryStatus: 3,
        );
    }

    #[test]
    fn an_unknown_spelling_is_named() {
        let error = "Paid".parse::<PaymentStatus>().unwrap_err();
        assert_eq!(error.to_string(), r#""Paid" is not a PaymentStatus"#);
        assert!(serde_json::from_str::<PaymentStatus>(r#""Paid""#).is_err());
    }

    #[cfg(feature = "openapi")]
    #[test]
    fn the_schema_lists_the_spellings() {
        use utoipa::PartialSchema;
        let schema = serde_json::to_value(PaymentStatus::schema()).unwrap();
        let expected: Vec<&str> = PaymentStatus::ALL.iter().map(|status| status.as_str()).collect();
        assert_eq!(schema["enum"], serde_json::json!(expected));
    }
}
