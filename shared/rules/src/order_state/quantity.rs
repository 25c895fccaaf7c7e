//! From shipped quantities to the state of the fulfilment.

use std::fmt;

use orion_types::status::FulfilmentStatus;

/// A line would have more units shipped than ordered, or fewer than none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ImpossibleQuantity {
    /// Index of the line.
    pub line: usize,
}

impl fmt::Display for ImpossibleQuantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {} cannot have more units fulfilled than ordered", self.line)
    }
}

impl std::error::Error for ImpossibleQuantity {}

/// The state that the (ordered, fulfilled) quantities of an order's lines amount to.
///
/// An order without units is unfulfilled: "all of nothing was shipped" must not complete it.
pub fn fulfilment_status<Q>(lines: &[(Q, Q)]) -> Result<FulfilmentStatus, ImpossibleQuantity>
where
    Q: Copy + Into<i64>,
{
    let (mut something_shipped, mut something_left) = (false, false);
    for (line, &(ordered, fulfilled)) in lines.iter().enumerate() {
        let (ordered, fulfilled) = (ordered.into(), fulfilled.into());
        if !(0..=ordered).contains(&fulfilled) {
            return Err(ImpossibleQuantity { line });
        }
        something_shipped |= fulfilled > 0;
        something_left |= fulfilled < ordered;
    }
    Ok(match (something_shipped, something_left) {
        (false, _) => FulfilmentStatus::Unfulfilled,
        (true, true) => FulfilmentStatus::PartiallyFulfilled,
        (true, false) => FulfilmentStatus::Fulfilled,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use FulfilmentStatus::{Fulfilled, PartiallyFulfilled, Unfulfilled};

    #[test]
    fn quantities_decide_the_state() {
        assert_eq!(fulfilment_status::<i32>(&[]), Ok(Unfulfilled));
        assert_eq!(fulfilment_status(&[(0_u32, 0)]), Ok(Unfulfilled));
        assert_eq!(fulfilment_status(&[(2, 0), (1, 0)]), Ok(Unfulfilled));
        assert_eq!(fulfilment_status(&[(2, 1), (1, 0)]), Ok(PartiallyFulfilled));
        assert_eq!(fulfilment_status(&[(2, 2), (1, 0)]), Ok(PartiallyFulfilled));
        assert_eq!(fulfilment_status(&[(2, 2), (1, 1)]), Ok(Fulfilled));
    }

    #[test]
    fn more_than_was_ordered_is_never_shipped() {
        assert_eq!(fulfilment_status(&[(1, 1), (2, 3)]), Err(ImpossibleQuantity { line: 1 }));
        assert_eq!(fulfilment_status(&[(2, -1)]), Err(ImpossibleQuantity { line: 0 }));
        assert_eq!(fulfilment_status(&[(-1, -1)]), Err(ImpossibleQuantity { line: 0 }));
    }
}
