//! The state of a challenge and of its submissions.
use crate::attempts::Attempts;
use crate::basics::{Address, Amount, Number, Score, Time};
use crate::board::Board;
use crate::earnings::Earnings;
use crate::phase::{phase, Facts, Phase};
use crate::queue::{Ending, View};
use crate::ranking::{Place, Rankings};
use crate::records::Tally;
use crate::terms::{Payout, Terms};
use crate::verdict::{Verdict, Votes};
use std::collections::BTreeMap;

/// How a submission stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Open.
    Pending,
    /// Graded.
    Scored {
        /// Rounded.
        score: Score,
        /// The content's hash.
        content: u64,
        /// Accepted units.
        units: u32,
    },
    /// Worth nothing, for this reason.
    Rejected(u32),
    /// Could not be fetched or graded.
    Unavailable,
    /// Nobody decided before the end.
    Unsettled,
    /// The last winner was found before its turn.
    Void,
}

impl Status {
    /// What an ending leaves behind.
    pub fn of(ending: &Ending) -> Status {
        match ending {
            Ending::Unsettled => Status::Unsettled,
            Ending::Void => Status::Void,
            Ending::Decided(decision) => match decision.verdict {
                Verdict::Scored { score, content, units } => Status::Scored { score, content, units },
                Verdict::Rejected(reason) => Status::Rejected(reason),
                Verdict::Unavailable => Status::Unavailable,
            },
        }
    }
}

/// One submission. The contract keeps it under (challenge, solver, attempt), which only its solver can move; the model names it
/// by its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    /// In its challenge, from 1.
    pub number: Number,
    /// Whose it is.
    pub solver: Address,
    /// The solver's how manieth.
    pub attempt: u32,
    /// When it was submitted.
    pub time: Time,
    /// Units declared.
    pub units: u32,
    /// m oracle fees, or nothing.
    pub carry: Amount,
    /// The votes, until the verdict replaces them.
    pub votes: Votes,
    /// What oracles said when it could get no other verdict, by their places.
    pub late: Vec<Option<Verdict>>,
    /// The queue moved on without it.
    pub passed: bool,
    /// A place is kept for it.
    pub kept: bool,
    /// Final unless `Pending`.
    pub status: Status,
    /// The quorum's verdict, where one made the status: late votes are compared with it.
    pub quorum: Option<Verdict>,
    /// What could not be sent, or was held: deposit, carry and pay of a batch.
    pub owed: Amount,
    /// Its prize was sent.
    pub prize_paid: bool,
}

impl Submission {
    /// Whether its status is final.
    pub fn is_concluded(&self) -> bool {
        self.status != Status::Pending
    }

    /// With what a vote that comes too late is compared: the quorum's verdict, which stands or, where the queue had passed it
    /// before the last winner, will. `None` if that is known to be void, or is not known yet: then such a vote counts nowhere.
    pub fn stands(&self) -> Option<Option<Verdict>> {
        let decision = self.votes.decision.as_ref().filter(|it| self.passed && it.by_quorum());
        match self.status {
            Status::Pending => decision.map(|it| Some(it.verdict)),
            _ => Some(self.quorum),
        }
    }

    /// Its row on a board.
    pub fn row(&self) -> crate::board::Row {
        crate::board::Row { solver: self.solver, number: self.number }
    }
}

/// Everything that the contract holds for one challenge, by what it is for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Purse {
    /// The prize that nobody has won.
    pub escrow: Amount,
    /// The most that ungraded batches can earn.
    pub reserved: Amount,
    /// Prizes that are due and not sent.
    pub prizes: Amount,
    /// Free for fees.
    pub budget: Amount,
    /// For the verdicts of open submissions that carried nothing.
    pub held_fees: Amount,
    /// For the first m oracles of a ranking.
    pub ranking_fees: Amount,
    /// What each oracle earned, by its place.
    pub fees: Vec<Amount>,
    /// Of open submissions.
    pub deposits: Amount,
    /// By open submissions.
    pub carried: Amount,
    /// Payments that failed or were held.
    pub owed: Amount,
    /// Earned under a root and not claimed.
    pub earned: Amount,
}

impl Purse {
    /// All of it: no more and no less than the contract holds for this challenge.
    pub fn sum(&self) -> Amount {
        self.parts().iter().sum::<Amount>() + self.fees.iter().sum::<Amount>()
    }

    /// Each part but the oracles' fees; none is ever negative.
    pub fn parts(&self) -> [Amount; 10] {
        [
            self.escrow,
            self.reserved,
            self.prizes,
            self.budget,
            self.held_fees,
            self.ranking_fees,
            self.deposits,
            self.carried,
            self.owed,
            self.earned,
        ]
    }
}

/// One challenge: the frozen terms, and what changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenge {
    /// Frozen at creation.
    pub terms: Terms,
    /// Which oracles accepted, by their places.
    pub accepted: Vec<bool>,
    /// The challenge key, made by the first oracle.
    pub key: Option<u64>,
    /// Everything was sent back.
    pub cancelled: bool,
    /// The money.
    pub purse: Purse,
    /// By number, from 1.
    pub submissions: Vec<Submission>,
    /// Each solver's.
    pub attempts: BTreeMap<Address, Attempts>,
    /// How many submissions are final.
    pub concluded: usize,
    /// How many have a verdict and are not concluded; not counted on once a bounty has ended.
    pub decided: usize,
    /// How many places are kept.
    pub kept: usize,
    /// How many stand `Scored`.
    pub scored: usize,
    /// How many stand `Unsettled`.
    pub unsettled: usize,
    /// The last number that the queue has passed.
    pub head: Number,
    /// The board of a bounty was full before the end.
    pub ended: bool,
    /// A bounty's.
    pub board: Board,
    /// A competition's.
    pub rankings: Rankings,
    /// Of labelers by Merkle trees.
    pub earnings: Earnings,
    /// By the oracles' places: what is not in their records.
    pub tallies: Vec<Tally>,
    /// It counts in the records of the maker and the oracles.
    pub folded: bool,
    /// It counted in the maker's record as one whose truth was not opened; opening it takes that back.
    pub unopened: bool,
    /// Who opened the truth: the maker, then the oracles by their places.
    pub revealed: Vec<bool>,
}

impl Challenge {
    /// The phase now.
    pub fn phase(&self, now: Time) -> Phase {
        let accepted = self.accepted.iter().all(|it| *it);
        phase(&self.terms, Facts { cancelled: self.cancelled, accepted, ended: self.ended }, now)
    }

    /// Whether the end has come: what is decided is carried out in any order.
    pub fn is_over(&self, now: Time) -> bool {
        now >= self.terms.end()
    }

    /// How many submissions are not final.
    pub fn open(&self) -> usize {
        self.submissions.len() - self.concluded
    }

    /// A submission by its number.
    pub fn submission(&self, number: Number) -> Option<&Submission> {
        (number as usize).checked_sub(1).and_then(|at| self.submissions.get(at))
    }

    /// A submission as the queue sees it.
    pub fn view(&self, number: Number, now: Time) -> View<'_> {
        let it = &self.submissions[number as usize - 1];
        View {
            terms: &self.terms,
            now,
            ended: self.ended,
            head: self.head,
            number,
            submitted: it.time,
            passed: it.passed,
            kept: it.kept,
            votes: &it.votes,
        }
    }

    /// How many places a bounty still holds back from who waits: the kept ones, from the end on (unless it had ended) what has
    /// a verdict and is not concluded.
    pub fn claims(&self, now: Time) -> usize {
        if self.ended || !self.is_over(now) {
            self.kept
        } else {
            self.decided
        }
    }

    /// The prize that is set aside for a submission and was not sent.
    pub fn prize_due(&self, number: Number) -> Amount {
        let it = &self.submissions[number as usize - 1];
        if it.prize_paid {
            return 0;
        }
        match &self.terms.payout {
            Payout::Bounty { reward, .. } if self.board.is_due(number) => *reward,
            Payout::Ranked { prizes } => {
                let place = self.rankings.places.iter().position(|place| place.number == number);
                place.map_or(0, |place| prizes[place])
            }
            _ => 0,
        }
    }

    /// Whether a row of a ranking names a submission that may stand in it: one that is `Scored`, or, for the judge, one that
    /// the judge itself ruled so and the end has not concluded.
    pub fn may_rank(&self, row: &Place, judge: bool) -> bool {
        let Some(it) = self.submission(row.number) else { return false };
        let ruled = || {
            let decision = it.votes.decision.as_ref();
            decision.is_some_and(|it| !it.by_quorum() && matches!(it.verdict, Verdict::Scored { .. }))
        };
        it.solver == row.solver && (matches!(it.status, Status::Scored { .. }) || judge && ruled())
    }
}
