//! What was promised and not kept: counters, kept as things happen and moved into the records by `close`.
//!
//! A challenge counts in the records from the first `close` on that finds nothing open that could still get another verdict. What
//! happens to it afterwards, a late vote, a verdict that no call had written, is moved by a later `close`: who closes early
//! spares no one anything.
use super::queue::Ending;
use super::verdict::Ballot;
use crate::types::{OracleRecord, State, Tally, Terms, Verdict};

impl Tally {
    /// A vote on an open submission; `improved` replaces the oracle's own `Unavailable`.
    pub fn count_vote(&mut self, vote: &Ballot, improved: bool) {
        if improved {
            self.unavailable -= 1;
            return;
        }
        self.votes += 1;
        self.open += 1;
        self.unavailable += u32::from(!vote.is_graded());
    }

    /// A vote on what can get no other verdict: it is compared with the quorum's, if a quorum made it.
    pub fn count_late(&mut self, vote: &Ballot, agrees: Option<bool>) {
        self.votes += 1;
        self.unavailable += u32::from(vote.verdict == Verdict::Unavailable);
        self.compare(agrees);
    }

    /// A submission is concluded, with or without this oracle's vote.
    ///
    /// What the judge decided counts as missing as well: a judge must not hide that an oracle stayed silent. What is void was
    /// no one's duty. With `folded`, what was missing has been counted before: all that was open then, or nothing.
    pub fn conclude(&mut self, vote: Option<&Ballot>, ending: &Ending, folded: bool) {
        let quorum = match ending {
            Ending::Decided(decision) if decision.by_quorum() => Some(decision.ballot),
            _ => None,
        };
        match vote {
            Some(vote) => {
                self.open -= 1;
                self.compare(quorum.map(|verdict| vote.same(&verdict)));
            }
            None => self.missing += u32::from(!folded && quorum.is_none() && *ending != Ending::Void),
        }
    }

    fn compare(&mut self, agrees: Option<bool>) {
        self.agreed += u32::from(agrees == Some(true));
        self.disagreed += u32::from(agrees == Some(false));
    }
}

impl OracleRecord {
    /// Moves what the oracle did in a challenge into its record; returns what is left to count there later, and whether the record
    /// grew. `undecided` is how many of the submissions are open for ever and were not counted before.
    pub fn fold(&mut self, tally: &Tally, undecided: u32) -> (Tally, bool) {
        let missing = tally.missing + undecided - tally.open.min(undecided);
        self.votes += tally.votes;
        self.unavailable += tally.unavailable;
        self.agreed += tally.agreed;
        self.disagreed += tally.disagreed;
        self.missing += missing;
        let grew = tally.votes > 0 || tally.agreed > 0 || tally.disagreed > 0 || missing > 0;
        (Tally { open: tally.open, ..Tally::default() }, grew)
    }
}

/// Whether a challenge can count in the records: no submission can follow, and all are concluded, or nothing decided is left from
/// the end on. In a bounty that has ended, only the kept places count: what is void has no record.
pub fn can_count(terms: &Terms, state: &State, now: u64) -> bool {
    match () {
        () if state.ended > 0 => state.kept == 0,
        () if now < terms.deadline => false,
        () => state.submitted == state.concluded || now >= terms.end() && state.decided == 0,
    }
}
