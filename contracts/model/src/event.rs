//! What a call did, for those who watch the ledger.
use crate::basics::{Address, Amount, Number};
use crate::challenge::Status;
use crate::ranking::{self, Place};
use crate::verdict::Verdict;

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A challenge was created, with this prize and fee budget.
    Created(usize, Amount, Amount),
    /// An oracle accepted.
    Accepted(Address),
    /// Everything went back to the maker.
    Cancelled(Amount),
    /// Prize and fee budget grew.
    ToppedUp(Amount, Amount),
    /// A submission stands in the ledger under this number and carries this fee.
    Submitted(Number, Address, Amount),
    /// An oracle voted, in time to matter or late.
    Voted(Number, Address, Verdict),
    /// The judge decided.
    Ruled(Number, Verdict),
    /// The queue moved on without this submission.
    PassedOver(Number),
    /// A submission became final.
    Concluded(Number, Status),
    /// One transfer of the contract.
    Paid(Address, Amount),
    /// A payment that was marked `hold`, or that failed, waits.
    Held(Number, Amount),
    /// A ranking was posted.
    RankingPosted(Address),
    /// Prizes by rank are set aside.
    Ranked(ranking::By, Vec<Place>),
    /// An oracle posted a root for the next epoch.
    RootPosted(Address, usize),
    /// An epoch has its quorum; its oracles earned this in all.
    EpochPosted(usize, Amount),
    /// The maker got what nobody can win, and the free budget.
    Closed(Amount),
    /// The truth was opened.
    Revealed(Address),
    /// Something of the challenge was added to the records of the maker and the oracles.
    Folded,
}
