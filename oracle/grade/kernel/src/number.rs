//! Decimal text to float64, correctly rounded: the same as `csv/number.ts`, which has the numbers that are not easy.

use crate::bytes::{load, word};
use core::arch::wasm32::*;

/// Powers of ten that are exact as float64.
static POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
];
static TENS: [u64; 9] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

const NO_DIGITS: u64 = u64::MAX;

/// The value of up to eight digits; `NO_DIGITS` if one is none.
#[inline(always)]
unsafe fn up_to_eight(at: *const u8, count: usize) -> u64 {
    if count == 0 {
        return 0;
    }
    // The digits stand in the high bytes, zeros before them.
    let shift = 64 - 8 * count as u32;
    let zeros = 0x3030303030303030u64;
    let digits = (unsafe { word(at) } << shift) | if shift == 0 { 0 } else { zeros >> (64 - shift) };
    if ((digits & 0xf0f0f0f0f0f0f0f0) | ((digits.wrapping_add(0x0606060606060606) & 0xf0f0f0f0f0f0f0f0) >> 4))
        != 0x3333333333333333
    {
        return NO_DIGITS;
    }
    let ones = digits - zeros;
    let pairs = ones.wrapping_mul(10).wrapping_add(ones >> 8) & 0x00ff00ff00ff00ff;
    let fours = pairs.wrapping_mul(100).wrapping_add(pairs >> 16) & 0x0000ffff0000ffff;
    fours.wrapping_mul(10_000).wrapping_add(fours >> 32) & 0xffffffff
}

/// The value of up to sixteen digits; `NO_DIGITS` if one is none.
#[inline(always)]
unsafe fn digits(at: *const u8, count: usize) -> u64 {
    unsafe {
        if count <= 8 {
            return up_to_eight(at, count);
        }
        let high = up_to_eight(at, 8);
        let low = up_to_eight(at.add(8), count - 8);
        if high == NO_DIGITS || low == NO_DIGITS {
            return NO_DIGITS;
        }
        high * TENS[count - 8] + low
    }
}

/// An id of 1 to 9 digits without leading zero, or -1.
#[inline(always)]
pub unsafe fn decimal_id(at: *const u8, length: usize) -> i32 {
    unsafe {
        if length > 9 || (*at == b'0' && length > 1) {
            return -1;
        }
        let value = digits(at, length);
        if value == NO_DIGITS { -1 } else { value as i32 }
    }
}

/// The number, or NaN where it is none or not easy: JavaScript looks at it again.
#[inline(always)]
pub unsafe fn number(start: *const u8, end: *const u8) -> f64 {
    unsafe {
        let mut at = start;
        let negative = *at == b'-';
        if negative {
            at = at.add(1);
        }
        let length = end.offset_from(at) as usize;
        if length <= 16 {
            let point = (i8x16_bitmask(i8x16_eq(load(at), i8x16_splat(b'.' as i8))) as u32 | (1 << length))
                .trailing_zeros() as usize;
            let decimals = (length - point).saturating_sub(1);
            if point + decimals > 0 && point + decimals <= 15 {
                let whole = digits(at, point);
                let part = digits(at.add(point + 1), decimals);
                if whole != NO_DIGITS && part != NO_DIGITS {
                    // Below 10^15, and both operands are exact: one division rounds once.
                    let all = whole * if decimals > 8 { TENS[8] * TENS[decimals - 8] } else { TENS[decimals] } + part;
                    let value = all as f64 / POWERS[decimals];
                    return if negative { 0.0 - value } else { value };
                }
            }
        }
        long(start, end)
    }
}

/// Numbers of up to 19 digits, with exponents.
#[inline(never)]
unsafe fn long(start: *const u8, end: *const u8) -> f64 {
    unsafe {
        let mut at = start;
        let mut negative = false;
        if at < end && (*at == b'-' || *at == b'+') {
            negative = *at == b'-';
            at = at.add(1);
        }
        // The first 15 significant digits are exact in `high`, the next 4 in `low`.
        let (mut high, mut low) = (0u64, 0u64);
        let (mut count, mut low_count) = (0, 0usize);
        let mut scale = 0i32;
        let mut seen = false;
        let mut point = false;
        while at < end {
            let digit = (*at).wrapping_sub(b'0');
            if digit <= 9 {
                seen = true;
                scale -= point as i32;
                if count < 15 {
                    high = high * 10 + digit as u64;
                    count += (high != 0) as i32;
                } else {
                    if low_count == 4 {
                        return f64::NAN;
                    }
                    low = low * 10 + digit as u64;
                    low_count += 1;
                }
            } else if *at == b'.' && !point {
                point = true;
            } else {
                break;
            }
            at = at.add(1);
        }
        if !seen {
            return f64::NAN;
        }
        if at < end {
            if *at | 32 != b'e' {
                return f64::NAN;
            }
            at = at.add(1);
            let mut down = false;
            if at < end && (*at == b'-' || *at == b'+') {
                down = *at == b'-';
                at = at.add(1);
            }
            if at == end || end.offset_from(at) > 4 {
                return f64::NAN;
            }
            let mut exponent = 0i32;
            while at < end {
                let digit = (*at).wrapping_sub(b'0');
                if digit > 9 {
                    return f64::NAN;
                }
                exponent = exponent * 10 + digit as i32;
                at = at.add(1);
            }
            scale += if down { -exponent } else { exponent };
        }
        if high == 0 && low_count == 0 {
            return 0.0;
        }
        let value = if low_count == 0 && (-22..=0).contains(&scale) {
            high as f64 / POWERS[-scale as usize]
        } else if low_count == 0 && (1..=22).contains(&scale) {
            high as f64 * POWERS[scale as usize]
        } else if low_count > 0 && (-22..=0).contains(&scale) {
            quotient(high as f64, POWERS[low_count], low as f64, POWERS[-scale as usize])
        } else {
            f64::NAN
        };
        if negative { 0.0 - value } else { value }
    }
}

/// Veltkamp's constant, 2^27 + 1, which halves a float64 so that products of the halves are exact.
const SPLIT: f64 = 134217729.0;

/// (high × factor + low) ÷ divisor, rounded once, or NaN, as `quotient` of `csv/number.ts`.
fn quotient(high: f64, factor: f64, low: f64, divisor: f64) -> f64 {
    let product = high * factor;
    let sum = product + (product_error(high, factor, product) + low);
    let rest = product - sum + (product_error(high, factor, product) + low);
    let q = sum / divisor;
    let back = q * divisor;
    let r = sum - back - product_error(q, divisor, back) + rest;
    let correction = r / divisor;
    let above = q + correction * (1.0 + 1e-10);
    let below = q + correction * (1.0 - 1e-10);
    if above == below { above } else { f64::NAN }
}

/// Dekker's error of a product: `a * b - product`, exactly.
fn product_error(a: f64, b: f64, product: f64) -> f64 {
    let a_high = a * SPLIT - (a * SPLIT - a);
    let a_low = a - a_high;
    let b_high = b * SPLIT - (b * SPLIT - b);
    let b_low = b - b_high;
    a_low * b_low - (product - a_high * b_high - a_low * b_high - a_high * b_low)
}
