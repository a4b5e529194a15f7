//! Area under the ROC curve, by counting pairs of a positive and a negative row: twice those in the right order, plus the ties.
//!
//! Scores arrive in runs. Each run is sorted by itself and then merged with each earlier one, which gives the pairs between them.
use super::float::Float;

/// A score as `Float::key`, and whether its row is positive.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Scored {
    pub key: u64,
    pub positive: bool,
}

/// Pairs whose two rows are in one run, or whose positive and negative row are in different ones of two: `(a, b)` and `(b, a)`.
/// Both runs are sorted by key.
pub fn between(a: &[Scored], b: &[Scored]) -> u64 {
    let (mut i, mut j, mut halves) = (0, 0, 0u64);
    let (mut below_a, mut below_b) = (0u64, 0u64);
    while i < a.len() || j < b.len() {
        let key = match (a.get(i), b.get(j)) {
            (Some(x), Some(y)) => x.key.min(y.key),
            (Some(x), None) | (None, Some(x)) => x.key,
            (None, None) => break,
        };
        let (above, ties) = (group(a, &mut i, key), group(b, &mut j, key));
        halves += above.0 * (2 * below_b + ties.1) + ties.0 * (2 * below_a + above.1);
        below_a += above.1;
        below_b += ties.1;
    }
    halves
}

/// Pairs inside of a sorted run.
pub fn within(run: &[Scored]) -> u64 {
    let (mut i, mut halves, mut below) = (0, 0u64, 0u64);
    while i < run.len() {
        let key = run[i].key;
        let (positive, negative) = group(run, &mut i, key);
        halves += positive * (2 * below + negative);
        below += negative;
    }
    halves
}

/// How many positive and negative rows of this key stand from `at` on; moves behind them.
fn group(run: &[Scored], at: &mut usize, key: u64) -> (u64, u64) {
    let (mut positive, mut negative) = (0, 0);
    while let Some(row) = run.get(*at) {
        if row.key != key {
            break;
        }
        if row.positive {
            positive += 1;
        } else {
            negative += 1;
        }
        *at += 1;
    }
    (positive, negative)
}

/// `None` where the rows have one class alone.
pub fn area(halves: u64, positives: u32, negatives: u32) -> Option<Float> {
    let pairs = u64::from(positives) * u64::from(negatives);
    Float::from_u64(halves).div(Float::from_u64(2 * pairs))
}
