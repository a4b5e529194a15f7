//! How often a solver may try, in all and per day; failures count.
use crate::basics::{require, Time, DAY};
use crate::refusal::Refusal;

/// A solver's record in one challenge.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Attempts {
    /// So far, which is also the last attempt's number.
    pub count: u32,
    /// The day of the last one.
    pub day: Time,
    /// How many of them on that day.
    pub today: u32,
}

/// The record after this attempt, which must be the next one.
pub fn next(so_far: Attempts, attempt: u32, now: Time, in_all: u32, per_day: u32) -> Result<Attempts, Refusal> {
    require(so_far.count < in_all, Refusal::TooManyAttempts)?;
    require(attempt == so_far.count + 1, Refusal::WrongAttempt)?;
    let day = now / DAY;
    let today = if so_far.day == day { so_far.today } else { 0 };
    require(today < per_day, Refusal::TooManyToday)?;
    Ok(Attempts { count: attempt, day, today: today + 1 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_day_starts_at_midnight_utc_and_attempts_have_no_gaps() {
        let first = next(Attempts::default(), 1, DAY - 1, 2, 1).unwrap();
        assert_eq!(next(first, 2, DAY - 1, 2, 1), Err(Refusal::TooManyToday));
        assert_eq!(next(first, 3, DAY, 2, 1), Err(Refusal::WrongAttempt));
        let second = next(first, 2, DAY, 2, 1).unwrap();
        assert_eq!(second, Attempts { count: 2, day: 1, today: 1 });
        assert_eq!(next(second, 3, 9 * DAY, 2, 1), Err(Refusal::TooManyAttempts));
    }
}
