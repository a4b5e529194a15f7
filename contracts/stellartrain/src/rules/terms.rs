//! What a maker fixes at creation, and the bounds that no one can be pushed over.
use super::{payout, sums, MAX_ORACLES};
use crate::errors::{require, Error};
use crate::types::{Config, Payout, Terms};

const DAY: u64 = 86_400;
pub const MAX_PATIENCE: u64 = 7 * DAY;
/// Entries of a challenge can be kept alive this long without anyone extending them.
pub const MAX_LENGTH: u64 = 150 * DAY;

impl Terms {
    /// The quorum: whoever can block a verdict (n − m + 1 oracles) could as well make one.
    pub fn quorum(&self) -> u32 {
        self.oracles.len().div_ceil(2)
    }

    /// What a quorum's verdict costs: the same whatever it says.
    pub fn verdict_fee(&self) -> i128 {
        self.oracle_fee * i128::from(self.quorum())
    }

    /// From here on decisions are only carried out.
    pub fn end(&self) -> u64 {
        self.judge.as_ref().map_or(self.grade_by, |judge| judge.judge_by)
    }

    /// Votes are taken before this moment; a ranking's last patience belongs to the ranking alone.
    pub fn votes_end(&self) -> u64 {
        self.grade_by - if self.is_ranked() { self.patience } else { 0 }
    }

    /// First come is first paid: the only rule with a queue.
    pub fn is_bounty(&self) -> bool {
        matches!(self.payout, Payout::Bounty(_))
    }

    pub fn is_ranked(&self) -> bool {
        matches!(self.payout, Payout::Ranked(_))
    }

    pub fn is_earnings(&self) -> bool {
        matches!(self.payout, Payout::Earnings)
    }

    /// Whether a rounded score reaches the threshold.
    pub fn meets(&self, score: i64) -> bool {
        payout::meets(score, self.threshold, self.direction)
    }
}

/// Everything that the terms and what is paid in alone decide.
pub fn check(terms: &Terms, prize: i128, budget: i128, now: u64, config: &Config) -> Result<(), Error> {
    let n = terms.oracles.len();
    require(matches!(n, 1 | 3 | 5) && n as usize <= MAX_ORACLES, Error::BadOracles)?;
    check_times(terms, now, config)?;
    for amount in [terms.oracle_fee, terms.deposit, budget] {
        sums::amount(amount)?;
    }
    payout::check(&terms.payout, prize)?;
    require(!terms.is_earnings() || terms.deposit == 0, Error::BadPayout)?;
    require(!terms.is_ranked() || budget >= terms.verdict_fee(), Error::BudgetTooSmall)?;
    require(terms.step >= 1, Error::BadStep)?;
    require(terms.attempts >= 1 && terms.attempts_per_day >= 1, Error::BadAttempts)
}

/// No one is rushed: a solver has one patience between everything that must come before and the deadline, the oracles have
/// four after it, and they and the judge at least one window.
fn check_times(terms: &Terms, now: u64, config: &Config) -> Result<(), Error> {
    let p = terms.patience;
    require((config.min_patience..=MAX_PATIENCE).contains(&p), Error::BadPatience)?;
    let after = |from: u64, more: u64| from.checked_add(more).ok_or(Error::BadTimes);
    let fits = terms.accept_by > now
        && after(terms.opens, p)? <= terms.deadline
        && after(terms.accept_by, p)? <= terms.deadline
        && terms.grade_by >= after(terms.deadline, 4 * p)?
        && terms.grade_by >= after(terms.deadline, config.min_window)?
        && terms.end() <= after(now, MAX_LENGTH)?;
    require(fits, Error::BadTimes)?;
    match &terms.judge {
        Some(judge) => require(judge.judge_by >= after(terms.grade_by, config.min_window)?, Error::BadTimes),
        None => Ok(()),
    }
}
