//! Forty submissions of forty solvers are scored, concluded and paid in one transaction.
use super::*;
use soroban_sdk::Address;

/// Bytes that an event of the asset is longer for a code of twelve letters than for a test asset of three: XDR pads to four.
const LONGER_CODE: u32 = 12;

/// A bounty whose every submission wins, with forty submissions of forty solvers.
fn prepared(w: &World, oracles: usize) -> (u32, std::vec::Vec<Work>) {
    let id = w.open(&Terms { oracles: w.first_oracles(oracles), ..w.bounty(1_000, 50) });
    (id, forty(w, id, 0))
}

fn winning(w: &World, works: &[Work]) -> std::vec::Vec<Vote> {
    works.iter().map(|work| Vote { content_hash: content(w, work), ..w.scored(work, 60, 0) }).collect()
}

/// Instructions of one transfer of the asset, as the asset itself counts it.
fn transfer(w: &World) -> i64 {
    let (from, to): (Address, Address) = (w.solver(), w.solver());
    w.token().transfer(&from, &to, &1);
    w.e.cost_estimate().resources().instructions
}

#[test]
fn one_transaction_pays_forty_with_one_three_or_five_oracles() {
    for oracles in [1, 3, 5] {
        let w = World::on(true);
        let (id, works) = prepared(&w, oracles);
        let votes = winning(&w, &works);
        let last = oracles.div_ceil(2) - 1;
        for oracle in 0..last {
            w.post(id, oracle, &votes, false);
        }
        w.post(id, last, &votes, true);
        let used = w.e.cost_estimate().resources();
        assert!(works.iter().all(|work| w.balance(&work.solver) == 2_000));
        assert!(used.contract_events_size_bytes + 40 * LONGER_CODE <= EVENT_BYTES, "{used:?}");
        assert!(used.write_entries <= 130, "{used:?}");
        let each = used.instructions as f64 / 40.0 / transfer(&w) as f64;
        std::println!(
            "{oracles} oracles: {} instructions, {each:.3} transfers each, {} entries, {} bytes written, {} of events",
            used.instructions,
            used.write_entries,
            used.write_bytes,
            used.contract_events_size_bytes
        );
        w.check();
    }
}

#[test]
fn forty_kept_places_are_concluded_and_paid_in_one_transaction() {
    let w = World::on(true);
    let (id, works) = prepared(&w, 3);
    let votes = winning(&w, &works);
    let rejections: std::vec::Vec<Vote> = works.iter().map(|work| w.rejected(work, 9)).collect();
    w.post(id, 0, &votes, false);
    w.post(id, 1, &rejections, false);
    w.pass(2 * MIN_PATIENCE);
    let all: std::vec::Vec<&Work> = works.iter().collect();
    w.settle(id, &all);
    assert_eq!((w.state(id).kept, w.state(id).head), (40, 40));
    w.post(id, 2, &votes, true);
    assert_eq!((w.state(id).kept, w.state(id).due), (0, 40));
    assert!(works.iter().all(|work| w.balance(&work.solver) == 2_000));
    w.check();
}

#[test]
fn forty_ballots_are_cast_and_carried_out() {
    let w = World::on(true);
    let terms = w.judged(w.bounty(1_000, 50));
    let id = w.open(&terms);
    let works = forty(&w, id, 0);
    w.go_to(terms.grade_by);
    w.rule(id, &winning(&w, &works));
    w.go_to(terms.grade_by + DAY);
    w.settle(id, &works.iter().collect::<std::vec::Vec<_>>());
    assert!(works.iter().all(|work| w.balance(&work.solver) == 2_000));
    w.check();
}
