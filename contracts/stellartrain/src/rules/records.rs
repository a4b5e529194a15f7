//! What was promised and not kept: counters, kept as things happen and folded once for each challenge.
use super::queue::Ending;
use super::verdict::Ballot;
use crate::types::{OracleRecord, Tally, Verdict};

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

    /// A vote on what is concluded: it changes no verdict, and is compared with the quorum's, if a quorum made it.
    pub fn count_late(&mut self, vote: &Ballot, agrees: Option<bool>) {
        self.votes += 1;
        self.unavailable += u32::from(vote.verdict == Verdict::Unavailable);
        self.compare(agrees);
    }

    /// A submission is concluded, with or without this oracle's vote.
    ///
    /// What the judge decided counts as missing as well: a judge must not hide that an oracle stayed silent. What is void was
    /// no one's duty.
    pub fn conclude(&mut self, vote: Option<&Ballot>, ending: &Ending) {
        let quorum = match ending {
            Ending::Decided(decision) if decision.by_quorum() => Some(decision.ballot),
            _ => None,
        };
        match vote {
            Some(vote) => {
                self.open -= 1;
                self.compare(quorum.map(|verdict| vote.same(&verdict)));
            }
            None => self.missing += u32::from(quorum.is_none() && *ending != Ending::Void),
        }
    }

    fn compare(&mut self, agrees: Option<bool>) {
        self.agreed += u32::from(agrees == Some(true));
        self.disagreed += u32::from(agrees == Some(false));
    }
}

impl OracleRecord {
    /// Folds one challenge in. `undecided` is how many of its submissions are open for ever.
    pub fn fold(&mut self, tally: &Tally, undecided: u32) {
        self.folded += 1;
        self.votes += tally.votes;
        self.unavailable += tally.unavailable;
        self.agreed += tally.agreed;
        self.disagreed += tally.disagreed;
        self.missing += tally.missing + undecided - tally.open.min(undecided);
    }
}
