//! A gate that misbehaves admits no one, and does nothing else: nothing is moved, nothing is asked of the solver that the
//! solver did not sign.
use super::*;
use crate::errors::Error;
use soroban_sdk::testutils::{MockAuth, MockAuthInvoke};
use soroban_sdk::{
    contract, contractimpl, contracttype, panic_with_error, symbol_short, Bytes, Env, IntoVal, Symbol, Val, Vec,
};
use std::panic::{catch_unwind, AssertUnwindSafe};

/// How the gate behaves, set by the test.
#[contracttype]
#[derive(Clone, Debug, PartialEq)]
pub enum Manner {
    Admits,
    Refuses,
    /// Fails with an error that looks like one of the contract that calls it.
    FailsAs(u32),
    Panics,
    /// Answers with another type.
    Number(u32),
    Text,
    Nothing,
    /// Says yes to the first question and no to the next, or the other way round.
    Alternates,
    /// Calls a function of the contract back and admits whatever comes of it.
    CallsBack(Address, Symbol, Vec<Val>),
    /// Asks the solver for money.
    Charges(Address, i128),
    /// Never answers.
    Loops,
}

#[contract]
pub struct GateCode;

#[contractimpl]
impl GateCode {
    pub fn set_manner(e: Env, manner: Manner) {
        e.storage().instance().set(&symbol_short!("manner"), &manner);
    }

    /// What came of the last call back: 1 = it went through, 2 = it was refused.
    pub fn answered(e: Env) -> u32 {
        e.storage().instance().get(&symbol_short!("answered")).unwrap_or(0)
    }

    pub fn admits(e: Env, _challenge: u32, solver: Address) -> Val {
        let manner: Manner = e.storage().instance().get(&symbol_short!("manner")).unwrap_or(Manner::Admits);
        let yes = true.into_val(&e);
        match manner {
            Manner::Admits => yes,
            Manner::Refuses => false.into_val(&e),
            Manner::FailsAs(code) => panic_with_error!(&e, soroban_sdk::Error::from_contract_error(code)),
            Manner::Panics => panic!("no"),
            Manner::Number(number) => number.into_val(&e),
            Manner::Text => Bytes::from_slice(&e, b"true").into_val(&e),
            Manner::Nothing => ().into_val(&e),
            Manner::Alternates => {
                let asked = symbol_short!("asked");
                let before: bool = e.storage().instance().get(&asked).unwrap_or(false);
                e.storage().instance().set(&asked, &!before);
                (!before).into_val(&e)
            }
            Manner::CallsBack(there, name, args) => {
                let result = e.try_invoke_contract::<Val, soroban_sdk::Error>(&there, &name, args);
                let answered = if result.is_ok() { 1u32 } else { 2 };
                e.storage().instance().set(&symbol_short!("answered"), &answered);
                yes
            }
            Manner::Charges(token, amount) => {
                soroban_sdk::token::TokenClient::new(&e, &token).transfer(
                    &solver,
                    e.current_contract_address(),
                    &amount,
                );
                yes
            }
            Manner::Loops => loop {
                e.crypto().sha256(&Bytes::from_slice(&e, &[0; 4_096]));
            },
        }
    }
}

struct Gated {
    w: World,
    gate: Address,
    id: u32,
}

impl Gated {
    fn new() -> Gated {
        let w = World::new();
        let gate = w.e.register(GateCode, ());
        let id = w.open(&Terms { gate: Some(gate.clone()), ..w.terms() });
        Gated { w, gate, id }
    }

    fn is(&self, manner: Manner) {
        GateCodeClient::new(&self.w.e, &self.gate).set_manner(&manner);
    }

    #[track_caller]
    fn keeps_out(&self, solver: &Address) {
        let w = &self.w;
        let submit = w.client().try_submit(solver, &self.id, &1, &w.cid(9), &w.bytes(0), &0, &0);
        refused(submit, Error::NotAdmitted);
        assert_eq!((w.state(self.id).submitted, w.balance(solver)), (0, 1_000));
        assert_eq!(w.client().attempts(&self.id, solver), Attempts::default());
        w.check();
    }
}

#[test]
fn one_that_fails_or_answers_anything_but_true_admits_no_one() {
    let g = Gated::new();
    let solver = g.w.solver();
    for manner in [
        Manner::Refuses,
        Manner::FailsAs(7),
        Manner::FailsAs(Error::NothingOwed as u32),
        Manner::Panics,
        Manner::Number(1),
        Manner::Text,
        Manner::Nothing,
    ] {
        g.is(manner);
        g.keeps_out(&solver);
    }
    g.is(Manner::Admits);
    g.w.submit(g.id, &solver);
}

#[test]
fn what_is_no_contract_or_knows_no_question_admits_no_one() {
    use soroban_sdk::testutils::Address as _;
    let w = World::new();
    for gate in [Address::generate(&w.e), w.asset.clone(), w.contract.clone(), w.maker.clone()] {
        let id = w.open(&Terms { gate: Some(gate), ..w.terms() });
        let submit = w.client().try_submit(&w.solver(), &id, &1, &w.cid(9), &w.bytes(0), &0, &0);
        refused(submit, Error::NotAdmitted);
    }
    w.check();
}

/// A gate is asked once for each submission, never for what was submitted before.
#[test]
fn one_that_changes_its_mind_takes_nothing_back() {
    let g = Gated::new();
    g.is(Manner::Alternates);
    let w = &g.w;
    let first = w.work(g.id);
    let again = w.client().try_submit(&first.solver, &g.id, &2, &w.cid(9), &w.bytes(0), &0, &0);
    refused(again, Error::NotAdmitted);
    g.is(Manner::Panics);
    w.grade(g.id, &[w.scored(&first, 60, 1)]);
    assert_eq!(w.balance(&first.solver), 2_000);
    w.go_to(w.terms().grade_by);
    w.client().close(&g.id);
    w.check();
}

#[test]
fn one_that_calls_back_is_not_let_in() {
    let g = Gated::new();
    let w = &g.w;
    let e = &w.e;
    let other = w.open(&w.terms());
    let waiting = w.work(other);
    let calls: [(&str, Vec<Val>); 5] = [
        ("state", (g.id,).into_val(e)),
        ("cancel", (g.id,).into_val(e)),
        ("settle", (other, w.settlements(&[&waiting])).into_val(e)),
        ("top_up", (&w.maker, other, 0i128, 1i128).into_val(e)),
        ("submit", (w.solver(), other, 1u32, w.cid(9), w.bytes(0), 0u32, 0i128).into_val(e)),
    ];
    for (name, args) in calls {
        let before = (w.state(other), w.balance(&w.maker));
        g.is(Manner::CallsBack(w.contract.clone(), Symbol::new(e, name), args));
        w.work(g.id);
        assert_eq!(GateCodeClient::new(e, &g.gate).answered(), 2, "{name} was let in");
        assert_eq!((w.state(other), w.balance(&w.maker)), before);
        w.check();
    }
}

/// The solver's consent is to the submission with its deposit: a gate that wants a transfer as well does not get it.
#[test]
fn one_that_asks_for_a_transfer_gets_nothing_that_was_not_signed() {
    let g = Gated::new();
    let (w, e) = (&g.w, &g.w.e);
    let solver = w.solver();
    g.is(Manner::Charges(w.asset.clone(), 500));
    let transfer = MockAuthInvoke {
        contract: &w.asset,
        fn_name: "transfer",
        args: (&solver, &w.contract, 20i128).into_val(e),
        sub_invokes: &[],
    };
    let args: Vec<Val> = (&solver, g.id, 1u32, w.cid(9), w.bytes(0), 0u32, 0i128).into_val(e);
    let invoke = MockAuthInvoke { contract: &w.contract, fn_name: "submit", args, sub_invokes: &[transfer] };
    e.mock_auths(&[MockAuth { address: &solver, invoke: &invoke }]);
    let submit = w.client().try_submit(&solver, &g.id, &1, &w.cid(9), &w.bytes(0), &0, &0);
    refused(submit, Error::NotAdmitted);
    assert_eq!((w.balance(&solver), w.balance(&g.gate), w.state(g.id).submitted), (1_000, 0, 0));
    // With a gate that asks for nothing the same signature is enough.
    e.mock_all_auths();
    g.is(Manner::Admits);
    e.mock_auths(&[MockAuth { address: &solver, invoke: &invoke }]);
    w.client().submit(&solver, &g.id, &1, &w.cid(9), &w.bytes(0), &0, &0);
    e.mock_all_auths();
    w.check();
}

#[test]
fn one_that_never_answers_keeps_out_its_own_solvers_only() {
    let g = Gated::new();
    let w = &g.w;
    let open = w.open(&w.terms());
    g.is(Manner::Loops);
    let solver = w.solver();
    // The test environment panics where a transaction would run out of its budget.
    w.e.cost_estimate().budget().reset_limits(100_000_000, 40 * 1_024 * 1_024);
    let submit = || w.client().try_submit(&solver, &g.id, &1, &w.cid(9), &w.bytes(0), &0, &0).is_ok();
    let passed = catch_unwind(AssertUnwindSafe(submit)).unwrap_or(false);
    w.e.cost_estimate().budget().reset_unlimited();
    assert!(!passed);
    assert_eq!((w.state(g.id).submitted, w.balance(&solver)), (0, 1_000));
    w.submit(open, &solver);
    w.check();
}
