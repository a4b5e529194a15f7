//! Metrics of classes: of how often each class is true, predicted, and both.
//!
//! Counts stay below 2^53, so the engine's sums of them are exact; every quotient is rounded as the engine rounds it.
use super::float::Float;
use super::sum::total;

/// Of each class, in the engine's order (texts by their bytes, numbers by value).
#[derive(Clone, Copy)]
pub struct Counts<'a> {
    pub actual: &'a [u32],
    pub predicted: &'a [u32],
    pub both: &'a [u32],
}

/// Right ÷ something, of one class or of all together.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Ratio {
    F1,
    Precision,
    Recall,
}

/// How the ratios of the classes become one.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Average {
    /// Of the class at this place alone.
    Binary(u32),
    Micro,
    Macro,
    Weighted,
}

impl Counts<'_> {
    fn sum(&self, of: &[u32]) -> u64 {
        of.iter().map(|count| u64::from(*count)).sum()
    }

    /// Classes that occur in truth or prediction.
    fn present(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.actual.len()).filter(|class| self.actual[*class] + self.predicted[*class] > 0)
    }
}

impl Ratio {
    /// 0 ÷ 0 is 0.
    fn of(self, both: u64, predicted: u64, actual: u64) -> Option<Float> {
        let (top, bottom) = match self {
            Ratio::F1 => (2 * both, actual + predicted),
            Ratio::Precision => (both, predicted),
            Ratio::Recall => (both, actual),
        };
        if bottom == 0 {
            return Some(Float::ZERO);
        }
        quotient(top, bottom)
    }
}

fn quotient(top: u64, bottom: u64) -> Option<Float> {
    Float::from_u64(top).div(Float::from_u64(bottom))
}

/// The share of rows whose class is right.
pub fn accuracy(counts: Counts) -> Option<Float> {
    quotient(counts.sum(counts.both), counts.sum(counts.actual))
}

/// Recall, averaged over the classes of the truth.
pub fn balanced_accuracy(counts: Counts) -> Option<Float> {
    let known = || (0..counts.actual.len()).filter(|class| counts.actual[*class] > 0);
    let sum = total(known().map(|class| quotient(counts.both[class].into(), counts.actual[class].into())))?;
    sum.div(Float::from_u64(known().count() as u64))
}

/// Precision, recall or F1, averaged; a ratio without any row counts as 0.
pub fn ratio(counts: Counts, ratio: Ratio, average: Average) -> Option<Float> {
    let Counts { actual, predicted, both } = counts;
    let of_class = |class: usize| ratio.of(both[class].into(), predicted[class].into(), actual[class].into());
    match average {
        Average::Binary(class) => of_class(class as usize),
        Average::Micro => ratio.of(counts.sum(both), counts.sum(predicted), counts.sum(actual)),
        Average::Macro => {
            let sum = total(counts.present().map(of_class))?;
            sum.div(Float::from_u64(counts.present().count() as u64))
        }
        Average::Weighted => {
            let weighted = |class: usize| Float::from_u64(actual[class].into()).mul(of_class(class)?);
            total(counts.present().map(weighted))?.div(Float::from_u64(counts.sum(actual)))
        }
    }
}

/// Matthews correlation coefficient; 0 where truth or prediction has one class alone.
pub fn mcc(counts: Counts) -> Option<Float> {
    let Counts { actual, predicted, both } = counts;
    let square =
        |of: &[u32], by: &[u32]| -> i64 { of.iter().zip(by).map(|(a, b)| i64::from(*a) * i64::from(*b)).sum() };
    let (rows, right) = (counts.sum(actual) as i64, counts.sum(both) as i64);
    let covariance = right * rows - square(actual, predicted);
    let of_truth = rows * rows - square(actual, actual);
    let of_prediction = rows * rows - square(predicted, predicted);
    if of_truth == 0 || of_prediction == 0 {
        return Some(Float::ZERO);
    }
    let product = Float::from_i64(of_truth).mul(Float::from_i64(of_prediction))?;
    Float::from_i64(covariance).div(product.sqrt()?)
}

/// Cohen's kappa, every wrong class counting alike.
pub fn cohen_kappa(counts: Counts) -> Option<Float> {
    let Counts { actual, predicted, both } = counts;
    let rows = counts.sum(actual);
    let chance: u64 = actual.iter().zip(predicted).map(|(a, b)| u64::from(*a) * u64::from(*b)).sum();
    let expected = quotient(rows * rows - chance, rows)?;
    let observed = Float::from_u64(rows - counts.sum(both));
    Float::from_u64(1).sub(observed.div(expected)?)
}
