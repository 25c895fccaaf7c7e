//! What happens to a cart when its owner signs in, and when the shop changes under it.

/// A line of a cart; `K` names what is bought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CartLine<K> {
    /// What is bought, usually a variant id.
    pub key: K,
    /// How many units, at least one.
    pub quantity: u32,
}

/// The cart after signing in: what was saved, then what the guest added; nothing is lost.
///
/// Quantities of the same thing are added up and capped at `max_quantity`. A saved line above the cap is lowered too.
pub fn merge_carts<K: Clone + PartialEq>(saved: &[CartLine<K>], guest: &[CartLine<K>], max_quantity: u32) -> Vec<CartLine<K>> {
    let mut merged: Vec<CartLine<K>> = Vec::with_capacity(saved.len() + guest.len());
    for line in saved.iter().chain(guest) {
        match merged.iter_mut().find(|known| known.key == line.key) {
            Some(known) => known.quantity = known.quantity.saturating_add(line.quantity).min(max_quantity),
            None => merged.push(CartLine {
                key: line.key.clone(),
                quantity: line.quantity.min(max_quantity),
            }),
        }
    }
    merged
}

/// What the shop says about a line's variant now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offer {
    /// The price of one unit in minor units.
    pub unit_price_minor: i64,
    /// Units that can still be sold; `None` when stock is not counted, as for services and downloads.
    pub available: Option<i32>,
}

/// Something the customer must know about a line before ordering it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineNotice {
    /// The price is not the one the customer saw; minor units.
    PriceChanged { before_minor: i64, after_minor: i64 },
    /// Fewer units are left than are in the cart, but some.
    OnlyNLeft { left: i32 },
    /// No unit is left.
    SoldOut,
    /// The variant is deleted, or its product is not on sale.
    Unavailable,
}

impl LineNotice {
    /// The stable spelling for translations.
    pub const fn code(self) -> &'static str {
        match self {
            Self::PriceChanged { .. } => "price_changed",
            Self::OnlyNLeft { .. } => "only_n_left",
            Self::SoldOut => "sold_out",
            Self::Unavailable => "unavailable",
        }
    }

    /// True when the line cannot be ordered as it is; a changed price only has to be seen.
    pub const fn blocks_checkout(self) -> bool {
        !matches!(self, Self::PriceChanged { .. })
    }
}

/// What changed since the customer put `quantity` units at `seen_price_minor` into the cart.
///
/// `offer` is `None` when the variant can no longer be bought. A line that cannot be ordered at all says only that.
pub fn line_notices(seen_price_minor: i64, quantity: u32, offer: Option<&Offer>) -> Vec<LineNotice> {
    let Some(offer) = offer else {
        return vec![LineNotice::Unavailable];
    };
    let mut notices = Vec::new();
    match offer.available {
        Some(available) if available <= 0 => return vec![LineNotice::SoldOut],
        Some(left) if i64::from(left) < i64::from(quantity) => notices.push(LineNotice::OnlyNLeft { left }),
        Some(_) | None => {}
    }
    if offer.unit_price_minor != seen_price_minor {
        let after_minor = offer.unit_price_minor;
        notices.push(LineNotice::PriceChanged {
            before_minor: seen_price_minor,
            after_minor,
        });
    }
    notices
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lines(quantities: &[(u8, u32)]) -> Vec<CartLine<u8>> {
        quantities.iter().map(|&(key, quantity)| CartLine { key, quantity }).collect()
    }

    #[test]
    fn a_guest_cart_joins_the_saved_one() {
        let merged = merge_carts(&lines(&[(1, 2), (2, 1)]), &lines(&[(3, 4), (1, 3)]), 999);
        assert_eq!(merged, lines(&[(1, 5), (2, 1), (3, 4)]));
    }

    #[test]
    fn a_merged_quantity_is_capped() {
        let merged = merge_carts(&lines(&[(1, 998), (2, u32::MAX)]), &lines(&[(1, 5), (2, u32::MAX), (3, 1000)]), 999);
        assert_eq!(merged, lines(&[(1, 999), (2, 999), (3, 999)]));
    }

    #[test]
    fn a_line_that_changed_says_how() {
        let offer = |unit_price_minor, available| {
            Some(Offer {
                unit_price_minor,
                available,
            })
        };
        for (offer, expected) in [
            (offer(500, Some(3)), vec![]),
            (offer(500, None), vec![]),
            (offer(500, Some(2)), vec![LineNotice::OnlyNLeft { left: 2 }]),
            (offer(500, Some(0)), vec![LineNotice::SoldOut]),
            (offer(450, Some(-1)), vec![LineNotice::SoldOut]),
            (
                offer(450, None),
                vec![LineNotice::PriceChanged {
                    before_minor: 500,
                    after_minor: 450,
                }],
            ),
            (
                offer(550, Some(1)),
                vec![
                    LineNotice::OnlyNLeft { left: 1 },
                    LineNotice::PriceChanged {
                        before_minor: 500,
                        after_minor: 550,
                    },
                ],
            ),
            (None, vec![LineNotice::Unavailable]),
        ] {
            assert_eq!(line_notices(500, 3, offer.as_ref()), expected);
        }
    }

    #[test]
    fn only_a_changed_price_lets_a_line_through() {
        assert!(
            !LineNotice::PriceChanged {
                before_minor: 1,
                after_minor: 2
            }
            .blocks_checkout()
        );
        for notice in [LineNotice::OnlyNLeft { left: 1 }, LineNotice::SoldOut, LineNotice::Unavailable] {
            assert!(notice.blocks_checkout(), "{}", notice.code());
        }
    }

    fn cart() -> impl Strategy<Value = Vec<CartLine<u8>>> {
        prop::collection::vec(
            (any::<u8>(), 1_u32..2000).prop_map(|(key, quantity)| CartLine { key, quantity }),
            0..40,
        )
    }

    proptest! {
        #[test]
        fn merging_keeps_every_thing_once_and_within_the_cap(saved in cart(), guest in cart()) {
            let merged = merge_carts(&saved, &guest, 999);
            for line in saved.iter().chain(&guest) {
                prop_assert_eq!(merged.iter().filter(|kept| kept.key == line.key).count(), 1);
            }
            for kept in &merged {
                let wanted = saved.iter().chain(&guest).filter(|line| line.key == kept.key);
                let wanted: u32 = wanted.map(|line| line.quantity).sum();
                prop_assert_eq!(kept.quantity, wanted.min(999));
            }
        }
    }
}
