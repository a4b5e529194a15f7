//! The expectation step of the Dawid–Skene model: the loops of `src/consensus/expectation.ts`, which says what they are, in the same order of
//! operations, so that results have the same bits. Labels stand side by side, and two of them are done at once: nothing is added up across them
//! but one after the other.

use crate::arithmetic::{exponential, natural_log};
use core::arch::wasm32::*;

const SMALLEST: f64 = 1e-10;
/// As JavaScript's `entropyOf(SMALLEST)` gives it.
const NEGLIGIBLE: f64 = 1e-27;
const LEAST_PRODUCT: f64 = 1e-250;
const BLOCK_ITEMS: usize = 128;

/// Where the numbers of a fit are, as `Fitting` in `src/consensus/expectation.ts` has them.
struct Fitting {
    items: usize,
    labels: usize,
    first: *const u32,
    at: *const u32,
    /// Null where nothing is known.
    known: *const i32,
    priors: *const f64,
    log_priors: *const f64,
    errors: *const f64,
    log_errors: *const f64,
    probabilities: *mut f64,
    counts: *mut f64,
    shares: *mut f64,
    /// Items of more votes go by logarithms.
    most: f64,
}

impl Fitting {
    /// Where the rows of an item's votes begin and end.
    #[inline(always)]
    unsafe fn votes(&self, item: usize) -> (*const u32, *const u32) {
        unsafe { (self.at.add(*self.first.add(item) as usize), self.at.add(*self.first.add(item + 1) as usize)) }
    }
}

/// Runs a loop for each eight labels, and one for those that are left, so that what belongs to a label stays in a register.
macro_rules! by_labels {
    ($function:ident, $fitting:expr, $from:expr, $to:expr) => {
        let mut label = 0;
        while label < $fitting.labels {
            match $fitting.labels - label {
                1 => $function::<0, 1>($fitting, $from, $to, label),
                2 => $function::<1, 0>($fitting, $from, $to, label),
                3 => $function::<1, 1>($fitting, $from, $to, label),
                4 => $function::<2, 0>($fitting, $from, $to, label),
                5 => $function::<2, 1>($fitting, $from, $to, label),
                6 => $function::<3, 0>($fitting, $from, $to, label),
                7 => $function::<3, 1>($fitting, $from, $to, label),
                _ => $function::<4, 0>($fitting, $from, $to, label),
            }
            label += 8;
        }
    };
}

/// Probabilities and `counts` of all items; `shares` gets their sums. `counts` and `shares` are 0 before. Returns the logarithms of all weights.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn expect(
    items: u32,
    labels: u32,
    first: *const u32,
    at: *const u32,
    known: *const i32,
    priors: *const f64,
    log_priors: *const f64,
    errors: *const f64,
    log_errors: *const f64,
    probabilities: *mut f64,
    counts: *mut f64,
    shares: *mut f64,
    most: f64,
) -> f64 {
    let fitting = &Fitting {
        items: items as usize,
        labels: labels as usize,
        first,
        at,
        known,
        priors,
        log_priors,
        errors,
        log_errors,
        probabilities,
        counts,
        shares,
        most,
    };
    let mut sum = 0.0;
    let mut from = 0;
    unsafe {
        while from < fitting.items {
            let to = (from + BLOCK_ITEMS).min(fitting.items);
            by_labels!(multiply, fitting, from, to);
            sum = match fitting.labels {
                2 => normalize::<2>(fitting, from, to, sum),
                3 => normalize::<3>(fitting, from, to, sum),
                4 => normalize::<4>(fitting, from, to, sum),
                5 => normalize::<5>(fitting, from, to, sum),
                _ => normalize::<0>(fitting, from, to, sum),
            };
            by_labels!(scatter, fitting, from, to);
            from = to;
        }
    }
    sum
}

/// Adds the probabilities of all items to `counts`; nothing else is read of a fit.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn count_errors(
    items: u32,
    labels: u32,
    first: *const u32,
    at: *const u32,
    probabilities: *mut f64,
    counts: *mut f64,
) {
    let none = core::ptr::null();
    let fitting = &Fitting {
        items: items as usize,
        labels: labels as usize,
        first,
        at,
        known: core::ptr::null(),
        priors: none,
        log_priors: none,
        errors: none,
        log_errors: none,
        probabilities,
        counts,
        shares: core::ptr::null_mut(),
        most: 0.0,
    };
    unsafe {
        by_labels!(scatter, fitting, 0, fitting.items);
    }
}

#[inline(never)]
unsafe fn multiply<const PAIRS: usize, const ODD: usize>(fitting: &Fitting, from: usize, to: usize, label: usize) {
    unsafe {
        let errors = fitting.errors.add(label);
        let begun = load::<PAIRS, ODD>(fitting.priors.add(label));
        for item in from..to {
            let (mut vote, end) = fitting.votes(item);
            let mut product = begun;
            while vote < end {
                let row = load::<PAIRS, ODD>(errors.add(*vote as usize));
                for pair in 0..PAIRS + ODD {
                    product[pair] = f64x2_mul(product[pair], row[pair]);
                }
                vote = vote.add(1);
            }
            store::<PAIRS, ODD>(fitting.probabilities.add(item * fitting.labels + label), product);
        }
    }
}

/// `LABELS` is their number where it is known beforehand, and else 0.
#[inline(never)]
unsafe fn normalize<const LABELS: usize>(fitting: &Fitting, from: usize, to: usize, log_weights: f64) -> f64 {
    unsafe {
        let labels = if LABELS > 0 { LABELS } else { fitting.labels };
        let &Fitting { known, most, shares, .. } = fitting;
        let mut sum = log_weights;
        let mut product = 1.0;
        for item in from..to {
            let right = if known.is_null() { -1 } else { *known.add(item) };
            let weights = fitting.probabilities.add(item * labels);
            let (begin, end) = fitting.votes(item);
            let crowded = end.offset_from(begin) as f64 > most;
            let shift = if crowded { weigh_by_logarithms(fitting, item, right) } else { 0.0 };
            let mut all = 0.0;
            for label in 0..labels {
                all += *weights.add(label);
            }
            let weight = if right < 0 { all } else { *weights.add(right as usize) };
            let next = product * weight;
            if next > LEAST_PRODUCT && next < 1.0 / LEAST_PRODUCT {
                product = next;
            } else {
                sum += natural_log(product);
                product = weight;
            }
            sum += shift;
            if right >= 0 {
                for label in 0..labels {
                    *weights.add(label) = 0.0;
                }
                *weights.add(right as usize) = 1.0;
                all = 1.0;
            }
            if divide(weights, labels, all, shares) {
                sum = add_entropies(weights, labels, sum);
            }
        }
        sum + natural_log(product)
    }
}

/// What the entropy of probabilities below `SMALLEST` is more than their own.
#[inline(never)]
unsafe fn add_entropies(probabilities: *const f64, labels: usize, mut sum: f64) -> f64 {
    let smallest = entropy_of(SMALLEST);
    for label in 0..labels {
        let p = unsafe { *probabilities.add(label) };
        if p < SMALLEST {
            sum += smallest - entropy_of(p);
        }
    }
    sum
}

#[inline(never)]
unsafe fn scatter<const PAIRS: usize, const ODD: usize>(fitting: &Fitting, from: usize, to: usize, label: usize) {
    unsafe {
        let counts = fitting.counts.add(label);
        for item in from..to {
            let (mut vote, end) = fitting.votes(item);
            let p = load::<PAIRS, ODD>(fitting.probabilities.add(item * fitting.labels + label));
            while vote < end {
                let row = counts.add(*vote as usize);
                let mut sums = load::<PAIRS, ODD>(row);
                for pair in 0..PAIRS + ODD {
                    sums[pair] = f64x2_add(sums[pair], p[pair]);
                }
                store::<PAIRS, ODD>(row, sums);
                vote = vote.add(1);
            }
        }
    }
}

/// The labels of a row: in pairs, and an odd one with a 0 beside it.
#[inline(always)]
unsafe fn load<const PAIRS: usize, const ODD: usize>(row: *const f64) -> [v128; 4] {
    unsafe {
        let mut values = [f64x2_splat(0.0); 4];
        for pair in 0..PAIRS {
            values[pair] = v128_load(row.add(2 * pair).cast());
        }
        if ODD == 1 {
            values[PAIRS] = v128_load64_zero(row.add(2 * PAIRS).cast());
        }
        values
    }
}

#[inline(always)]
unsafe fn store<const PAIRS: usize, const ODD: usize>(row: *mut f64, values: [v128; 4]) {
    unsafe {
        for pair in 0..PAIRS {
            v128_store(row.add(2 * pair).cast(), values[pair]);
        }
        if ODD == 1 {
            v128_store64_lane::<0>(values[PAIRS], row.add(2 * PAIRS).cast());
        }
    }
}

/// Divides weights by their sum and adds them to `shares`; says whether one is below `SMALLEST`.
#[inline(always)]
unsafe fn divide(weights: *mut f64, labels: usize, all: f64, shares: *mut f64) -> bool {
    unsafe {
        let sums = f64x2_splat(all);
        let smallest = f64x2_splat(SMALLEST);
        let mut below = f64x2_splat(0.0);
        let mut label = 0;
        while label + 2 <= labels {
            let p = f64x2_div(v128_load(weights.add(label).cast()), sums);
            v128_store(weights.add(label).cast(), p);
            let share = shares.add(label);
            v128_store(share.cast(), f64x2_add(v128_load(share.cast()), p));
            below = v128_or(below, f64x2_lt(p, smallest));
            label += 2;
        }
        let mut small = v128_any_true(below);
        if label < labels {
            let p = *weights.add(label) / all;
            *weights.add(label) = p;
            *shares.add(label) += p;
            small |= p < SMALLEST;
        }
        small
    }
}

/// For an item of so many votes that its products may be too small: the largest weight, or that of what is known, is 1, and its logarithm is returned.
#[inline(never)]
unsafe fn weigh_by_logarithms(fitting: &Fitting, item: usize, right: i32) -> f64 {
    unsafe {
        let &Fitting { labels, log_priors, log_errors, .. } = fitting;
        let (mut vote, end) = fitting.votes(item);
        let weights = fitting.probabilities.add(item * labels);
        for label in 0..labels {
            *weights.add(label) = *log_priors.add(label);
        }
        while vote < end {
            let row = log_errors.add(*vote as usize);
            for label in 0..labels {
                *weights.add(label) += *row.add(label);
            }
            vote = vote.add(1);
        }
        let mut one = *weights.add(right.max(0) as usize);
        if right < 0 {
            for label in 1..labels {
                one = if *weights.add(label) > one { *weights.add(label) } else { one };
            }
        }
        for label in 0..labels {
            let less = *weights.add(label) - one;
            *weights.add(label) = exponential(if less < 0.0 { less } else { 0.0 });
        }
        one
    }
}

/// −p ln p of a probability that is not 1, and 0 where nothing of it is left beside that of `SMALLEST`.
fn entropy_of(p: f64) -> f64 {
    if p < NEGLIGIBLE { 0.0 } else { -p * natural_log(p) }
}
