//! What a metric needs of the rows so far, kept between two transactions; of the public and of the private rows of a ranking apart.
use crate::errors::{require, Error};
use crate::metrics::classes::{self, Average, Counts, Ratio};
use crate::metrics::float::Float;
use crate::metrics::numbers::{self, Loss};
use crate::metrics::pairs;
use crate::metrics::sum::Sum;
use crate::types::Metric;

pub const MAX_CLASSES: usize = 64;
/// Bytes of the largest tally.
pub const SAVED: usize = 2 * PART;
/// Of one part: three counts of each class.
const PART: usize = 3 * 4 * MAX_CLASSES;

/// What a row of a metric is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kind {
    /// A class in truth and work.
    Classes,
    /// A number in both.
    Numbers(Loss),
    /// A class in the truth, a number in the work.
    Scores,
}

impl Metric {
    pub fn kind(self) -> Kind {
        match self {
            Metric::RocAuc => Kind::Scores,
            Metric::Mae => Kind::Numbers(Loss::Absolute),
            Metric::Mse | Metric::Rmse => Kind::Numbers(Loss::Squared),
            _ => Kind::Classes,
        }
    }
}

/// Of one part of the rows.
#[derive(Clone, Copy)]
pub struct Part {
    actual: [u32; MAX_CLASSES],
    predicted: [u32; MAX_CLASSES],
    both: [u32; MAX_CLASSES],
    sum: Sum,
    /// Pairs, see `metrics::pairs`.
    pub halves: u64,
    /// Rows in all; of scores the positive and the negative ones.
    rows: [u32; 2],
}

impl Part {
    pub const EMPTY: Part = Part {
        actual: [0; MAX_CLASSES],
        predicted: [0; MAX_CLASSES],
        both: [0; MAX_CLASSES],
        sum: Sum::EMPTY,
        halves: 0,
        rows: [0; 2],
    };

    pub fn add_classes(&mut self, truth: usize, predicted: usize) {
        self.actual[truth] += 1;
        self.predicted[predicted] += 1;
        if truth == predicted {
            self.both[truth] += 1;
        }
    }

    pub fn add_numbers(&mut self, loss: Loss, truth: Float, predicted: Float) -> Result<(), Error> {
        self.sum = numbers::add(self.sum, loss, truth, predicted).ok_or(Error::NoScore)?;
        self.rows[0] += 1;
        Ok(())
    }

    /// Counts the row; its pairs are counted with its run.
    pub fn add_score(&mut self, positive: bool) {
        self.rows[usize::from(!positive)] += 1;
    }

    /// In units of 1e-7.
    pub fn score(&self, metric: Metric, classes: usize, positive: u32) -> Result<i64, Error> {
        let counts = Counts {
            actual: &self.actual[..classes],
            predicted: &self.predicted[..classes],
            both: &self.both[..classes],
        };
        let ratio = |ratio, average| classes::ratio(counts, ratio, average);
        let binary = Average::Binary(positive);
        let score = match metric {
            Metric::Accuracy => classes::accuracy(counts),
            Metric::BalancedAccuracy => classes::balanced_accuracy(counts),
            Metric::F1Binary => ratio(Ratio::F1, binary),
            Metric::F1Micro => ratio(Ratio::F1, Average::Micro),
            Metric::F1Macro => ratio(Ratio::F1, Average::Macro),
            Metric::F1Weighted => ratio(Ratio::F1, Average::Weighted),
            Metric::PrecisionBinary => ratio(Ratio::Precision, binary),
            Metric::PrecisionMicro => ratio(Ratio::Precision, Average::Micro),
            Metric::PrecisionMacro => ratio(Ratio::Precision, Average::Macro),
            Metric::PrecisionWeighted => ratio(Ratio::Precision, Average::Weighted),
            Metric::RecallBinary => ratio(Ratio::Recall, binary),
            Metric::RecallMicro => ratio(Ratio::Recall, Average::Micro),
            Metric::RecallMacro => ratio(Ratio::Recall, Average::Macro),
            Metric::RecallWeighted => ratio(Ratio::Recall, Average::Weighted),
            Metric::Mcc => classes::mcc(counts),
            Metric::CohenKappa => classes::cohen_kappa(counts),
            Metric::RocAuc => pairs::area(self.halves, self.rows[0], self.rows[1]),
            Metric::Mae | Metric::Mse => numbers::mean(self.sum, self.rows[0], false),
            Metric::Rmse => numbers::mean(self.sum, self.rows[0], true),
        };
        score.and_then(Float::to_units).ok_or(Error::NoScore)
    }
}

/// Writes the parts; returns how many bytes they take.
pub fn save(parts: &[Part], kind: Kind, classes: usize, to: &mut [u8; SAVED]) -> usize {
    let mut at = 0;
    let mut put = |bytes: &[u8]| {
        to[at..at + bytes.len()].copy_from_slice(bytes);
        at += bytes.len();
    };
    for part in parts {
        if kind == Kind::Classes {
            for counts in [&part.actual, &part.predicted, &part.both] {
                counts[..classes].iter().for_each(|count| put(&count.to_be_bytes()));
            }
        } else {
            [part.sum.sum.0, part.sum.lost.0, part.halves].iter().for_each(|word| put(&word.to_be_bytes()));
            part.rows.iter().for_each(|count| put(&count.to_be_bytes()));
        }
    }
    at
}

/// Reads what `save` wrote.
pub fn load(from: &[u8], kind: Kind, classes: usize, parts: &mut [Part]) -> Result<(), Error> {
    let mut at = 0;
    let mut word = || {
        let bytes: Option<[u8; 4]> = from.get(at..at + 4).and_then(|bytes| bytes.try_into().ok());
        at += 4;
        bytes.map(u32::from_be_bytes).ok_or(Error::BadForm) // not reachable: the contract wrote it
    };
    for part in parts {
        if kind == Kind::Classes {
            for counts in [&mut part.actual, &mut part.predicted, &mut part.both] {
                for count in &mut counts[..classes] {
                    *count = word()?;
                }
            }
        } else {
            let mut long = || Ok(u64::from(word()?) << 32 | u64::from(word()?));
            part.sum = Sum { sum: Float(long()?), lost: Float(long()?) };
            part.halves = long()?;
            part.rows = [word()?, word()?];
        }
    }
    require(at == from.len(), Error::BadForm)
}
