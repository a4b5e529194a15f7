//! When the votes on an epoch of earnings make room for new ones.

/// All have voted, or enough have and the patience has passed since the last vote; a quorum would have ended the epoch.
pub fn is_stuck(votes: u32, oracles: u32, quorum: u32, patience: u64, last: u64, now: u64) -> bool {
    votes >= oracles || (votes >= quorum && now.saturating_sub(last) >= patience)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_epoch_waits_for_the_last_oracle_or_for_its_patience() {
        assert!(!is_stuck(0, 1, 1, 10, 100, 999));
        assert!(!is_stuck(1, 3, 2, 10, 100, 999));
        assert!(!is_stuck(2, 3, 2, 10, 100, 109));
        assert!(is_stuck(2, 3, 2, 10, 100, 110));
        assert!(is_stuck(3, 3, 2, 10, 100, 100));
    }
}
