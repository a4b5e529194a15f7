//! What a submission is still owed, and how it stands once that is paid.
use super::sums;
use crate::entry::{Entry, DEPOSIT_HELD, PRIZE_HELD, PRIZE_PAID, REJECT_VOTED, SILENCE_PAID};
use crate::errors::Error;
use crate::types::Verdict;

/// The challenge as this submission sees it.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    /// Due and not delivered yet.
    pub prize: i128,
    pub deposit: i128,
    /// The challenge ended before this call: what is still pending is void.
    pub ended: bool,
    /// Each ungraded submission's part, if grading is over; never in a challenge that ended.
    pub silence: Option<i128>,
    /// The most that this submission could have earned.
    pub most: i128,
}

#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Owed {
    pub prize: i128,
    pub deposit: i128,
    pub silence: i128,
    /// What of the part was more than the submission could have earned.
    pub rest: i128,
}

impl Owed {
    pub fn total(&self) -> Result<i128, Error> {
        sums::add(sums::add(self.prize, self.deposit)?, self.silence)
    }
}

/// Takes everything out that is owed now, and marks it as paid.
pub fn collect(entry: &mut Entry, standing: &Standing) -> Owed {
    let mut owed = Owed::default();
    let ungraded = matches!(entry.verdict, Verdict::Pending | Verdict::Unsettled);
    if standing.prize > 0 {
        owed.prize = standing.prize;
        entry.clear(PRIZE_HELD);
        entry.set(PRIZE_PAID);
    }
    if entry.has(DEPOSIT_HELD) {
        owed.deposit = standing.deposit;
        entry.clear(DEPOSIT_HELD);
    }
    if entry.verdict == Verdict::Pending && (standing.ended || standing.silence.is_some()) {
        owed.deposit = standing.deposit;
        entry.conclude(if standing.ended { Verdict::Void } else { Verdict::Unsettled });
    }
    let part = standing.silence.unwrap_or(0);
    if ungraded && part > 0 && !entry.has(REJECT_VOTED) && !entry.has(SILENCE_PAID) {
        owed.silence = part.min(standing.most);
        owed.rest = part - owed.silence;
        entry.set(SILENCE_PAID);
    }
    owed
}
