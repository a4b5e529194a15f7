//! Two oracles whose rankings differ by one unit could never try again. Now each may replace its own until m are equal.
use super::super::world::*;
use super::Stakes;
use crate::errors::Error;
use crate::types::Terms;

#[test]
fn they_can_try_again_until_they_agree() {
    on_both(|w| {
        let terms = w.ranked(&[60, 40]);
        let id = w.open(&terms);
        let works = [w.work(id), w.work(id)];
        w.grade(id, &[w.scored(&works[0], 90, 1), w.scored(&works[1], 80, 2)]);
        w.go_to(terms.deadline);
        assert!(!w.rank(id, &w.oracles[0], &[(&works[1], 71), (&works[0], 70)]));
        assert!(!w.rank(id, &w.oracles[1], &[(&works[1], 72), (&works[0], 70)]));
        assert!(w.rank(id, &w.oracles[1], &[(&works[1], 71), (&works[0], 70)]));
        let rows = w.ranking(&[(&works[0], 70)]);
        refused(w.client().try_post_ranking(&w.oracles[0], &id, &w.cid(5), &rows), Error::AlreadyRanked);
        assert_eq!([w.release(id, &works[0]), w.release(id, &works[1])], [40, 60]);
        assert_eq!(w.state(id).purse.fees.iter().sum::<i128>(), 3 * 10);
        w.check();
    });
}

/// The evil oracle posts ranking after ranking that puts its wallet first; it is paid for none of them.
#[test]
fn an_oracle_that_tries_again_and_again_alone_has_nothing_from_it() {
    on_both(|w| {
        let terms = Terms { oracle_fee: 5, ..w.ranked(&[60, 40]) };
        let id = w.open(&terms);
        let (honest, wallet) = (w.work(id), w.solver());
        let junk = w.submit(id, &wallet);
        let stakes = Stakes::of(&w, &[&wallet, &w.oracles[2]]);
        w.grade(id, &[w.scored(&honest, 90, 1), w.scored(&junk, 50, 2)]);
        w.go_to(terms.deadline);
        for score in 90..99 {
            assert!(!w.rank(id, &w.oracles[2], &[(&junk, score), (&honest, 50)]));
        }
        let rows = [(&honest, 80), (&junk, 50)];
        w.rank(id, &w.oracles[0], &rows);
        assert!(w.rank(id, &w.oracles[1], &rows));
        assert_eq!([w.release(id, &honest), w.release(id, &junk)], [60, 40]);
        assert!(w.client().try_withdraw_fees(&w.oracles[2], &id).is_err());
        assert_eq!(stakes.profit(), 20 + 40, "its deposit, and the second prize that it would have anyway");
        w.check();
    });
}
