//! How often a solver may try, in total and per day; failures count.
use super::sums;
use crate::errors::{require, Error};
use crate::types::Attempts;

/// Days change at midnight UTC.
const DAY: u64 = 86_400;

/// The solver's record after this attempt.
pub fn next(so_far: &Attempts, attempt: u32, now: u64, in_all: u32, per_day: u32) -> Result<Attempts, Error> {
    let number = sums::inc(so_far.attempts)?;
    require(number <= in_all, Error::TooManyAttempts)?;
    require(attempt == number, Error::WrongAttempt)?;
    let day = u32::try_from(now / DAY).unwrap_or(u32::MAX);
    let earlier_today = if so_far.day == day { so_far.today } else { 0 };
    require(earlier_today < per_day, Error::TooManyToday)?;
    Ok(Attempts { attempts: number, day, today: sums::inc(earlier_today)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_day_starts_at_midnight_utc() {
        let first = next(&Attempts::default(), 1, 86_399, 3, 1).unwrap();
        assert_eq!(first, Attempts { attempts: 1, day: 0, today: 1 });
        assert_eq!(next(&first, 2, 86_399, 3, 1), Err(Error::TooManyToday));
        let second = next(&first, 2, 86_400, 3, 1).unwrap();
        assert_eq!(second, Attempts { attempts: 2, day: 1, today: 1 });
        let third = next(&second, 3, 200_000, 3, 1).unwrap();
        assert_eq!(next(&third, 4, 300_000, 3, 1), Err(Error::TooManyAttempts));
    }

    #[test]
    fn attempts_have_no_gaps() {
        for wrong in [0, 2, 7] {
            assert_eq!(next(&Attempts::default(), wrong, 0, 5, 5), Err(Error::WrongAttempt));
        }
    }
}
