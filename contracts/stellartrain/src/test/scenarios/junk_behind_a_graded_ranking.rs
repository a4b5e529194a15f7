//! A ranking with a prize of 100, one honest graded submission, then nine junk wallets and fewer than m oracles alive. Once the
//! solver got 10 and the maker 90. Now the running table pays in full.
extern crate std;
use super::super::world::*;
use super::Stakes;
use crate::types::*;
use std::vec::Vec;

#[test]
fn the_running_table_pays_in_full() {
    on_both(|w| {
        let terms = Terms { oracle_fee: 0, deposit: 1, ..w.ranked(&[100]) };
        let id = w.open_with(&terms, 100, 0);
        let honest = w.work(id);
        w.grade(id, &[w.scored(&honest, 90, 1)]);
        let wallets: Vec<_> = (0..9).map(|_| w.solver()).collect();
        let people: Vec<_> = wallets.iter().chain([&w.maker, &w.oracles[2]]).collect();
        let stakes = Stakes::of(&w, &people);
        let junk: Vec<Work> = wallets.iter().map(|wallet| w.submit(id, wallet)).collect();
        // The only oracle that still lives is theirs.
        w.post(id, 2, &junk.iter().map(|work| w.scored(work, 100, 2)).collect::<Vec<_>>(), true);
        w.go_to(terms.grade_by - terms.patience);
        w.rank(id, &w.oracles[2], &[]);
        assert!(w.client().try_close(&id).is_err());
        w.go_to(terms.grade_by);
        assert_eq!(w.release(id, &honest), 100);
        assert!(
            w.client().try_close(&id).is_ok_and(|sent| sent == Ok(0)),
            "the records are folded, the maker has nothing"
        );
        w.settle(id, &junk.iter().collect::<Vec<_>>());
        assert_eq!(stakes.profit(), 0, "their deposits came back");
        assert_eq!(w.balance(&honest.solver), 1_100);
        assert_eq!(w.balance(&w.contract), 0);
        w.check();
    });
}
