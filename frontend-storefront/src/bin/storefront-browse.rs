//! The shop's first download: looking around and filling the cart.

fn main() {
    orion_storefront::browse();
}
