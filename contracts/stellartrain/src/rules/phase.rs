//! In which phase a challenge is: one function of clock and counters, one name for each.
use crate::errors::{require, Error};
use crate::types::{Phase, State, Terms};

/// The phase at a moment.
pub fn phase(terms: &Terms, state: &State, now: u64) -> Phase {
    let accepted = state.accepted.iter().all(|version| version > 0);
    match () {
        () if state.cancelled => Phase::Cancelled,
        () if !accepted && now < terms.accept_by => Phase::Accepting,
        () if !accepted => Phase::Lapsed,
        () if state.ended > 0 => Phase::Ended,
        () if now < terms.opens => Phase::Announced,
        () if now < terms.deadline => Phase::Open,
        () if now < terms.votes_end() => Phase::Grading,
        () if now < terms.grade_by => Phase::Ranking,
        () if now < terms.end() => Phase::Judging,
        () => Phase::Over,
    }
}

impl Phase {
    /// Settling and releasing need no more than a challenge that can have submissions: all oracles accepted, and it opened.
    pub fn check_begun(self) -> Result<(), Error> {
        match self {
            Phase::Cancelled => Err(Error::Cancelled),
            Phase::Accepting | Phase::Lapsed => Err(Error::NotAccepted),
            Phase::Announced => Err(Error::NotYetOpen),
            _ => Ok(()),
        }
    }

    /// Submissions are taken from `opens` to the deadline, once all oracles have accepted.
    pub fn check_submit(self) -> Result<(), Error> {
        self.check_begun()?;
        require(self != Phase::Ended, Error::Ended)?;
        require(self == Phase::Open, Error::DeadlinePassed)
    }

    /// Votes are taken from `opens` until they end, also on the kept places of a bounty that has ended.
    pub fn check_vote(self, terms: &Terms, now: u64) -> Result<(), Error> {
        self.check_begun()?;
        require(now < terms.votes_end(), Error::GradingOver)
    }

    /// The judge's time, also for the kept places of a bounty that has ended.
    pub fn check_rule(self, terms: &Terms, now: u64) -> Result<(), Error> {
        self.check_begun()?;
        require((terms.grade_by..terms.end()).contains(&now), Error::NotJudging)
    }

    /// Oracles rank after the deadline, once every submission is final, and in the last patience of grading in any case; the
    /// judge in its time, where the oracles have no ranking.
    pub fn check_rank(self, judge: bool, all_final: bool) -> Result<(), Error> {
        match self {
            Phase::Cancelled => Err(Error::Cancelled),
            Phase::Accepting | Phase::Lapsed => Err(Error::NotAccepted),
            Phase::Grading if !judge && all_final => Ok(()),
            Phase::Ranking if !judge => Ok(()),
            Phase::Judging if judge => Ok(()),
            Phase::Judging | Phase::Over => Err(Error::GradingOver),
            _ if judge => Err(Error::NotJudging),
            _ => Err(Error::RankingTooEarly),
        }
    }

    /// Money is added until the deadline.
    pub fn check_top_up(self) -> Result<(), Error> {
        match self {
            Phase::Accepting | Phase::Announced | Phase::Open => Ok(()),
            Phase::Cancelled => Err(Error::Cancelled),
            Phase::Lapsed => Err(Error::AcceptTooLate),
            Phase::Ended => Err(Error::Ended),
            _ => Err(Error::DeadlinePassed),
        }
    }

    /// The maker's rest is sent from the deadline on, or once a bounty has ended.
    pub fn check_close(self) -> Result<(), Error> {
        self.check_begun()?;
        require(self != Phase::Open, Error::NotYetEnded)
    }

    /// The truth is opened after the end.
    pub fn check_reveal(self) -> Result<(), Error> {
        self.check_begun()?;
        require(matches!(self, Phase::Over | Phase::Ended), Error::NotYetEnded)
    }
}
