//! Typed ids: an order id cannot stand where a product id belongs.

use uuid::Uuid;

/// Something that a path can carry.
pub trait FromSegments: Sized {
    /// Reads the segments in their order.
    fn from_segments(segments: &[String]) -> Option<Self>;
}

macro_rules! single {
    ($($name:ty),+) => {$(
        impl $crate::id::FromSegments for $name {
            fn from_segments(segments: &[String]) -> Option<Self> {
                segments.first().and_then(|text| <$name as std::str::FromStr>::from_str(text).ok())
            }
        }
    )+};
}

single!(String, i64, u32, Uuid);

impl<A: FromSegments, B: FromSegments> FromSegments for (A, B) {
    fn from_segments(segments: &[String]) -> Option<Self> {
        Some((A::from_segments(segments)?, B::from_segments(segments.get(1..)?)?))
    }
}

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident)+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize, crate::json::FromJson)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
        #[serde(transparent)]
        pub struct $name(pub uuid::Uuid);

        single!($name);

        impl From<uuid::Uuid> for $name {
            fn from(id: uuid::Uuid) -> Self { Self(id) }
        }
        impl From<$name> for uuid::Uuid {
            fn from(id: $name) -> Self { id.0 }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { self.0.fmt(f) }
        }
        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> { text.parse().map(Self) }
        }
    )+};
}

ids! {
    /// A platform: a group of stores with its own domain and module switches.
    PlatformId
    /// A store, the tenant.
    StoreId
    /// A person who signs in to the admin area or to store dashboards.
    UserId
    /// A customer of one store.
    CustomerId
    /// A saved address of a customer.
    AddressId
    /// A sign-in on one device.
    SessionId
    /// A passkey of somebody.
    PasskeyId
    /// A product.
    ProductId
    /// A variant: the thing that has a price and stock.
    VariantId
    /// A product picture.
    ImageId
    /// A category.
    CategoryId
    /// A file that was written out.
    ExportId
    /// A cart.
    CartId
    /// A line of a cart.
    CartItemId
    /// An order.
    OrderId
    /// A line of an order.
    OrderItemId
    /// A shipment of some of an order's items.
    FulfilmentId
    /// A payment of an order.
    PaymentId
    /// A way of shipping.
    ShippingMethodId
    /// A tax rate.
    TaxRateId
    /// An import run.
    ImportId
    /// The columns of a kind of file, kept under a name.
    ImportMappingId
    /// A stock movement.
    MovementId
    /// A background job.
    JobId
    /// A role that a store has made for its team.
    RoleId
    /// What a program asks by.
    ApiKeyId
    /// A program that a store lets ask its people to act for them.
    ProgramId
    /// Somebody's consent that a program acts for them.
    ConnectionId
    /// A domain of a store.
    DomainId
    /// Somewhere that events are sent to.
    WebhookEndpointId
    /// An event on its way to an endpoint.
    WebhookDeliveryId
    /// A person's place in the team of a store.
    MemberId
    /// An administrator's time in a store's dashboard.
    ImpersonationId
    /// An invitation to the team of a store.
    InvitationId
    /// An invitation to the administration.
    AdminInvitationId
}

/// The store id that stands for "the platform, no store" in ledgers that both share.
pub const NO_STORE: StoreId = StoreId(Uuid::nil());
