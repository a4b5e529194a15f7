//! Neumaier's compensated sum, step for step the engine's (`oracle/grade/src/arithmetic/sum.ts`).
use super::float::Float;

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Sum {
    pub sum: Float,
    pub lost: Float,
}

impl Sum {
    pub const EMPTY: Sum = Sum { sum: Float::ZERO, lost: Float::ZERO };

    /// `None` once it is too large for a float64: then there is no score.
    pub fn add(self, x: Float) -> Option<Sum> {
        let Sum { sum, lost } = self;
        let next = sum.add(x)?;
        let error = if sum.abs().0 >= x.abs().0 { sum.sub(next)?.add(x)? } else { x.sub(next)?.add(sum)? };
        Some(Sum { sum: next, lost: lost.add(error)? })
    }

    pub fn total(self) -> Option<Float> {
        self.sum.add(self.lost)
    }
}

/// The sum of all terms, in their order.
pub fn total(terms: impl Iterator<Item = Option<Float>>) -> Option<Float> {
    let mut sum = Sum::EMPTY;
    for term in terms {
        sum = sum.add(term?)?;
    }
    sum.total()
}
