//! When things may happen. Times are Unix seconds of the ledger's close.
use crate::errors::{require, Error};

const DAY: u64 = 86_400;
pub const MAX_PATIENCE: u64 = 7 * DAY;
/// Entries of a challenge can be kept alive this long without anybody extending them.
pub const MAX_LENGTH: u64 = 150 * DAY;

/// The dates of a challenge, as its maker names them.
#[derive(Clone, Copy, Debug)]
pub struct Dates {
    pub opens: u64,
    pub accept_by: u64,
    pub deadline: u64,
    pub patience: u64,
    pub grade_by: u64,
}

/// Whether a challenge with these dates can be created now.
pub fn check(dates: &Dates, now: u64, min_patience: u64) -> Result<(), Error> {
    let Dates { opens, accept_by, deadline, patience, grade_by } = *dates;
    require((min_patience..=MAX_PATIENCE).contains(&patience), Error::BadPatience)?;
    let grading_ends_after = deadline.checked_add(3 * patience).ok_or(Error::BadTimes)?;
    let latest = now.checked_add(MAX_LENGTH).ok_or(Error::BadTimes)?;
    require(
        accept_by > now
            && accept_by <= deadline
            && opens < deadline
            && grade_by >= grading_ends_after
            && grade_by <= latest,
        Error::BadTimes,
    )
}

/// Submissions are taken in [opens, deadline).
pub fn check_open(dates: &Dates, now: u64) -> Result<(), Error> {
    require(now >= dates.opens, Error::NotYetOpen)?;
    require(now < dates.deadline, Error::DeadlinePassed)
}

/// Votes and verdicts are taken in [opens, grade_by).
pub fn check_grading(dates: &Dates, now: u64) -> Result<(), Error> {
    require(now >= dates.opens, Error::NotYetOpen)?;
    require(now < dates.grade_by, Error::GradingOver)
}

/// The day of an attempt, UTC.
pub fn day(now: u64) -> u32 {
    u32::try_from(now / DAY).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = 1_000_000;
    fn good() -> Dates {
        Dates { opens: NOW, accept_by: NOW + 50, deadline: NOW + 100, patience: 10, grade_by: NOW + 130 }
    }

    #[test]
    fn the_tightest_dates_are_taken() {
        assert_eq!(check(&good(), NOW, 10), Ok(()));
        assert_eq!(check(&Dates { opens: 0, accept_by: NOW + 100, ..good() }, NOW, 10), Ok(()));
        assert_eq!(check(&Dates { grade_by: NOW + MAX_LENGTH, ..good() }, NOW, 10), Ok(()));
    }

    #[test]
    fn contradicting_dates_are_refused() {
        for bad in [
            Dates { accept_by: NOW, ..good() },
            Dates { accept_by: NOW + 101, ..good() },
            Dates { opens: NOW + 100, ..good() },
            Dates { grade_by: NOW + 129, ..good() },
            Dates { grade_by: NOW + MAX_LENGTH + 1, ..good() },
            Dates { deadline: u64::MAX, accept_by: NOW + 1, grade_by: u64::MAX, ..good() },
        ] {
            assert_eq!(check(&bad, NOW, 10), Err(Error::BadTimes), "{bad:?}");
        }
    }

    #[test]
    fn patience_has_two_bounds() {
        assert_eq!(check(&good(), NOW, 11), Err(Error::BadPatience));
        let long = Dates { patience: MAX_PATIENCE + 1, grade_by: NOW + MAX_LENGTH, ..good() };
        assert_eq!(check(&long, NOW, 10), Err(Error::BadPatience));
        assert_eq!(check(&Dates { patience: MAX_PATIENCE, ..long }, NOW, 10), Ok(()));
    }

    #[test]
    fn both_windows_are_half_open() {
        let dates = Dates { opens: NOW + 5, ..good() };
        assert_eq!(check_open(&dates, NOW + 4), Err(Error::NotYetOpen));
        assert_eq!(check_open(&dates, NOW + 5), Ok(()));
        assert_eq!(check_open(&dates, NOW + 100), Err(Error::DeadlinePassed));
        assert_eq!(check_grading(&dates, NOW + 4), Err(Error::NotYetOpen));
        assert_eq!(check_grading(&dates, NOW + 129), Ok(()));
        assert_eq!(check_grading(&dates, NOW + 130), Err(Error::GradingOver));
    }
}
