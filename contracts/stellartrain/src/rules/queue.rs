//! The order of votes: each oracle goes through the submissions by number, without gaps.
use crate::errors::{require, Error};

/// How many submissions an oracle passes over when its next batch begins with `first`.
///
/// It may pass only those that became final without it; everything else it must vote on.
pub fn passed_over(cursor: u32, finalized: u32, first: u32) -> Result<u32, Error> {
    require(first > cursor, Error::AlreadyVoted)?;
    let passed = first - cursor - 1;
    require(passed == 0 || first - 1 <= finalized, Error::VoteOutOfOrder)?;
    Ok(passed)
}

/// The entries of a batch follow each other by number.
pub fn follows(first: u32, place: u32, number: u32) -> Result<(), Error> {
    require(first.checked_add(place) == Some(number), Error::VoteOutOfOrder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_oracle_can_skip_what_is_final_and_nothing_else() {
        assert_eq!(passed_over(3, 0, 4), Ok(0));
        assert_eq!(passed_over(3, 0, 5), Err(Error::VoteOutOfOrder));
        assert_eq!(passed_over(3, 9, 4), Ok(0));
        assert_eq!(passed_over(3, 9, 7), Ok(3));
        assert_eq!(passed_over(3, 9, 10), Ok(6));
        assert_eq!(passed_over(3, 9, 11), Err(Error::VoteOutOfOrder));
        assert_eq!(passed_over(3, 9, 3), Err(Error::AlreadyVoted));
        assert_eq!(passed_over(0, 0, 0), Err(Error::AlreadyVoted));
    }

    #[test]
    fn batches_are_consecutive() {
        assert_eq!(follows(4, 2, 6), Ok(()));
        assert_eq!(follows(4, 2, 7), Err(Error::VoteOutOfOrder));
        assert_eq!(follows(u32::MAX, 1, 0), Err(Error::VoteOutOfOrder));
    }
}
