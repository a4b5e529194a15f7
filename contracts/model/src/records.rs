//! What was promised and not kept: counters of makers and oracles, kept as things happen and moved into their records by `close`.
//!
//! A challenge counts in the records from the first `close` on that finds nothing open that could still get another verdict.
//! What happens to it afterwards, a late vote, a verdict that nobody had written, is moved by a later `close`: who closes
//! early spares nobody anything.
use crate::queue::Ending;
use crate::verdict::{Verdict, Votes};

/// An oracle's conduct in one challenge, as far as it is not in its record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Submissions that it voted on, late votes included.
    pub votes: u32,
    /// Of these, `Unavailable` that it never improved.
    pub unavailable: u32,
    /// Votes equal to a quorum's verdict.
    pub agreed: u32,
    /// Votes different from a quorum's verdict.
    pub disagreed: u32,
    /// Submissions that no quorum decided and that lack its vote.
    pub missing: u32,
    /// Votes on what is not concluded: with nothing decided left at the end, the rest of the open ones are missing. It is no
    /// part of a record.
    pub open: u32,
}

impl Tally {
    /// A vote on an open submission; `improved` replaces the oracle's own `Unavailable`.
    pub fn count_vote(&mut self, vote: Verdict, improved: bool) {
        if improved {
            self.unavailable -= 1;
            return;
        }
        self.votes += 1;
        self.open += 1;
        self.unavailable += u32::from(!vote.is_graded());
    }

    /// A vote on what can get no other verdict: it is compared with the quorum's.
    pub fn count_late(&mut self, vote: Verdict, quorum: Option<Verdict>) {
        self.votes += 1;
        self.unavailable += u32::from(!vote.is_graded());
        self.compare(vote, quorum);
    }

    /// A submission is concluded.
    ///
    /// What the judge decided counts as missing as well: a judge must not hide that an oracle stayed silent. What is void was
    /// nobody's duty. With `folded`, what was missing has been counted before: all that was open then, or nothing.
    pub fn conclude(&mut self, place: usize, votes: &Votes, ending: &Ending, folded: bool) {
        let quorum = quorum(ending);
        match votes.cast[place] {
            Some(vote) => {
                self.open -= 1;
                self.compare(vote, quorum);
            }
            None => self.missing += u32::from(!folded && quorum.is_none() && *ending != Ending::Void),
        }
    }

    fn compare(&mut self, vote: Verdict, quorum: Option<Verdict>) {
        let Some(verdict) = quorum else { return };
        self.agreed += u32::from(vote.same(verdict));
        self.disagreed += u32::from(!vote.same(verdict));
    }
}

/// The verdict, where a quorum made it.
pub fn quorum(ending: &Ending) -> Option<Verdict> {
    match ending {
        Ending::Decided(decision) if decision.by_quorum() => Some(decision.verdict),
        _ => None,
    }
}

/// An oracle's record over all challenges.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OracleRecord {
    /// Challenges that it accepted.
    pub accepted: u32,
    /// Challenges that count here.
    pub folded: u32,
    /// See [`Tally`].
    pub votes: u32,
    /// See [`Tally`].
    pub unavailable: u32,
    /// See [`Tally`].
    pub agreed: u32,
    /// See [`Tally`].
    pub disagreed: u32,
    /// See [`Tally`].
    pub missing: u32,
}

impl OracleRecord {
    /// Moves what an oracle did in a challenge into its record; says whether that was anything. `undecided` is how many of the
    /// submissions are open for ever and were not counted before.
    pub fn fold(&mut self, tally: &mut Tally, undecided: u32) -> bool {
        let Tally { votes, unavailable, agreed, disagreed, missing, open } = *tally;
        let missing = missing + undecided - open.min(undecided);
        self.votes += votes;
        self.unavailable += unavailable;
        self.agreed += agreed;
        self.disagreed += disagreed;
        self.missing += missing;
        *tally = Tally { open, ..Tally::default() };
        votes + missing > 0 || agreed + disagreed > 0
    }
}

/// A maker's record over all challenges.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MakerRecord {
    /// Created.
    pub challenges: u32,
    /// Ended with everything decided.
    pub decided: u32,
    /// Ended with work undecided.
    pub undecided: u32,
    /// Promised to open the truth, ended, and did not (yet).
    pub unopened: u32,
}

/// Whether a challenge can count in the records: no submission comes any more, and all are concluded, or nothing decided is left
/// from the end on. In a bounty that has ended, only the kept places count: what is void has no record.
pub fn can_fold(closed: bool, over: bool, ended: bool, open: usize, decided: usize, kept: usize) -> bool {
    match () {
        () if !closed => false,
        () if ended => kept == 0,
        () => open == 0 || over && decided == 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verdict::{By, Decision};

    const GOOD: Verdict = Verdict::Scored { score: 95, content: 1, units: 0 };

    fn decided(verdict: Verdict, by: By) -> Ending {
        Ending::Decided(Decision { verdict, by })
    }

    #[test]
    fn agreement_is_with_a_quorum_and_silence_is_missing_without_one() {
        let mut votes = Votes::none(3);
        votes.cast[0] = Some(GOOD);
        votes.cast[1] = Some(Verdict::Rejected(1));
        let conclude = |place: usize, ending: &Ending| {
            let mut tally = Tally { open: 1, ..Tally::default() };
            tally.conclude(place, &votes, ending, false);
            (tally.agreed, tally.disagreed, tally.missing)
        };
        let quorum = decided(GOOD, By::Quorum(vec![0, 2]));
        assert_eq!(
            (conclude(0, &quorum), conclude(1, &quorum), conclude(2, &quorum)),
            ((1, 0, 0), (0, 1, 0), (0, 0, 0))
        );
        for ending in [Ending::Unsettled, decided(GOOD, By::Judge)] {
            assert_eq!(
                (conclude(0, &ending), conclude(1, &ending), conclude(2, &ending)),
                ((0, 0, 0), (0, 0, 0), (0, 0, 1))
            );
        }
        assert_eq!(conclude(2, &Ending::Void), (0, 0, 0));
        let mut tally = Tally::default();
        tally.conclude(2, &votes, &Ending::Unsettled, true);
        assert_eq!(tally, Tally::default(), "it was missing before");
    }

    #[test]
    fn votes_are_counted_once_and_an_improved_one_is_no_longer_unavailable() {
        let mut tally = Tally::default();
        tally.count_vote(Verdict::Unavailable, false);
        assert_eq!((tally.votes, tally.unavailable, tally.open), (1, 1, 1));
        tally.count_vote(GOOD, true);
        assert_eq!((tally.votes, tally.unavailable, tally.open), (1, 0, 1));
        tally.count_late(Verdict::Unavailable, Some(GOOD));
        tally.count_late(GOOD, Some(GOOD));
        tally.count_late(GOOD, None);
        assert_eq!(tally, Tally { votes: 4, unavailable: 1, agreed: 1, disagreed: 1, missing: 0, open: 1 });
    }

    #[test]
    fn five_of_five_left_ungraded_are_five_missing() {
        let mut record = OracleRecord::default();
        assert!(record.fold(&mut Tally::default(), 5));
        let mut tally = Tally { missing: 2, open: 3, ..Tally::default() };
        assert!(record.fold(&mut tally, 4));
        assert_eq!((record.missing, tally), (5 + 2 + 1, Tally { open: 3, ..Tally::default() }));
        assert!(!record.fold(&mut tally, 0), "all of it is in the record");
    }

    #[test]
    fn a_challenge_counts_when_no_other_verdict_can_come() {
        assert!(!can_fold(false, false, false, 0, 0, 0), "more may come");
        assert!(can_fold(true, false, false, 0, 0, 0) && !can_fold(true, false, false, 1, 0, 0));
        assert!(can_fold(true, true, false, 5, 0, 0) && !can_fold(true, true, false, 5, 1, 0));
        assert!(can_fold(true, false, true, 5, 3, 0) && !can_fold(true, true, true, 5, 0, 1));
    }
}
