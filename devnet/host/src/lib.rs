//! The network's official contract host behind a small message interface, without any import.
//!
//! `alloc` gives room for a message, `call` answers one, `out` says where the answer lies. A message is a
//! sequence of length-prefixed fields (`wire`); seeds and clocks are arguments, so equal calls give equal answers.
//!
//! - `ledger`: the entries, and layers of work on them; `settings`: limits and prices
//! - `frame`, `context`, `check`, `auth`: a transaction, the ledger that it is meant for, and whether it may enter it
//! - `apply`, `ops`, `soroban`: what it does; `meta`, `events`, `result`: how that is told
//! - `queue`, `resources`, `clusters`: what waits, and for what; `chain`, `expiry`, `live`, `header`, `aside`: closing; `record`, `keep`: what is left behind; `simulate`, `friendbot`, `json`: what they say

mod accounts;
mod apply;
mod aside;
mod auth;
mod chain;
mod check;
mod clusters;
mod context;
mod decoded;
mod events;
mod expiry;
mod frame;
mod friendbot;
mod header;
mod json;
mod keep;
mod ledger;
mod live;
mod meta;
mod ops;
mod queue;
mod record;
mod resources;
mod result;
mod settings;
mod simulate;
mod soroban;
mod wire;

use aside::Aside;
use chain::{Chain, Clock, Submitted};
use frame::Frame;
use friendbot::Step;
use ledger::{from_stranger, to_xdr, Ttl};
use soroban_env_host::xdr::{LedgerKey, Memo, OperationBody};
use std::cell::UnsafeCell;
use wire::{Reader, Writer};

/// The protocol that this host runs.
pub fn soroban_protocol() -> u32 {
    soroban::PROTOCOL
}

#[derive(Default)]
struct Module {
    chain: Option<Chain>,
    answer: Vec<u8>,
    message: Vec<u8>,
}

/// The module's state. WebAssembly runs one call at a time; after a trap nothing is left borrowed.
struct Shared(UnsafeCell<Option<Module>>);
// SAFETY: there is a single thread.
unsafe impl Sync for Shared {}
static MODULE: Shared = Shared(UnsafeCell::new(None));

#[allow(clippy::mut_from_ref)]
fn module() -> &'static mut Module {
    // SAFETY: a single thread, and no entry point calls another.
    unsafe { (*MODULE.0.get()).get_or_insert_with(Module::default) }
}

/// Makes room for a message of this many bytes; the caller writes it there before `call`.
#[no_mangle]
pub extern "C" fn alloc(length: u32) -> *mut u8 {
    let module = module();
    module.message = vec![0; length as usize];
    module.message.as_mut_ptr()
}

/// Answers the message; 0 when all went well, 1 when the answer is the text of an error.
#[no_mangle]
pub extern "C" fn call(method: u32) -> u32 {
    let module = module();
    let message = std::mem::take(&mut module.message);
    let (answer, failed) = match dispatch(module, method, &message) {
        Ok(answer) => (answer, 0),
        Err(error) => (error.into_bytes(), 1),
    };
    module.answer = answer;
    failed
}

/// Where the answer starts.
#[no_mangle]
pub extern "C" fn out() -> *const u8 {
    module().answer.as_ptr()
}

#[no_mangle]
pub extern "C" fn out_length() -> u32 {
    module().answer.len() as u32
}

fn dispatch(module: &mut Module, method: u32, message: &[u8]) -> Result<Vec<u8>, String> {
    let mut input = Reader::new(message);
    if method == 0 {
        let (passphrase, seed) = (input.text()?, input.bytes()?);
        let (settings, close_time) = (input.text()?, input.number()?);
        let operations = input.number()? as u32;
        let chain = module.chain.insert(Chain::genesis(passphrase, seed, settings, close_time, operations)?);
        let aside = Aside::empty(&chain.settings, &chain.ledger);
        return record::ledger_record(&chain.header, chain.header_hash, &[], &[], &aside);
    }
    let chain = module.chain.as_mut().ok_or("the chain has not been started")?;
    match method {
        1 => submit(chain, &mut input),
        2 => {
            let clock = clock(&mut input)?;
            chain.close(clock, input.number()? as u32)
        }
        3 => {
            let clock = clock(&mut input)?;
            let flags = input.number()?;
            let auth =
                simulate::Auth { record: flags & 1 != 0, allow_nonroot: flags & 2 != 0, address_v2: flags & 4 != 0 };
            let leeway = input.number()? as u32;
            let frame = Frame::read(input.bytes()?, chain.network_id)?;
            simulate::simulate(chain, &frame, auth, leeway, clock)
        }
        4 => entries(chain, &mut input),
        5 => chain.save(),
        6 => chain.load(input.bytes()?).map(|()| vec![]),
        7 => chain.replay(input.bytes()?).map(|()| vec![]),
        8 => chain.close_meta(input.bytes()?),
        9 => fund_accounts(chain, &mut input),
        10 => {
            chain.recover();
            Ok(vec![])
        }
        11 => describe(chain, &mut input),
        12 => chain.fault(),
        13 => {
            let name = input.text()?;
            json::json(name, input.bytes()?).map(String::into_bytes)
        }
        14 => fund_contract(chain, &mut input),
        _ => Err(format!("no method {method}")),
    }
}

fn clock(input: &mut Reader) -> Result<Clock, String> {
    Ok(Clock { close_time: input.number()?, bounds_time: input.number()? })
}

fn submit(chain: &mut Chain, input: &mut Reader) -> Result<Vec<u8>, String> {
    let clock = clock(input)?;
    let bytes = input.bytes()?;
    let frame = read_frame(chain, bytes)?;
    let hash = frame.hash;
    let (status, result) = match chain.submit(frame, clock) {
        Submitted::Pending => (0, vec![]),
        Submitted::Duplicate => (1, vec![]),
        Submitted::TryAgainLater => (2, vec![]),
        Submitted::Error(result) => (3, to_xdr(&result)?),
    };
    let mut diagnostics = vec![];
    if status == 3 {
        for event in chain.explain(&Frame::read(bytes, chain.network_id)?) {
            diagnostics.push(to_xdr(&event)?);
        }
    }
    let mut writer = Writer::default();
    writer.number(status).bytes(&hash).bytes(&result).list(&diagnostics);
    Ok(writer.done())
}

/// An envelope from outside, no larger than the official server takes it.
fn read_frame(chain: &Chain, bytes: &[u8]) -> Result<Frame, String> {
    let frame = Frame::read(bytes, chain.network_id)?;
    if !decoded::takes_envelope(&chain.settings, &frame.envelope) {
        return Err("decoded, the envelope is larger than 1 MiB".into());
    }
    Ok(frame)
}

/// What is wrong with keys that were asked for: nothing, or the place of one that is none or that is of a lifetime.
const SOUND: u64 = 0;
const NO_KEY: u64 = 1;
const OF_LIFETIME: u64 = 2;

fn entries(chain: &Chain, input: &mut Reader) -> Result<Vec<u8>, String> {
    let refuse = |why: u64, place: usize| {
        let mut out = Writer::default();
        out.number(why).number(place as u64);
        Ok(out.done())
    };
    let mut out = Writer::default();
    out.number(SOUND);
    for (place, bytes) in input.list()?.into_iter().enumerate() {
        let Ok(key) = from_stranger::<LedgerKey>(bytes) else { return refuse(NO_KEY, place) };
        if !decoded::takes_key(&chain.settings, &key) {
            return refuse(NO_KEY, place);
        }
        if matches!(key, LedgerKey::Ttl(_)) {
            return refuse(OF_LIFETIME, place);
        }
        let mut found = Writer::default();
        if let Some(slot) = chain.ledger.get(&key) {
            // An expired temporary entry is gone; an archived one can still be seen, and restored.
            let temporary = soroban::durability(&key) == Some(soroban_env_host::xdr::ContractDataDurability::Temporary);
            let expired = slot.ttl.is_some_and(|ttl| ttl.live_until < chain.header.ledger_seq);
            // As nodes tell it: the archive does not know since when.
            let live_until = |ttl: Ttl| u64::from(if expired { 0 } else { ttl.live_until });
            if !(temporary && expired) {
                found
                    .bytes(&to_xdr(&slot.entry.data)?)
                    .number(u64::from(slot.entry.last_modified_ledger_seq))
                    .bytes(&slot.ttl.map_or(vec![], |ttl| live_until(ttl).to_le_bytes().to_vec()))
                    .bytes(&to_xdr(&slot.entry.ext)?);
            }
        }
        out.bytes(&found.done());
    }
    Ok(out.done())
}

fn fund_accounts(chain: &Chain, input: &mut Reader) -> Result<Vec<u8>, String> {
    let balance = input.number()? as i64;
    let keys: Result<Vec<[u8; 32]>, _> = input.list()?.into_iter().map(<[u8; 32]>::try_from).collect();
    friendbot::fund_accounts(chain, &keys.map_err(|_| "a key has 32 bytes")?, balance)
}

fn fund_contract(chain: &Chain, input: &mut Reader) -> Result<Vec<u8>, String> {
    let clock = clock(input)?;
    let balance = input.number()? as i64;
    let id = input.bytes()?.try_into().map_err(|_| "a contract's id has 32 bytes")?;
    let (step, envelope) = match friendbot::fund_contract(chain, id, balance, clock)? {
        Step::Funded => (0, vec![]),
        Step::Pay(envelope) => (1, envelope),
        Step::Deploy(envelope) => (2, envelope),
    };
    let mut writer = Writer::default();
    writer.number(step).bytes(&envelope);
    Ok(writer.done())
}

/// What the server must know of an envelope to answer for it: operations, the one operation's name, whether it has
/// authorization, resources and a memo.
fn describe(chain: &Chain, input: &mut Reader) -> Result<Vec<u8>, String> {
    let frame = read_frame(chain, input.bytes()?)?;
    let first = frame.tx.operations.first().map(|op| &op.body);
    let has_auth = matches!(first, Some(OperationBody::InvokeHostFunction(call)) if !call.auth.is_empty());
    let mut writer = Writer::default();
    writer
        .number(frame.tx.operations.len() as u64)
        .text(first.map_or("", |body| body.name()))
        .number(u64::from(has_auth))
        .number(u64::from(frame.soroban().is_some()))
        .number(u64::from(frame.tx.memo != Memo::None));
    Ok(writer.done())
}
