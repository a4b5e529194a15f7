//! What was promised and not kept: counters of makers and oracles, kept as things happen and folded once for each challenge.
use crate::queue::Ending;
use crate::verdict::{Verdict, Votes};

/// An oracle's conduct in one challenge.
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
    /// Votes on what is not concluded: with nothing decided left at the end, the rest of the open ones are missing.
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

    /// A vote on what is concluded: it changes no verdict, and is compared with the quorum's.
    pub fn count_late(&mut self, vote: Verdict, quorum: Option<Verdict>) {
        self.votes += 1;
        self.unavailable += u32::from(!vote.is_graded());
        self.compare(vote, quorum);
    }

    /// A submission is concluded.
    ///
    /// What the judge decided counts as missing as well: a judge must not hide that an oracle stayed silent. What is void was
    /// nobody's duty.
    pub fn conclude(&mut self, place: usize, votes: &Votes, ending: &Ending) {
        let quorum = quorum(ending);
        match votes.cast[place] {
            Some(vote) => {
                self.open -= 1;
                self.compare(vote, quorum);
            }
            None => self.missing += u32::from(quorum.is_none() && *ending != Ending::Void),
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
    /// Folds one challenge in. `undecided` is how many of its submissions are open for ever.
    pub fn fold(&mut self, tally: &Tally, undecided: u32) {
        self.votes += tally.votes;
        self.unavailable += tally.unavailable;
        self.agreed += tally.agreed;
        self.disagreed += tally.disagreed;
        self.missing += tally.missing + undecided - tally.open.min(undecided);
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

/// Whether the records of a challenge can be folded: no submission comes any more, and all are concluded, or nothing decided
/// is left from the end on. In a bounty that has ended, only the kept places count: what is void has no record.
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
            tally.conclude(place, &votes, ending);
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
        record.fold(&Tally::default(), 5);
        record.fold(&Tally { missing: 2, open: 3, ..Tally::default() }, 4);
        assert_eq!(record.missing, 5 + 2 + 1);
    }

    #[test]
    fn records_are_folded_when_nothing_can_change_them() {
        assert!(!can_fold(false, false, false, 0, 0, 0), "more may come");
        assert!(can_fold(true, false, false, 0, 0, 0) && !can_fold(true, false, false, 1, 0, 0));
        assert!(can_fold(true, true, false, 5, 0, 0) && !can_fold(true, true, false, 5, 1, 0));
        assert!(can_fold(true, false, true, 5, 3, 0) && !can_fold(true, true, true, 5, 0, 1));
    }
}
