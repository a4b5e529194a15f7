//! Every operation against the machine's float64, on values that are likely to go wrong.
extern crate std;
use crate::metrics::float::Float;
use crate::metrics::sum::total;
use std::vec::Vec;

/// SplitMix64: the same numbers in every run.
pub struct Dice(pub u64);

impl Dice {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ z >> 31
    }

    pub fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    /// Finite: any bits, close ones, tiny ones, whole ones, decimals.
    fn float(&mut self) -> f64 {
        let value = match self.below(6) {
            0 => f64::from_bits(self.next()),
            1 => f64::from_bits((1000 + self.below(50)) << 52 | self.next() & ((1 << 52) - 1)),
            2 => f64::from_bits(self.below(1 << 54)),
            3 => self.below(1 << 20) as f64,
            4 => self.below(2_000_000) as f64 / 1000.0 - 1000.0,
            _ => f64::from_bits((1023 + self.below(3)) << 52 | self.below(4) << 50 | self.below(4)),
        };
        if value.is_finite() {
            if self.below(2) == 0 {
                -value
            } else {
                value
            }
        } else {
            0.0
        }
    }
}

const CASES: u64 = 2_000_000;

/// As ours: what is not finite is none.
fn finite(value: f64) -> Option<Float> {
    value.is_finite().then_some(Float(value.to_bits()))
}

#[test]
fn every_operation_rounds_as_the_machine_does() {
    let mut dice = Dice(1);
    for _ in 0..CASES {
        let (a, b) = (dice.float(), dice.float());
        let (x, y) = (Float(a.to_bits()), Float(b.to_bits()));
        assert_eq!(x.add(y), finite(a + b), "{a:e} + {b:e}");
        assert_eq!(x.sub(y), finite(a - b), "{a:e} - {b:e}");
        assert_eq!(x.mul(y), finite(a * b), "{a:e} * {b:e}");
        assert_eq!(x.div(y), if b == 0.0 { None } else { finite(a / b) }, "{a:e} / {b:e}");
        assert_eq!(x.sqrt(), finite(a.sqrt()), "√{a:e}");
        assert_eq!(x.is_whole(), a.trunc() == a, "{a:e} whole");
        assert_eq!(x.key().cmp(&y.key()), a.total_cmp(&b), "{a:e} before {b:e}");
    }
}

#[test]
fn whole_numbers_are_taken_as_the_machine_takes_them() {
    let mut dice = Dice(2);
    for _ in 0..CASES {
        let value = dice.next() >> dice.below(64);
        assert_eq!(Float::from_u64(value).0, (value as f64).to_bits());
        assert_eq!(Float::from_i64(value as i64).0, (value as i64 as f64).to_bits());
    }
}

#[test]
fn units_are_rounded_half_to_even() {
    let units = |value: f64| Float(value.to_bits()).to_units();
    assert_eq!(units(1.0 / 256.0), Some(39_062));
    assert_eq!(units(3.0 / 256.0), Some(117_188));
    assert_eq!(units(-0.0), Some(0));
    assert_eq!(units(-1.0 / 256.0), Some(-39_062));
    assert_eq!(units(1e-300), Some(0));
    assert_eq!(units(f64::from_bits(1)), Some(0));
    assert_eq!(units(900_000_000_000.0), Some(9_000_000_000_000_000_000));
    assert_eq!(
        units(922_337_203_685.477_5),
        Some(9_223_372_036_854_774_780 + (units(922_337_203_685.477_5).unwrap() - 9_223_372_036_854_774_780))
    );
    assert_eq!(units(1e12), None);
    assert_eq!(units(f64::MAX), None);
    assert_eq!(units(f64::MIN), None);
}

#[test]
fn a_sum_that_overflows_is_none() {
    let large = Some(Float(f64::MAX.to_bits()));
    assert_eq!(total(std::iter::repeat_n(large, 2)), None);
    let small: Vec<_> = (0..10).map(|_| Some(Float(0.1f64.to_bits()))).collect();
    assert_eq!(total(small.into_iter()), Some(Float(1f64.to_bits())));
}
