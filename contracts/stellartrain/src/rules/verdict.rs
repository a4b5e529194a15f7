//! When votes make a verdict, and which.
use crate::errors::{require, Error};
use crate::types::Verdict;

/// One oracle's vote on one submission, with its score already rounded.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Ballot {
    pub oracle: u8,
    pub verdict: Verdict,
    pub reason: u8,
    pub score: i64,
    pub content: [u8; 32],
    pub units: u32,
    pub time: u64,
}

impl Ballot {
    /// The same verdict: a rejection's reason is not compared.
    pub fn same(&self, other: &Ballot) -> bool {
        self.verdict == other.verdict
            && self.score == other.score
            && self.units == other.units
            && self.content == other.content
    }

    /// A score, a content and units belong to a scored submission, a reason to a rejected one.
    pub fn check(&self, most_units: u32) -> Result<(), Error> {
        let empty = self.score == 0 && self.units == 0 && self.content == [0; 32];
        let sound = match self.verdict {
            Verdict::Scored => self.reason == 0 && self.units <= most_units,
            Verdict::Rejected => self.reason > 0 && empty,
            Verdict::Unavailable => self.reason == 0 && empty,
            _ => false,
        };
        require(sound, Error::BadVerdict)
    }
}

/// What the votes on the first open submission come to.
#[derive(Debug, Eq, PartialEq)]
pub enum Outcome {
    /// Wait for more votes.
    Open,
    /// A quorum agrees with the ballot at this place; of equal rejections it is one with the lowest reason.
    Quorum(usize),
    /// There will be no quorum, or it has been waited for long enough.
    Split,
}

pub fn decide(ballots: &[Ballot], oracles: u32, quorum: u32, patience: u64, now: u64) -> Outcome {
    let needed = quorum as usize;
    for (place, ballot) in ballots.iter().enumerate() {
        let equal = ballots.iter().filter(|other| other.same(ballot)).count();
        if equal >= needed {
            let lowest = ballots
                .iter()
                .enumerate()
                .filter(|(_, other)| other.same(ballot))
                .min_by_key(|(_, other)| other.reason);
            return Outcome::Quorum(lowest.map_or(place, |(place, _)| place));
        }
    }
    let all_voted = ballots.len() >= oracles as usize;
    let last = ballots.last().map_or(now, |ballot| ballot.time);
    let waited = ballots.len() >= needed && now.saturating_sub(last) >= patience;
    if all_voted || waited {
        Outcome::Split
    } else {
        Outcome::Open
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scored(oracle: u8, score: i64) -> Ballot {
        Ballot { oracle, verdict: Verdict::Scored, reason: 0, score, content: [7; 32], units: 0, time: 100 }
    }
    fn rejected(oracle: u8, reason: u8) -> Ballot {
        Ballot { verdict: Verdict::Rejected, reason, content: [0; 32], ..scored(oracle, 0) }
    }

    #[test]
    fn a_quorum_is_equal_in_everything_but_the_reason() {
        assert_eq!(decide(&[scored(0, 5), scored(2, 5)], 3, 2, 10, 100), Outcome::Quorum(0));
        assert_eq!(decide(&[rejected(0, 9), rejected(1, 3)], 3, 2, 10, 100), Outcome::Quorum(1));
        for other in [
            scored(1, 6),
            Ballot { content: [8; 32], ..scored(1, 5) },
            Ballot { units: 1, ..scored(1, 5) },
            rejected(1, 5),
        ] {
            assert_eq!(decide(&[scored(0, 5), other], 3, 2, 10, 109), Outcome::Open, "{other:?}");
        }
    }

    #[test]
    fn a_split_waits_for_the_last_oracle_or_for_its_patience() {
        let two = [scored(0, 5), scored(1, 6)];
        assert_eq!(decide(&two, 3, 2, 10, 109), Outcome::Open);
        assert_eq!(decide(&two, 3, 2, 10, 110), Outcome::Split);
        assert_eq!(decide(&[two[0], two[1], scored(2, 7)], 3, 2, 10, 100), Outcome::Split);
        assert_eq!(decide(&[two[0], two[1], scored(2, 6)], 3, 2, 10, 999), Outcome::Quorum(1));
    }

    #[test]
    fn fewer_votes_than_the_quorum_never_decide() {
        assert_eq!(decide(&[], 1, 1, 10, 999), Outcome::Open);
        assert_eq!(decide(&[scored(0, 5)], 3, 2, 10, 999), Outcome::Open);
    }

    #[test]
    fn a_vote_must_not_contradict_itself() {
        assert!(scored(0, 5).check(0).is_ok() && rejected(0, 1).check(0).is_ok());
        for bad in [
            Ballot { reason: 1, ..scored(0, 5) },
            Ballot { units: 1, ..scored(0, 5) },
            rejected(0, 0),
            Ballot { score: 1, ..rejected(0, 1) },
            Ballot { content: [1; 32], ..rejected(0, 1) },
            Ballot { verdict: Verdict::Unavailable, ..rejected(0, 1) },
            Ballot { verdict: Verdict::Duplicate, ..scored(0, 5) },
            Ballot { verdict: Verdict::Void, ..rejected(0, 0) },
        ] {
            assert_eq!(bad.check(0), Err(Error::BadVerdict), "{bad:?}");
        }
    }
}
