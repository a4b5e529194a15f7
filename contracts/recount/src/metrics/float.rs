//! Float64 in integers, as IEEE 754 rounds it (to nearest, ties to even), so that a score has every bit that the engine's has.
//!
//! Contracts have no floating point. NaN never occurs: what overflows is `None`, and where the engine's score would not be
//! finite there is none here either.

/// The bits of a finite float64.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Float(pub u64);

const SIGN: u64 = 1 << 63;
const FRACTION: u64 = (1 << 52) - 1;
const INFINITE: u64 = 0x7ff << 52;
/// Units of a score in 1.
const UNITS: u128 = 10_000_000;

/// ± `mant` × 2^`exp`, the mantissa's highest bit set, or 0.
struct Parts {
    negative: bool,
    exp: i32,
    mant: u64,
}

impl Float {
    pub const ZERO: Float = Float(0);

    /// Exact below 2^53, else rounded.
    pub fn from_u64(value: u64) -> Float {
        Float(pack(false, 0, value).unwrap_or(0))
    }

    pub fn from_i64(value: i64) -> Float {
        Float(pack(value < 0, 0, value.unsigned_abs()).unwrap_or(0))
    }

    pub fn is_finite(self) -> bool {
        self.0 & INFINITE != INFINITE
    }

    pub fn is_zero(self) -> bool {
        self.0 & !SIGN == 0
    }

    /// Unsigned integers in the order of the values; 0 and −0 differ.
    pub fn key(self) -> u64 {
        if self.0 & SIGN == 0 {
            self.0 | SIGN
        } else {
            !self.0
        }
    }

    /// Whether it has no fraction.
    pub fn is_whole(self) -> bool {
        let exp = (self.0 >> 52 & 0x7ff) as i32 - 1075;
        exp >= 0 || self.is_zero() || (exp > -53 && (self.0 & FRACTION | 1 << 52) & ((1 << -exp) - 1) == 0)
    }

    pub fn abs(self) -> Float {
        Float(self.0 & !SIGN)
    }

    pub fn neg(self) -> Float {
        Float(self.0 ^ SIGN)
    }

    pub fn add(self, other: Float) -> Option<Float> {
        let (large, small) = if self.abs().0 >= other.abs().0 { (self, other) } else { (other, self) };
        if small.is_zero() {
            // 0 + −0 is 0.
            return Some(if large.is_zero() && self.0 != other.0 { Float::ZERO } else { large });
        }
        let (a, b) = (parts(large), parts(small));
        // One bit for the carry, ten below the last that counts: the lowest tells whether anything is lost.
        let (x, y) = (a.mant >> 1, b.mant >> 1);
        let shift = (a.exp - b.exp) as u32;
        let y = if shift >= 63 { 1 } else { y >> shift | u64::from(y & ((1 << shift) - 1) != 0) };
        let mant = if a.negative == b.negative { x + y } else { x - y };
        if mant == 0 {
            return Some(Float::ZERO);
        }
        pack(a.negative, a.exp + 1, mant).map(Float)
    }

    pub fn sub(self, other: Float) -> Option<Float> {
        self.add(other.neg())
    }

    pub fn mul(self, other: Float) -> Option<Float> {
        let (a, b) = (parts(self), parts(other));
        let negative = a.negative != b.negative;
        if a.mant == 0 || b.mant == 0 {
            return Some(Float(if negative { SIGN } else { 0 }));
        }
        let product = u128::from(a.mant) * u128::from(b.mant);
        pack(negative, a.exp + b.exp + 64, (product >> 64) as u64 | u64::from(product as u64 != 0)).map(Float)
    }

    /// `None` also for a division by 0.
    pub fn div(self, other: Float) -> Option<Float> {
        let (a, b) = (parts(self), parts(other));
        let negative = a.negative != b.negative;
        if b.mant == 0 {
            return None;
        }
        if a.mant == 0 {
            return Some(Float(if negative { SIGN } else { 0 }));
        }
        let (top, by) = (u128::from(a.mant) << 63, u128::from(b.mant));
        let quotient = (top / by) as u64 | u64::from(top % by != 0);
        pack(negative, a.exp - b.exp - 63, quotient).map(Float)
    }

    /// `None` for a negative number.
    pub fn sqrt(self) -> Option<Float> {
        let a = parts(self);
        if a.mant == 0 {
            return Some(self);
        }
        if a.negative {
            return None;
        }
        // An even exponent, and as many bits as a root of 64 takes.
        let shift = 62 + (a.exp & 1);
        let square = u128::from(a.mant) << shift;
        let root = root(square);
        pack(false, (a.exp - shift) / 2, (root as u64) | u64::from(root * root != square)).map(Float)
    }

    /// In units of 1e-7, rounded half to even as the engine's `scoreUnits` does; `None` beyond 64 bits.
    pub fn to_units(self) -> Option<i64> {
        let a = parts(self);
        // 53 bits carry all of it.
        let (product, shift) = (u128::from(a.mant >> 11) * UNITS, -(a.exp + 11));
        let magnitude = if shift <= 0 {
            if shift < -40 && product != 0 {
                return None;
            }
            product << (-shift).min(40)
        } else if shift > 120 {
            0
        } else {
            let (whole, rest, half) = (product >> shift, product & ((1 << shift) - 1), 1u128 << (shift - 1));
            whole + u128::from(rest > half || (rest == half && whole & 1 == 1))
        };
        let magnitude = i128::try_from(magnitude).ok()?;
        i64::try_from(if a.negative { -magnitude } else { magnitude }).ok()
    }
}

fn parts(of: Float) -> Parts {
    let negative = of.0 & SIGN != 0;
    let (exp, fraction) = ((of.0 >> 52 & 0x7ff) as i32, of.0 & FRACTION);
    let (mant, exp) = if exp == 0 { (fraction, -1074) } else { (fraction | 1 << 52, exp - 1075) };
    if mant == 0 {
        return Parts { negative, exp: 0, mant: 0 };
    }
    let lead = mant.leading_zeros();
    Parts { negative, exp: exp - lead as i32, mant: mant << lead }
}

/// Rounds ± `mant` × 2^`exp`, whose lowest bit may stand for all below it; `None` for what is too large.
fn pack(negative: bool, exp: i32, mant: u64) -> Option<u64> {
    let sign = if negative { SIGN } else { 0 };
    if mant == 0 {
        return Some(sign);
    }
    let lead = mant.leading_zeros();
    let (mant, biased) = (mant << lead, exp - lead as i32 + 1086);
    let drop = if biased >= 1 { 11 } else { 12 - biased } as u32;
    let (kept, rest, half) = match drop {
        0..=63 => (mant >> drop, mant & ((1 << drop) - 1), 1 << (drop - 1)),
        64 => (0, mant, 1 << 63),
        _ => return Some(sign),
    };
    let rounded = kept + u64::from(rest > half || (rest == half && kept & 1 == 1));
    // A normal mantissa's highest bit adds one to the exponent, and so does a carry.
    let bits = ((biased.max(1) - 1) as u64).checked_mul(1 << 52)?.checked_add(rounded)?;
    (bits < INFINITE).then_some(sign | bits)
}

/// The whole part of the square root.
fn root(square: u128) -> u128 {
    let (mut low, mut high) = (0u128, 1u128 << 64);
    while high - low > 1 {
        let middle = (low + high) / 2;
        if middle * middle <= square {
            low = middle;
        } else {
            high = middle;
        }
    }
    low
}
