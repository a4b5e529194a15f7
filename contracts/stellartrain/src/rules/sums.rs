//! Arithmetic on money. Amounts are bounded, so that no sum that the rules make can overflow: the largest is that of deposits
//! and fees of as many submissions as a `u32` counts, 1e27 × 2^32 × 6 < 2^127.
use crate::errors::{require, Error};

/// No single amount may be larger.
pub const MAX_AMOUNT: i128 = 1_000_000_000_000_000_000_000_000_000;

/// `from -= amount`, which must not fall below zero: every balance of the contract counts something that is there.
pub fn take(from: &mut i128, amount: i128) -> Result<(), Error> {
    require(amount >= 0 && *from >= amount, Error::Overflow)?;
    *from -= amount;
    Ok(())
}

/// Moves an amount from one balance to another.
pub fn shift(from: &mut i128, to: &mut i128, amount: i128) -> Result<(), Error> {
    take(from, amount)?;
    *to += amount;
    Ok(())
}

/// An amount that may be zero.
pub fn amount(a: i128) -> Result<i128, Error> {
    require((0..=MAX_AMOUNT).contains(&a), Error::BadAmount)?;
    Ok(a)
}

/// A counter that has room for one more.
pub fn inc(n: u32) -> Result<u32, Error> {
    n.checked_add(1).ok_or(Error::Overflow)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_taken_from_an_empty_balance() {
        let mut balance = 5;
        assert_eq!(take(&mut balance, 6), Err(Error::Overflow));
        assert_eq!(take(&mut balance, -1), Err(Error::Overflow));
        assert_eq!((take(&mut balance, 5), balance), (Ok(()), 0));
        let mut other = 1;
        balance = 3;
        assert_eq!((shift(&mut balance, &mut other, 2), balance, other), (Ok(()), 1, 3));
        assert_eq!(shift(&mut balance, &mut other, 2), Err(Error::Overflow));
    }

    #[test]
    fn the_largest_amounts_can_be_added_up() {
        let most = MAX_AMOUNT.checked_mul(i128::from(u32::MAX)).and_then(|all| all.checked_mul(6));
        assert!(most.is_some());
        assert_eq!(amount(MAX_AMOUNT), Ok(MAX_AMOUNT));
        assert_eq!(amount(MAX_AMOUNT + 1), Err(Error::BadAmount));
        assert_eq!(amount(-1), Err(Error::BadAmount));
        assert_eq!(inc(u32::MAX), Err(Error::Overflow));
    }
}
