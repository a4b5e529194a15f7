//! What the judge that grades has been shown.
use crate::basics::Number;

/// What was opened to the judge so far.
#[derive(Default)]
pub(super) struct Opened {
    pub(super) truth: bool,
    /// In the order of opening.
    pub(super) works: Vec<Number>,
    /// And whether as scored.
    pub(super) ruled: Vec<(Number, bool)>,
}
