//! Ids in paths: one that cannot be an id leads nowhere.

use std::future::{Ready, ready};
use std::str::FromStr;

use actix_web::{FromRequest, HttpRequest, dev::Payload};

use super::Failure;
use crate::problem::NOT_FOUND;

/// What the path's segments say: one value, or a pair in their order.
#[derive(Debug)]
pub struct Path<T>(pub T);

impl<T> Path<T> {
    /// The value.
    pub fn into_inner(self) -> T {
        self.0
    }
}

/// Something that a path can carry.
pub trait FromSegments: Sized {
    /// Reads the segments in their order.
    fn from_segments(segments: &[String]) -> Option<Self>;
}

macro_rules! single {
    ($($name:ty),+) => {$(
        impl FromSegments for $name {
            fn from_segments(segments: &[String]) -> Option<Self> {
                segments.first().and_then(|text| <$name>::from_str(text).ok())
            }
        }
    )+};
}

single!(
    String,
    i64,
    u32,
    uuid::Uuid,
    orion_types::PlatformId,
    orion_types::StoreId,
    orion_types::UserId,
    orion_types::CustomerId,
    orion_types::AddressId,
    orion_types::ApiKeyId,
    orion_types::SessionId,
    orion_types::ProductId,
    orion_types::VariantId,
    orion_types::WebhookDeliveryId,
    orion_types::WebhookEndpointId,
    orion_types::ImageId,
    orion_types::CategoryId,
    orion_types::CartItemId,
    orion_types::OrderId,
    orion_types::ShippingMethodId,
    orion_types::ExportId,
    orion_types::ImportId,
    orion_types::ImportMappingId
);

impl<A: FromSegments, B: FromSegments> FromSegments for (A, B) {
    fn from_segments(segments: &[String]) -> Option<Self> {
        Some((A::from_segments(segments)?, B::from_segments(segments.get(1..)?)?))
    }
}

impl<T: FromSegments> FromRequest for Path<T> {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let segments: Vec<String> = request.match_info().iter().map(|(_, value)| value.to_owned()).collect();
        ready(T::from_segments(&segments).map(Self).ok_or_else(|| Failure::of(&NOT_FOUND)))
    }
}
