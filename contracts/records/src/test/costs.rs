//! What calls cost on the release wasm, as the network counts and charges it.
extern crate std;
use super::world::{Work, World, WASM};
use std::ops::Sub;
use std::string::String;

/// Instructions, memory bytes, entries read, entries written, bytes written, bytes of events.
#[derive(Clone, Copy)]
struct Cost([i64; 6]);

impl Cost {
    /// Of the last call.
    fn last(w: &World) -> Cost {
        let used = w.e.cost_estimate().resources();
        let read = used.memory_read_entries + used.disk_read_entries;
        let rest = [read, used.write_entries, used.write_bytes, used.contract_events_size_bytes].map(i64::from);
        let [read, written, bytes, events] = rest;
        Cost([used.instructions, used.mem_bytes, read, written, bytes, events])
    }

    fn json(&self) -> String {
        let Cost([instructions, memory, read, written, bytes, events]) = self;
        std::format!(
            "{{ \"instructions\": {instructions}, \"memoryBytes\": {memory}, \"readEntries\": {read}, \
             \"writtenEntries\": {written}, \"writtenBytes\": {bytes}, \"eventBytes\": {events} }}"
        )
    }
}

impl Sub for Cost {
    type Output = Cost;
    fn sub(self, other: Cost) -> Cost {
        Cost(core::array::from_fn(|i| self.0[i] - other.0[i]))
    }
}

/// `fold` and `mint` are given without what the main contract's `outcome` costs by itself, which changes with that contract.
#[test]
fn costs_are_as_recorded() {
    let mut w = World::on(true);
    let works: [Work; 2] = [w.winner(), w.winner()];
    // Each in an environment that holds only what the call itself loads, as on the network.
    let mut measure = |call: &dyn Fn(&World)| {
        w = w.reopened();
        call(&w);
        Cost::last(&w)
    };
    let main = measure(&|w| {
        let Work { challenge, solver, attempt, .. } = works[0].moved(w);
        assert!(w.main().outcome(&challenge, &solver, &attempt).last);
    });
    let costs = [
        ("fold", measure(&|w| assert_eq!(w.fold(&works[0].moved(w)).wins, 1)) - main),
        ("mint, the first", measure(&|w| assert_eq!(w.mint(&works[0].moved(w)), 1)) - main),
        ("mint", measure(&|w| assert_eq!(w.mint(&works[1].moved(w)), 2)) - main),
        ("metadata", measure(&|w| assert!(w.client().metadata(&1).len() > 600))),
        ("token_uri", measure(&|w| assert_eq!(w.client().token_uri(&1).len(), 66))),
        ("burn", measure(&|w| w.client().burn(&works[0].moved(w).solver, &1))),
    ];
    let lines: std::vec::Vec<_> =
        costs.iter().map(|(call, cost)| std::format!("  \"{call}\": {}", cost.json())).collect();
    let now = std::format!("{{\n{}\n}}\n", lines.join(",\n"));
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots/cost.json");
    if std::env::var("UPDATE_COSTS").is_ok_and(|value| value == "1") {
        std::fs::write(path, &now).expect("writable");
    }
    let recorded = std::fs::read_to_string(path).expect("a snapshot: run with UPDATE_COSTS=1");
    let (now, recorded) = (numbers(&now), numbers(&recorded));
    assert_eq!(now.len(), recorded.len(), "{HOW}");
    for (i, (now, recorded)) in now.iter().zip(&recorded).enumerate() {
        // What a call to another contract costs the host moves a little with that contract: 2% for instructions and memory.
        let allowed = if i % 6 < 2 { recorded / 50 } else { 0 };
        assert!((now - recorded).abs() <= allowed, "{now} instead of {recorded}: {HOW}");
    }
}

const HOW: &str = "costs changed; if that is meant, run with UPDATE_COSTS=1";

fn numbers(json: &str) -> std::vec::Vec<i64> {
    json.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok()).collect()
}

#[test]
fn the_wasm_with_its_whole_spec_is_small() {
    assert!(WASM.len() <= 21_000, "the contract has grown to {} bytes", WASM.len());
}
