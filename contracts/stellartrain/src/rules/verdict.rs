//! Votes, what makes them equal, and when they are the verdict.
use crate::errors::{require, Error};
use crate::types::{Terms, Verdict};

/// Stands for an oracle's place where the judge decided.
pub const JUDGE: u8 = 253;
/// Where no one decided: unsettled or void.
pub const NOBODY: u8 = 254;
/// Where a call did not conclude a submission.
pub const OPEN: u8 = 255;

/// One oracle's vote on one submission, or the judge's ballot, with its score already rounded.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Ballot {
    pub by: u8,
    pub verdict: Verdict,
    pub reason: u8,
    pub score: i64,
    pub content: [u8; 32],
    pub units: u32,
}

impl Ballot {
    /// The same verdict: a rejection's reason is not compared.
    pub fn same(&self, other: &Ballot) -> bool {
        self.verdict == other.verdict
            && self.score == other.score
            && self.units == other.units
            && self.content == other.content
    }

    /// Whether someone looked into the submission.
    pub fn is_graded(&self) -> bool {
        self.verdict != Verdict::Unavailable
    }

    /// Whether it says that the submission reaches the threshold.
    pub fn meets(&self, terms: &Terms) -> bool {
        self.verdict == Verdict::Scored && terms.meets(self.score)
    }

    /// A score, a content and units belong to a scored submission, a reason to a rejected one. The judge says what a
    /// submission is worth, so its ballot is graded.
    pub fn check(&self, most_units: u32) -> Result<(), Error> {
        let empty = self.score == 0 && self.units == 0 && self.content == [0; 32];
        let sound = match self.verdict {
            Verdict::Scored => self.reason == 0 && self.units <= most_units,
            Verdict::Rejected => self.reason > 0 && empty,
            Verdict::Unavailable => self.reason == 0 && empty && self.by != JUDGE,
            Verdict::Pending | Verdict::Unsettled | Verdict::Void => false,
        };
        require(sound, Error::BadVerdict)
    }
}

/// A verdict that nothing changes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Decision {
    /// What stands; of equal rejections the one with the lowest reason.
    pub ballot: Ballot,
    /// The places of the oracles whose equal votes came first, bit 0 for the first place; 0 where the judge decided.
    pub quorum: u8,
}

impl Decision {
    pub fn by_quorum(&self) -> bool {
        self.quorum != 0
    }
}

/// The decision that the votes, in the order in which they were cast, come to. The m-th equal vote is the verdict: what comes
/// later changes neither it nor who is paid for it.
pub fn decide(ballots: &[Ballot], m: u32) -> Option<Decision> {
    if let Some(ballot) = ballots.iter().find(|ballot| ballot.by == JUDGE) {
        return Some(Decision { ballot: *ballot, quorum: 0 });
    }
    let m = m as usize;
    // The quorum is a majority of the oracles: no other votes can be one as well.
    let agreed = ballots.iter().find(|ballot| ballots.iter().filter(|other| other.same(ballot)).count() >= m)?;
    let first = || ballots.iter().filter(|ballot| ballot.same(agreed)).take(m);
    let ballot = first().min_by_key(|ballot| ballot.reason)?;
    let quorum = first().fold(0, |places, ballot| places | 1 << ballot.by);
    Some(Decision { ballot: *ballot, quorum })
}

/// What becomes of a vote or a ballot.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Cast {
    /// It joins the others.
    First,
    /// It takes the place of the oracle's own `Unavailable`.
    Improved,
    /// It changes nothing: others have made the verdict before.
    Nothing,
}

/// Takes an oracle's vote. Each oracle votes once, in any order. `Unavailable` can be voted only one patience after the
/// submission, and gives way to a graded vote of the same oracle while there is no verdict; afterwards such a vote changes
/// nothing. A second vote is refused where its oracle could know better, whatever others do meanwhile.
pub fn check_vote(ballots: &[Ballot], vote: &Ballot, terms: &Terms, submitted: u64, now: u64) -> Result<Cast, Error> {
    let waited = now >= submitted.saturating_add(terms.patience);
    let cast = match ballots.iter().find(|ballot| ballot.by == vote.by) {
        None => Cast::First,
        Some(old) if old.is_graded() || !vote.is_graded() => return Err(Error::AlreadyVoted),
        Some(_) if decide(ballots, terms.quorum()).is_some() => Cast::Nothing,
        Some(_) => Cast::Improved,
    };
    require(vote.is_graded() || waited, Error::TooEarlyUnavailable)?;
    Ok(cast)
}

/// Takes the judge's ballot: one for what has no verdict, and one of the votes where m oracles or more graded, for the judge
/// chooses between them and does not overrule them. On what a quorum decided it changes nothing.
pub fn check_ballot(ballots: &[Ballot], ballot: &Ballot, m: u32) -> Result<Cast, Error> {
    if let Some(decision) = decide(ballots, m) {
        return if decision.by_quorum() { Ok(Cast::Nothing) } else { Err(Error::AlreadyDecided) };
    }
    let graded = ballots.iter().filter(|vote| vote.is_graded()).count();
    let among = ballots.iter().any(|vote| vote.same(ballot));
    require(graded < m as usize || among, Error::NotAmongTheVotes)?;
    Ok(Cast::First)
}
