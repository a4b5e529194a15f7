//! What `close` leaves in the escrow: the prize that somebody can still win. The rest is the maker's.
use crate::basics::Amount;

/// How many submissions may still win, counted so that no entry needs to be read.
///
/// Before the end all that is not concluded; from the end on what has a verdict and is not concluded, for no verdict comes any
/// more; in a bounty that has ended what a place is kept for.
pub fn contenders(ended: bool, over: bool, open: usize, decided: usize, kept: usize) -> usize {
    match () {
        () if ended => kept,
        () if over => decided,
        () => open,
    }
}

/// A bounty keeps a reward for each contender, as far as there are places that are not due.
pub fn bounty(reward: Amount, winners: usize, due: usize, contenders: usize) -> Amount {
    reward * winners.saturating_sub(due).min(contenders) as Amount
}

/// A ranking keeps the first prizes, as many as there can be places: what is scored already (before the end the scored
/// submissions, from then on the running table's rows) and the contenders. Once its prizes are set aside it keeps nothing.
pub fn ranked(prizes: &[Amount], placed: bool, scored: usize, contenders: usize) -> Amount {
    if placed {
        return 0;
    }
    prizes.iter().take(scored + contenders).sum()
}

/// Earnings keep everything until the last epoch can be posted; what is earned is out of the escrow.
pub fn earnings(escrow: Amount, epochs_may_come: bool) -> Amount {
    if epochs_may_come {
        escrow
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_may_still_win_depends_on_the_phase() {
        assert_eq!(contenders(false, false, 7, 3, 1), 7);
        assert_eq!(contenders(false, true, 7, 3, 1), 3);
        assert_eq!(contenders(true, false, 7, 3, 1), 1);
        assert_eq!(contenders(true, true, 7, 3, 1), 1);
    }

    #[test]
    fn what_each_rule_keeps() {
        assert_eq!((bounty(50, 5, 2, 9), bounty(50, 5, 2, 1), bounty(50, 5, 5, 9)), (150, 50, 0));
        let prizes = [50, 30, 20];
        assert_eq!(
            (ranked(&prizes, false, 1, 1), ranked(&prizes, false, 2, 9), ranked(&prizes, true, 2, 9)),
            (80, 100, 0)
        );
        assert_eq!(ranked(&prizes, false, 0, 0), 0);
        assert_eq!((earnings(70, true), earnings(70, false)), (70, 0));
    }
}
