//! What ten thousand labelers cost the chain: a root, and for each its own claim; and the longest proof.
use super::*;
use soroban_sdk::testutils::Address as _;

/// Instructions, entries read, entries written, bytes written, bytes of events of the last call.
fn last(w: &World) -> [i64; 5] {
    let used = w.e.cost_estimate().resources();
    let read = used.memory_read_entries + used.disk_read_entries;
    [
        used.instructions,
        read.into(),
        used.write_entries.into(),
        used.write_bytes.into(),
        used.contract_events_size_bytes.into(),
    ]
}

/// What the vote that makes the quorum and one claim cost with so many labelers.
fn with(n: usize) -> [[i64; 5]; 2] {
    let w = World::on(true);
    let id = w.open(&w.earnings());
    let people: std::vec::Vec<Address> = (0..n).map(|_| Address::generate(&w.e)).collect();
    let earned: std::vec::Vec<_> = people.iter().map(|who| (who, 1)).collect();
    let tree = super::tree(&w, id, 1, &earned);
    assert!(!post(&w, id, 0, 1, &tree));
    assert!(post(&w, id, 1, 1, &tree));
    let posted = last(&w);
    let mut claimed = [0; 5];
    for place in [0, 1, n / 2, n - 1] {
        assert_eq!(claim(&w, id, 1, &tree, place), 1);
        claimed = last(&w);
    }
    assert_eq!(w.client().earnings(&id).claimed, 4);
    w.check();
    [posted, claimed]
}

#[test]
fn ten_thousand_labelers_cost_no_more_than_eight() {
    let ([few_posted, few_claimed], [many_posted, many_claimed]) = {
        let (few, many) = (with(8), with(10_000));
        (few, many)
    };
    std::println!("posted: {few_posted:?} for 8, {many_posted:?} for 10,000");
    std::println!("claimed: {few_claimed:?} of 8, {many_claimed:?} of 10,000");
    // Entries and bytes are the same; instructions differ by a size of integers at most.
    assert_eq!(few_posted[1..], many_posted[1..]);
    assert!((few_posted[0] - many_posted[0]).abs() < few_posted[0] / 100);
    // A proof is longer by eleven steps, and that is all.
    assert_eq!(few_claimed[1..], many_claimed[1..]);
    assert!(many_claimed[0] < few_claimed[0] * 2, "{} against {}", many_claimed[0], few_claimed[0]);
}

/// The deepest tree whose leaves can be claimed: the environment holds the claim to the network's limits.
#[test]
fn a_proof_of_forty_steps_is_taken_and_a_longer_one_is_not() {
    let w = World::on(true);
    for (steps, taken) in [(40, true), (41, false)] {
        let id = w.open(&w.earnings());
        let labeler = w.solver();
        let mut node = (crate::test::tree::leaf(&w.contract, id, 1, &labeler, 5), 5);
        let mut proof = Vec::new(&w.e);
        let mut children = None;
        for step in 0..steps {
            // Each sibling is a hash that nobody can open, on either side.
            let sibling = ([step as u8; 32], i128::from(step % 3));
            let left = step % 2 == 0;
            let pair = if left { (sibling, node) } else { (node, sibling) };
            proof.push_back(Sibling { hash: w.bytes_of(sibling.0), sum: sibling.1, left });
            node = crate::test::tree::parent(pair.0, pair.1);
            children = Some(pair);
        }
        let (left, right) = children.unwrap();
        let (left, right) = (crate::test::tree::branch(&w.e, left), crate::test::tree::branch(&w.e, right));
        for oracle in &w.oracles[..2] {
            w.client().post_earnings(oracle, &id, &1, &left, &right, &w.cid(8));
        }
        let claim = w.client().try_claim(&id, &1, &labeler, &5, &proof);
        if taken {
            assert_eq!(claim, Ok(Ok(5)));
        } else {
            refused(claim, crate::errors::Error::BadProof);
        }
    }
    w.check();
}
