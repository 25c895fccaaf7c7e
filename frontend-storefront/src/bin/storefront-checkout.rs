//! The shop's second download: checkout, orders and the customer's account.

fn main() {
    orion_storefront::checkout();
}
