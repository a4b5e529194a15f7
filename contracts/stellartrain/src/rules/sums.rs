//! Arithmetic on money: an overflow is a numbered error, never a wrapped amount.
use crate::errors::Error;

/// No single amount may be larger, so that no sum that the rules make can overflow.
pub const MAX_AMOUNT: i128 = 1_000_000_000_000_000_000_000_000_000;

#[inline(never)]
pub fn add(a: i128, b: i128) -> Result<i128, Error> {
    a.checked_add(b).ok_or(Error::Overflow)
}

/// `a - b`, which must not fall below zero: every balance of the contract counts something that is there.
#[inline(never)]
pub fn take(a: i128, b: i128) -> Result<i128, Error> {
    match a.checked_sub(b) {
        Some(rest) if rest >= 0 => Ok(rest),
        _ => Err(Error::Overflow),
    }
}

#[inline(never)]
pub fn times(a: i128, n: u32) -> Result<i128, Error> {
    a.checked_mul(i128::from(n)).ok_or(Error::Overflow)
}

/// `a / n`, rounded down, of an amount that is not negative, and a number that is not zero.
///
/// Word by word: the general division of such large numbers takes a kilobyte of code.
pub fn divide(a: i128, n: u32) -> i128 {
    let (mut quotient, mut rest) = (0, 0);
    for word in [(a >> 96) as u32, (a >> 64) as u32, (a >> 32) as u32, a as u32] {
        let part = rest << 32 | u64::from(word);
        quotient = quotient << 32 | i128::from(part / u64::from(n));
        rest = part % u64::from(n);
    }
    quotient
}

/// An amount that may be zero.
pub fn amount(a: i128) -> Result<i128, Error> {
    if (0..=MAX_AMOUNT).contains(&a) {
        Ok(a)
    } else {
        Err(Error::BadAmount)
    }
}

/// A balance that somebody adds to; it may hold the largest amount at most.
pub fn more(balance: i128, added: i128) -> Result<i128, Error> {
    amount(add(balance, added)?)
}

pub fn inc(n: u32) -> Result<u32, Error> {
    n.checked_add(1).ok_or(Error::Overflow)
}

pub fn dec(n: u32) -> Result<u32, Error> {
    n.checked_sub(1).ok_or(Error::Overflow)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn division_is_the_usual_one() {
        for a in [0, 1, 9_999, 10_000, u64::MAX.into(), 1 << 96, MAX_AMOUNT, MAX_AMOUNT * 10_000, i128::MAX] {
            for n in [1, 2, 3, 7, 10_000, u32::MAX] {
                assert_eq!(divide(a, n), a / i128::from(n), "{a} / {n}");
            }
        }
    }

    #[test]
    fn nothing_is_taken_from_an_empty_balance() {
        assert_eq!(take(5, 5), Ok(0));
        assert_eq!(take(5, 6), Err(Error::Overflow));
        assert_eq!(take(i128::MIN, 1), Err(Error::Overflow));
    }

    #[test]
    fn the_largest_amounts_can_be_added_up() {
        // Fifty prizes, and deposits and fees of as many submissions as a u32 can count.
        assert!(times(MAX_AMOUNT, 50).and_then(|prizes| add(prizes, times(MAX_AMOUNT, u32::MAX)?)).is_ok());
        assert_eq!(amount(MAX_AMOUNT + 1), Err(Error::BadAmount));
        assert_eq!(amount(-1), Err(Error::BadAmount));
    }
}
