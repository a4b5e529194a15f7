//! Votes, what makes them equal, and when they are the verdict.
use crate::basics::{require, Score, Time};
use crate::refusal::Refusal;
use crate::terms::Terms;

/// What an oracle or the judge says of a submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It was graded.
    Scored {
        /// Rounded to the step, against the solver.
        score: Score,
        /// Of the canonical form; decides on copies.
        content: u64,
        /// Accepted units of a batch of labels, else 0.
        units: u32,
    },
    /// It was opened and is worth nothing, by the typed reason.
    Rejected(u32),
    /// It could not be fetched, or not graded within the oracle's means.
    Unavailable,
}

impl Verdict {
    /// Equal status, score, content and accepted units; a rejection's reason is not compared.
    pub fn same(self, other: Verdict) -> bool {
        matches!((self, other), (Verdict::Rejected(_), Verdict::Rejected(_))) || self == other
    }

    /// Whether somebody looked into the submission.
    pub fn is_graded(self) -> bool {
        self != Verdict::Unavailable
    }

    /// Whether it reaches the threshold.
    pub fn meets(self, terms: &Terms) -> bool {
        matches!(self, Verdict::Scored { score, .. } if terms.meets(score))
    }

    /// As it counts in this challenge: rounded, and with no more units than were declared.
    pub fn checked(self, terms: &Terms, declared: u32) -> Result<Verdict, Refusal> {
        let Verdict::Scored { score, content, units } = self else { return Ok(self) };
        require(units <= declared, Refusal::BadVerdict)?;
        Ok(Verdict::Scored { score: terms.round(score), content, units })
    }
}

/// Whose verdict it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    /// These m oracles, by their places, whose equal votes came first.
    Quorum(Vec<usize>),
    /// The judge, where no m oracles agreed.
    Judge,
}

/// A verdict that nothing changes any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// What stands.
    pub verdict: Verdict,
    /// Whose it is.
    pub by: By,
}

impl Decision {
    /// Whether m oracles agreed.
    pub fn by_quorum(&self) -> bool {
        matches!(self.by, By::Quorum(_))
    }
}

/// What becomes of an oracle's vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cast {
    /// It is the oracle's first.
    First,
    /// It takes the place of the oracle's own `Unavailable`.
    Improved,
    /// It would have, but others have made the verdict before: it changes nothing.
    Nothing,
}

/// The votes on one submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Votes {
    /// By the oracles' places.
    pub cast: Vec<Option<Verdict>>,
    /// When m oracles had voted, whatever they said.
    pub m_th: Option<Time>,
    /// Set by the m-th equal vote, or by the judge.
    pub decision: Option<Decision>,
}

impl Votes {
    /// None yet, of n oracles.
    pub fn none(n: usize) -> Votes {
        Votes { cast: vec![None; n], m_th: None, decision: None }
    }

    /// How many oracles voted.
    pub fn count(&self) -> usize {
        self.cast.iter().flatten().count()
    }

    /// How many voted other than `Unavailable`.
    pub fn graded(&self) -> usize {
        self.cast.iter().flatten().filter(|vote| vote.is_graded()).count()
    }

    /// Whether a vote or a ballot says that the threshold is reached.
    pub fn some_meets(&self, terms: &Terms) -> bool {
        let ballot = self.decision.as_ref().map(|decision| decision.verdict);
        self.cast.iter().flatten().copied().chain(ballot).any(|vote| vote.meets(terms))
    }

    /// Takes an oracle's vote on what was submitted at `submitted`; says what became of it.
    ///
    /// Each oracle votes once, in any order. `Unavailable` can be voted only one patience after the submission, and gives way
    /// to a graded vote of the same oracle while there is no verdict; afterwards such a vote changes nothing. The m-th equal
    /// vote is the verdict, with the lowest reason among those m: what comes later changes neither it nor who is paid for it.
    pub fn cast(
        &mut self,
        terms: &Terms,
        submitted: Time,
        oracle: usize,
        vote: Verdict,
        now: Time,
    ) -> Result<Cast, Refusal> {
        let cast = self.check(terms, submitted, oracle, vote, now)?;
        if cast == Cast::Nothing {
            return Ok(cast);
        }
        self.cast[oracle] = Some(vote);
        if cast == Cast::First && self.count() == terms.m() {
            self.m_th = Some(now);
        }
        if self.decision.is_some() {
            return Ok(cast);
        }
        let equal: Vec<usize> =
            (0..terms.n()).filter(|place| self.cast[*place].is_some_and(|other| other.same(vote))).collect();
        if equal.len() == terms.m() {
            let lowest = equal.iter().filter_map(|place| match self.cast[*place] {
                Some(Verdict::Rejected(reason)) => Some(reason),
                _ => None,
            });
            let verdict = lowest.min().map_or(vote, Verdict::Rejected);
            self.decision = Some(Decision { verdict, by: By::Quorum(equal) });
        }
        Ok(cast)
    }

    /// Whether this vote can be taken, and as what. A second vote is refused where its oracle could know better, whatever others
    /// do meanwhile; that the verdict was made before its better vote it could not.
    pub fn check(
        &self,
        terms: &Terms,
        submitted: Time,
        oracle: usize,
        vote: Verdict,
        now: Time,
    ) -> Result<Cast, Refusal> {
        let cast = match self.cast[oracle] {
            None => Cast::First,
            Some(old) if old.is_graded() || !vote.is_graded() => return Err(Refusal::AlreadyVoted),
            Some(_) if self.decision.is_some() => Cast::Nothing,
            Some(_) => Cast::Improved,
        };
        require(vote.is_graded() || now >= submitted + terms.patience, Refusal::TooEarlyForUnavailable)?;
        Ok(cast)
    }

    /// Takes the judge's ballot, one for what has no verdict. Where m oracles or more have graded, it must be one of their
    /// votes: the judge chooses between them, it does not overrule them. It says what a submission is worth, so it is graded.
    pub fn rule(&mut self, terms: &Terms, ballot: Verdict) -> Result<(), Refusal> {
        require(ballot.is_graded(), Refusal::BadVerdict)?;
        require(self.decision.is_none(), Refusal::AlreadyDecided)?;
        let among = self.cast.iter().flatten().any(|vote| vote.same(ballot));
        require(self.graded() < terms.m() || among, Refusal::NotAmongTheVotes)?;
        self.decision = Some(Decision { verdict: ballot, by: By::Judge });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::play::samples;
    use Verdict::{Rejected, Unavailable};

    fn scored(score: Score) -> Verdict {
        Verdict::Scored { score, content: 1, units: 0 }
    }

    #[test]
    fn m_equal_votes_are_the_verdict_in_any_order() {
        let terms = samples::bounty(10, 1);
        for (first, second, third) in [(0, 1, 2), (2, 0, 1), (1, 2, 0)] {
            let mut votes = Votes::none(3);
            votes.cast(&terms, 0, first, scored(95), 5).unwrap();
            votes.cast(&terms, 0, second, scored(94), 6).unwrap();
            assert_eq!((votes.m_th, &votes.decision), (Some(6), &None));
            votes.cast(&terms, 0, third, scored(95), 7).unwrap();
            let mut by = vec![first, third];
            by.sort();
            assert_eq!(votes.decision, Some(Decision { verdict: scored(95), by: By::Quorum(by) }));
            assert_eq!(votes.m_th, Some(6));
        }
    }

    #[test]
    fn the_lowest_reason_of_the_quorum_stands_whatever_comes_later() {
        let terms = samples::bounty(10, 1);
        let mut votes = Votes::none(3);
        votes.cast(&terms, 0, 0, Rejected(7), 5).unwrap();
        votes.cast(&terms, 0, 1, Rejected(4), 5).unwrap();
        votes.cast(&terms, 0, 2, Rejected(1), 5).unwrap();
        assert_eq!(votes.decision, Some(Decision { verdict: Rejected(4), by: By::Quorum(vec![0, 1]) }));
    }

    #[test]
    fn unavailable_waits_a_patience_and_gives_way_until_the_verdict() {
        let terms = samples::bounty(10, 1);
        let p = terms.patience;
        let mut votes = Votes::none(3);
        assert_eq!(votes.cast(&terms, 100, 0, Unavailable, 99 + p), Err(Refusal::TooEarlyForUnavailable));
        votes.cast(&terms, 100, 0, Unavailable, 100 + p).unwrap();
        assert_eq!(votes.cast(&terms, 100, 0, Unavailable, 100 + p), Err(Refusal::AlreadyVoted));
        let mut decided = votes.clone();
        decided.cast(&terms, 100, 1, Unavailable, 100 + p).unwrap();
        assert_eq!(decided.decision.as_ref().map(|it| it.verdict), Some(Unavailable));
        let before = decided.clone();
        assert_eq!(decided.cast(&terms, 100, 0, scored(95), 100 + p), Ok(Cast::Nothing), "others were faster");
        assert_eq!(decided, before);
        assert_eq!(decided.cast(&terms, 100, 0, Unavailable, 100 + p), Err(Refusal::AlreadyVoted), "its own second");
        assert_eq!(votes.cast(&terms, 100, 0, scored(95), 101 + p), Ok(Cast::Improved));
        assert_eq!(votes.cast(&terms, 100, 0, scored(94), 101 + p), Err(Refusal::AlreadyVoted));
        assert_eq!(votes.cast(&terms, 100, 0, Unavailable, 101 + p), Err(Refusal::AlreadyVoted));
        assert_eq!(votes.m_th, None, "an improved vote is the same oracle's");
    }

    #[test]
    fn equal_means_status_score_content_and_units() {
        let one = |score, content, units| Verdict::Scored { score, content, units };
        assert!(one(1, 2, 3).same(one(1, 2, 3)) && Rejected(1).same(Rejected(2)) && Unavailable.same(Unavailable));
        for other in [one(0, 2, 3), one(1, 0, 3), one(1, 2, 0), Rejected(1), Unavailable] {
            assert!(!one(1, 2, 3).same(other) && !other.same(one(1, 2, 3)));
        }
        assert!(!Rejected(1).same(Unavailable));
    }

    #[test]
    fn a_ballot_is_among_the_votes_of_a_quorum_that_graded() {
        let terms = samples::bounty(10, 1);
        let mut votes = Votes::none(3);
        votes.cast(&terms, 0, 0, scored(50), 100).unwrap();
        votes.cast(&terms, 0, 1, Unavailable, 100).unwrap();
        assert_eq!(votes.clone().rule(&terms, scored(95)), Ok(()), "one graded vote binds nobody");
        votes.cast(&terms, 0, 2, Rejected(3), 100).unwrap();
        assert_eq!(votes.clone().rule(&terms, scored(95)), Err(Refusal::NotAmongTheVotes));
        assert_eq!(votes.clone().rule(&terms, Unavailable), Err(Refusal::BadVerdict));
        assert_eq!(votes.clone().rule(&terms, Rejected(9)), Ok(()));
        votes.rule(&terms, scored(50)).unwrap();
        assert_eq!(votes.rule(&terms, scored(50)), Err(Refusal::AlreadyDecided));
        assert!(!votes.decision.unwrap().by_quorum());
    }

    #[test]
    fn a_vote_is_rounded_and_bounded_by_what_was_declared() {
        let terms = samples::bounty(10, 1);
        let odd = Verdict::Scored { score: 95, content: 1, units: 2 };
        assert_eq!(odd.checked(&terms, 1), Err(Refusal::BadVerdict));
        assert_eq!(
            odd.checked(&crate::terms::Terms { step: 10, ..terms }, 2),
            Ok(Verdict::Scored { score: 90, content: 1, units: 2 })
        );
    }
}
