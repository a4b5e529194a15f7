//! In which phase a challenge is: one function of clock and counters, one name for each.
use crate::basics::{require, Time};
use crate::refusal::Refusal;
use crate::terms::Terms;

/// The phases, in the order in which a challenge can pass through them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Everything went back to the maker.
    Cancelled,
    /// The oracles try the truth and accept; the maker may still take everything back.
    Accepting,
    /// Not all accepted in time; anyone may send everything back.
    Lapsed,
    /// All accepted, not open yet.
    Announced,
    /// Submissions and votes are taken.
    Open,
    /// Votes are taken.
    Grading,
    /// The last patience of a ranking's grading: only rankings are taken.
    Ranking,
    /// Ballots and rankings of the judge are taken.
    Judging,
    /// Everything is decided or never will be; anyone carries it out.
    Over,
    /// A bounty found its last winner. Votes, ballots and the end go on for the kept places alone.
    Ended,
}

/// What decides on the phase.
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    /// Everything was sent back.
    pub cancelled: bool,
    /// All oracles accepted.
    pub accepted: bool,
    /// The board of a bounty was full before the end.
    pub ended: bool,
}

/// The phase at a moment.
pub fn phase(terms: &Terms, facts: Facts, now: Time) -> Phase {
    match () {
        () if facts.cancelled => Phase::Cancelled,
        () if !facts.accepted && now < terms.accept_by => Phase::Accepting,
        () if !facts.accepted => Phase::Lapsed,
        () if facts.ended => Phase::Ended,
        () if now < terms.opens => Phase::Announced,
        () if now < terms.deadline => Phase::Open,
        () if now < terms.votes_end() => Phase::Grading,
        () if now < terms.grade_by => Phase::Ranking,
        () if now < terms.end() => Phase::Judging,
        () => Phase::Over,
    }
}

impl Phase {
    /// Refuses before all oracles accepted and the challenge opened.
    fn check_begun(self) -> Result<(), Refusal> {
        match self {
            Phase::Cancelled => Err(Refusal::Cancelled),
            Phase::Accepting | Phase::Lapsed => Err(Refusal::NotAccepted),
            Phase::Announced => Err(Refusal::NotYetOpen),
            _ => Ok(()),
        }
    }

    /// Submissions are taken from `opens` to the deadline, once all oracles have accepted.
    pub fn check_submit(self) -> Result<(), Refusal> {
        self.check_begun()?;
        require(self != Phase::Ended, Refusal::Ended)?;
        require(self == Phase::Open, Refusal::DeadlinePassed)
    }

    /// Votes are taken from `opens` until they end, also on the kept places of a bounty that has ended.
    pub fn check_vote(self, terms: &Terms, now: Time) -> Result<(), Refusal> {
        self.check_begun()?;
        require(now < terms.votes_end(), Refusal::GradingOver)
    }

    /// Settling and releasing need no more than a challenge that can have submissions.
    pub fn check_settle(self) -> Result<(), Refusal> {
        self.check_begun()
    }

    /// The judge's time, also for the kept places of a bounty that has ended.
    pub fn check_rule(self, terms: &Terms, now: Time) -> Result<(), Refusal> {
        self.check_begun()?;
        require((terms.grade_by..terms.end()).contains(&now), Refusal::NotJudging)
    }

    /// The maker's rest is sent from the deadline on, or once a bounty has ended.
    pub fn check_close(self) -> Result<(), Refusal> {
        self.check_begun()?;
        require(self != Phase::Open, Refusal::TooEarlyToClose)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::play::samples;

    #[test]
    fn every_boundary_is_half_open() {
        let terms = samples::ranked(&[10]);
        let facts = Facts { cancelled: false, accepted: true, ended: false };
        let at = |now| phase(&terms, facts, now);
        for (edge, before, from) in [
            (terms.opens, Phase::Announced, Phase::Open),
            (terms.deadline, Phase::Open, Phase::Grading),
            (terms.grade_by - terms.patience, Phase::Grading, Phase::Ranking),
            (terms.grade_by, Phase::Ranking, Phase::Judging),
            (terms.end(), Phase::Judging, Phase::Over),
        ] {
            assert_eq!((at(edge - 1), at(edge)), (before, from));
        }
    }

    #[test]
    fn acceptance_comes_before_the_clock_and_the_last_winner_after_it() {
        let terms = samples::bounty(10, 1);
        let facts = Facts { cancelled: false, accepted: false, ended: false };
        assert_eq!(phase(&terms, facts, terms.accept_by - 1), Phase::Accepting);
        assert_eq!(phase(&terms, facts, terms.accept_by), Phase::Lapsed);
        assert_eq!(phase(&terms, Facts { cancelled: true, ..facts }, terms.end()), Phase::Cancelled);
        assert_eq!(phase(&terms, Facts { accepted: true, ended: true, ..facts }, terms.end()), Phase::Ended);
    }

    #[test]
    fn only_a_ranking_has_a_ranking_phase_and_only_a_judge_judges() {
        let mut terms = samples::bounty(10, 1);
        terms.judge = None;
        let facts = Facts { cancelled: false, accepted: true, ended: false };
        assert_eq!(phase(&terms, facts, terms.grade_by - 1), Phase::Grading);
        assert_eq!(phase(&terms, facts, terms.grade_by), Phase::Over);
    }

    #[test]
    fn each_call_has_its_phases() {
        let terms = samples::bounty(10, 1);
        assert_eq!(Phase::Lapsed.check_submit(), Err(Refusal::NotAccepted));
        assert_eq!(Phase::Announced.check_submit(), Err(Refusal::NotYetOpen));
        assert_eq!(Phase::Ended.check_submit(), Err(Refusal::Ended));
        assert_eq!(Phase::Grading.check_submit(), Err(Refusal::DeadlinePassed));
        assert_eq!(Phase::Cancelled.check_vote(&terms, terms.opens), Err(Refusal::Cancelled));
        assert_eq!(Phase::Ended.check_vote(&terms, terms.grade_by - 1), Ok(()));
        assert_eq!(Phase::Ended.check_vote(&terms, terms.grade_by), Err(Refusal::GradingOver));
        assert_eq!(Phase::Grading.check_rule(&terms, terms.grade_by - 1), Err(Refusal::NotJudging));
        assert_eq!(Phase::Judging.check_rule(&terms, terms.grade_by), Ok(()));
        assert_eq!(Phase::Ended.check_rule(&terms, terms.end()), Err(Refusal::NotJudging));
        assert_eq!(Phase::Open.check_close(), Err(Refusal::TooEarlyToClose));
        assert_eq!((Phase::Ended.check_close(), Phase::Grading.check_close()), (Ok(()), Ok(())));
    }
}
