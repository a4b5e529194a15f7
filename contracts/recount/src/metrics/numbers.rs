//! Metrics of numbers: the mean loss of the rows, summed in their order.
use super::float::Float;
use super::sum::Sum;

/// What a row's error costs.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Loss {
    Absolute,
    Squared,
}

/// Adds a row. `None` once it is too large for a float64.
pub fn add(sum: Sum, loss: Loss, truth: Float, predicted: Float) -> Option<Sum> {
    let error = truth.sub(predicted)?;
    sum.add(match loss {
        Loss::Absolute => error.abs(),
        Loss::Squared => error.mul(error)?,
    })
}

/// The mean loss of so many rows; `root` takes its square root.
pub fn mean(sum: Sum, rows: u32, root: bool) -> Option<Float> {
    let mean = sum.total()?.div(Float::from_u64(rows.into()))?;
    if root {
        mean.sqrt()
    } else {
        Some(mean)
    }
}
