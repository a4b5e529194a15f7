//! Runs a plan natively and writes what came of it: `golden PLAN.json > GOLDEN.json`.

use devnet_parity::{
    ledger::Ledger,
    native::{apply, simulate},
    plan::{Kind, Plan},
    sdk,
};
use serde_json::{json, Value};
use std::{env, fs, rc::Rc};

fn main() {
    let path = env::args().nth(1).expect("the path of a plan");
    let plan: Plan = serde_json::from_str(&fs::read_to_string(path).expect("a plan")).expect("a plan");
    let mut ledger = Ledger::of(&plan);
    let steps: Vec<Value> = plan
        .steps
        .iter()
        .map(|step| match step.kind {
            Kind::Simulate => json!({ "name": step.name, "simulated": simulate(&Rc::new(ledger.clone()), step) }),
            Kind::Apply => {
                let sdk = sdk::run(&ledger, step);
                json!({ "name": step.name, "applied": apply(&mut ledger, step), "sdk": sdk })
            }
        })
        .collect();
    println!("{}", serde_json::to_string(&json!({ "prices": sdk::prices(&ledger), "steps": steps })).expect("JSON"));
}
