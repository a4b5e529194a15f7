//! Three honest oracles, a bounty of 5 × 50, deposit 1: two wallets submit a CID that nobody holds. Once each of them got 51 at
//! the end. Now they have nothing but what is over of their deposits, and the maker has the rest of the prize.
use super::super::world::*;
use super::Stakes;
use crate::types::*;

fn terms(w: &World, oracle_fee: i128) -> Terms {
    Terms { oracle_fee, deposit: 1, ..w.bounty(50, 5) }
}

#[test]
fn a_quorum_finds_them_unavailable_and_they_win_nothing() {
    on_both(|w| {
        for (oracle_fee, over) in [(0, 1), (5, 0)] {
            let terms = terms(&w, oracle_fee);
            let id = w.open_with(&terms, 250, 1_000);
            let wallets = [w.solver(), w.solver()];
            let stakes = Stakes::of(&w, &[&wallets[0], &wallets[1]]);
            let works = [w.submit(id, &wallets[0]), w.submit(id, &wallets[1])];
            w.pass(terms.patience);
            let votes = [w.unavailable(&works[0]), w.unavailable(&works[1])];
            w.grade(id, &votes);
            assert!(works.iter().all(|work| w.verdict(id, work) == Verdict::Unavailable));
            w.go_to(terms.deadline);
            assert_eq!(w.state(id).purse.escrow, 250);
            let budget = 1_000 - 2 * (2 * oracle_fee - (1 - over));
            assert_eq!(w.client().close(&id), 250 + budget, "the whole prize and the free budget");
            assert_eq!(stakes.profit(), 2 * (over - 1));
            w.check();
        }
    });
}

/// The wallets have an oracle of their own, which says that their files are good.
#[test]
fn with_an_oracle_of_their_own_and_a_late_honest_one_they_win_nothing_either() {
    on_both(|w| {
        let terms = terms(&w, 0);
        let id = w.open_with(&terms, 250, 0);
        let wallets = [w.solver(), w.solver()];
        let stakes = Stakes::of(&w, &[&wallets[0], &wallets[1], &w.oracles[2]]);
        let works = [w.submit(id, &wallets[0]), w.submit(id, &wallets[1])];
        w.post(id, 2, &[w.scored(&works[0], 90, 1), w.scored(&works[1], 90, 2)], true);
        w.pass(terms.patience);
        w.post(id, 0, &[w.unavailable(&works[0]), w.unavailable(&works[1])], true);
        w.pass(terms.patience);
        w.settle(id, &[&works[0], &works[1]]);
        assert_eq!(w.state(id).kept, 2, "two places are kept for them meanwhile");
        assert_eq!(w.state(id).purse.prizes, 0);
        w.pass(7 * terms.patience);
        w.post(id, 1, &[w.unavailable(&works[0]), w.unavailable(&works[1])], true);
        assert_eq!((w.state(id).kept, w.state(id).concluded), (0, 2));
        w.go_to(terms.deadline);
        assert_eq!(w.client().close(&id), 250);
        assert_eq!(stakes.profit(), 0);
        w.check();
    });
}

/// No honest oracle is alive at all: what nobody decided wins nothing.
#[test]
fn silence_pays_nobody() {
    on_both(|w| {
        let terms = terms(&w, 0);
        let id = w.open_with(&terms, 250, 0);
        let wallets = [w.solver(), w.solver()];
        let stakes = Stakes::of(&w, &[&wallets[0], &wallets[1], &w.oracles[2]]);
        let works = [w.submit(id, &wallets[0]), w.submit(id, &wallets[1])];
        w.post(id, 2, &[w.scored(&works[0], 90, 1), w.scored(&works[1], 90, 2)], true);
        w.go_to(terms.grade_by);
        assert_eq!([w.release(id, &works[0]), w.release(id, &works[1])], [1, 1]);
        assert_eq!(w.client().close(&id), 250);
        assert_eq!(stakes.profit(), 0);
        w.check();
    });
}
