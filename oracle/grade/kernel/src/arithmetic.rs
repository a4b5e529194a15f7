//! The engine's own logarithm and exponential function: `src/arithmetic/log.ts` and `exp.ts`, operation by operation, so that results have the same bits.

const LN2_HIGH: f64 = 0.6931471803691238;
const LN2_LOW: f64 = 1.9082149292705877e-10;
const UNDERFLOW: f64 = -745.1332191019412;
/// 1.5 · 2^52.
const ROUNDING: f64 = 6755399441055744.0;

/// ln x for positive normal numbers.
#[inline(never)]
pub fn natural_log(x: f64) -> f64 {
    let mut k = ((x.to_bits() >> 52) & 0x7ff) as i32 - 1023;
    let mut m = if k < 1023 { x * power_of_two(-k) } else { (x / 2.0) * power_of_two(-1022) };
    if m > core::f64::consts::SQRT_2 {
        m /= 2.0;
        k += 1;
    }
    let k = k as f64;
    let s = (m - 1.0) / (m + 1.0);
    let z = s * s;
    let far = ((((1.0 / 23.0) * z + 1.0 / 21.0) * z + 1.0 / 19.0) * z + 1.0 / 17.0) * z + 1.0 / 15.0;
    let near = ((far * z + 1.0 / 13.0) * z + 1.0 / 11.0) * z + 1.0 / 9.0;
    let series = ((near * z + 1.0 / 7.0) * z + 1.0 / 5.0) * z + 1.0 / 3.0;
    k * LN2_HIGH + (2.0 * s + (2.0 * s * (z * series) + k * LN2_LOW))
}

/// e^x for x ≤ 0.
pub fn exponential(x: f64) -> f64 {
    if x < UNDERFLOW {
        return 0.0;
    }
    let k = x * core::f64::consts::LOG2_E + ROUNDING - ROUNDING;
    let high = x - k * LN2_HIGH;
    let r = high - k * LN2_LOW;
    let far = ((((r / 6227020800.0 + 1.0 / 479001600.0) * r + 1.0 / 39916800.0) * r + 1.0 / 3628800.0) * r
        + 1.0 / 362880.0)
        * r;
    let near =
        (((((far + 1.0 / 40320.0) * r + 1.0 / 5040.0) * r + 1.0 / 720.0) * r + 1.0 / 120.0) * r + 1.0 / 24.0) * r;
    let series = (near + 1.0 / 6.0) * r + 0.5;
    let lost = high - r - k * LN2_LOW;
    let result = 1.0 + (r + (r * r * series + lost));
    // No trap can come of it: |x| is below 746.
    let k = unsafe { k.to_int_unchecked::<i32>() };
    if k >= -1022 {
        return result * power_of_two(k);
    }
    let half = k >> 1;
    result * power_of_two(half) * power_of_two(k - half)
}

/// 2^k for -1022 ≤ k ≤ 1023.
fn power_of_two(k: i32) -> f64 {
    f64::from_bits(((k + 1023) as u64) << 52)
}
