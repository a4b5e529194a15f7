//! Scores of plain values: no ledger, no storage. Each is the engine's score (`oracle/grade`), bit for bit.
//!
//! * `float`, `sum`: the arithmetic
//! * `classes`: accuracy, precision, recall, F1, Matthews' coefficient, kappa
//! * `numbers`: mean absolute and squared errors
//! * `pairs`: area under the ROC curve
#![allow(clippy::should_implement_trait)] // operators cannot say that a result is too large

pub mod classes;
pub mod float;
pub mod numbers;
pub mod pairs;
pub mod sum;

#[cfg(test)]
mod test;
