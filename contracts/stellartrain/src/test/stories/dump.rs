//! With `STORY_DUMP=DIR`, what a story published and what the contract stores, for the indexer's own projection to answer.
//!
//! `DIR/story-SEED.jsonl` has one JSON object a line. First `{"about": …}`. Then events, each exactly an element of RPC's
//! `getEvents`: ids order them, a transaction has one hash, a ledger one time, and indexes count the token's events as well.
//! After them, at least once and always at the end, `{"state": …}`: what the views return after all lines above it, as
//! base64 of the XDR of their `ScVal`. `board`, `outcome` and `owed` are true of `now`, all others are what is stored.
extern crate std;
use super::story::Story;
use crate::test::replay::Told;
use crate::test::world::{World, MIN_PATIENCE, NOW};
use soroban_sdk::xdr::{ContractEvent, ContractEventBody, Limits, ScAddress, ScVal, WriteXdr};
use soroban_sdk::{Address, Bytes, Env, IntoVal, TryFromVal, Val};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::string::{String, ToString};
use std::vec::Vec;
use std::{format, writeln};

pub struct Dump {
    out: BufWriter<File>,
    seed: u64,
    ledger: u32,
    transaction: u32,
}

impl Dump {
    pub fn from_env(seed: u64, steps: u32, w: &World) -> Option<Dump> {
        let dir = std::env::var("STORY_DUMP").ok()?;
        std::fs::create_dir_all(&dir).expect("STORY_DUMP=DIR");
        let file = File::create(format!("{dir}/story-{seed}.jsonl")).expect("STORY_DUMP=DIR");
        let mut dump = Dump { out: BufWriter::new(file), seed, ledger: 0, transaction: 0 };
        let (contract, version) = (strkey(&w.contract), crate::events::EVENT_VERSION);
        dump.line(&format!(
            r#"{{"about":{{"seed":{seed},"steps":{steps},"contract":"{contract}","event_version":{version},"min_patience":{MIN_PATIENCE},"start":{NOW}}}}}"#
        ));
        Some(dump)
    }

    fn line(&mut self, text: &str) {
        writeln!(self.out, "{text}").expect("room for the dump");
    }

    /// What one call published: a transaction of its own.
    pub fn events(&mut self, w: &World, all: &[ContractEvent]) {
        let (ledger, e) = (w.e.ledger().sequence(), &w.e);
        self.transaction = if ledger == self.ledger { self.transaction + 1 } else { 1 };
        self.ledger = ledger;
        let id = u64::from(ledger) << 32 | u64::from(self.transaction) << 12;
        let name = format!("{} {id}", self.seed);
        let hash = hex(&e.crypto().sha256(&Bytes::from_slice(e, name.as_bytes())).to_array());
        let (contract, own) = (strkey(&w.contract), ScAddress::from(&w.contract));
        for (index, event) in all.iter().enumerate() {
            if event.contract_id.clone().is_none_or(|id| ScAddress::Contract(id) != own) {
                continue;
            }
            let ContractEventBody::V0(body) = &event.body;
            let topics: Vec<String> = body.topics.iter().map(|topic| format!("{:?}", base64(topic))).collect();
            let (closed, value) = (iso(w.now()), base64(&body.data));
            self.line(&format!(
                r#"{{"type":"contract","id":"{id:019}-{index:010}","ledger":{ledger},"ledgerClosedAt":"{closed}","contractId":"{contract}","txHash":"{hash}","inSuccessfulContractCall":true,"topic":[{}],"value":"{value}"}}"#,
                topics.join(",")
            ));
        }
    }

    pub fn finish(mut self) {
        self.out.flush().expect("room for the dump");
    }
}

impl Story {
    pub fn dump_state(&mut self) {
        let Some(mut dump) = self.dump.take() else { return };
        let e = &self.w.e;
        let ids: Vec<u32> = self.replay.challenges.keys().copied().collect();
        let challenges: Vec<String> = ids.iter().map(|id| self.challenge_json(*id)).collect();
        let oracles = self.replay.oracles.iter().map(|(oracle, (_, keys))| {
            let record = xdr(e, self.client.oracle(oracle));
            let keys = (1..=keys.len() as u32).map(|version| xdr(e, self.client.oracle_key(oracle, &version)));
            format!(r#""{}":{{"record":{record},"keys":{}}}"#, strkey(oracle), list(keys))
        });
        let oracles: Vec<String> = oracles.collect();
        let makers = self.replay.makers.keys().map(|maker| pair(maker, xdr(e, self.client.maker(maker))));
        let makers: Vec<String> = makers.collect();
        let (now, ledger) = (self.now(), e.ledger().sequence());
        dump.line(&format!(
            r#"{{"state":{{"now":{now},"ledger":{ledger},"challenges":[{}],"oracles":{{{}}},"makers":{{{}}}}}}}"#,
            challenges.join(","),
            oracles.join(","),
            makers.join(",")
        ));
        self.dump = Some(dump);
    }

    fn challenge_json(&self, id: u32) -> String {
        let (e, client, told): (&Env, _, &Told) = (&self.w.e, &self.client, &self.replay.challenges[&id]);
        let submissions = told.pieces.values().map(|piece| {
            let (solver, attempt) = (&piece.solver, piece.attempt);
            format!(
                r#"{{"solver":"{}","attempt":{attempt},"submission":{},"outcome":{},"owed":{}}}"#,
                strkey(solver),
                xdr(e, client.submission(&id, solver, &attempt)),
                xdr(e, client.outcome(&id, solver, &attempt)),
                xdr(e, client.owed(&id, solver, &attempt))
            )
        });
        let epochs = (1..=told.epochs.len() as u32).map(|epoch| xdr(e, client.epoch(&id, &epoch)));
        let attempts = told.tries.keys().map(|solver| pair(solver, xdr(e, client.attempts(&id, solver))));
        let claimed = told.claims.keys().map(|labeler| pair(labeler, xdr(e, client.claimed(&id, labeler))));
        let revealed = told.revealed.keys().map(|who| pair(who, xdr(e, client.revealed(&id, who).unwrap())));
        let contents = told.contents.keys().map(|content| {
            let number = client.content(&id, &soroban_sdk::BytesN::from_array(e, content));
            format!(r#""{}":{}"#, hex(content), xdr(e, number))
        });
        let map = |pairs: Vec<String>| format!("{{{}}}", pairs.join(","));
        format!(
            r#"{{"id":{id},"challenge":{},"state":{},"board":{},"earnings":{},"epochs":{},"submissions":{},"attempts":{},"claimed":{},"revealed":{},"contents":{}}}"#,
            xdr(e, client.challenge(&id)),
            xdr(e, client.state(&id)),
            xdr(e, client.board(&id)),
            xdr(e, client.earnings(&id)),
            list(epochs),
            list(submissions),
            map(attempts.collect()),
            map(claimed.collect()),
            map(revealed.collect()),
            map(contents.collect())
        )
    }
}

/// A value as views return it, quoted.
fn xdr<T: IntoVal<Env, Val>>(e: &Env, value: T) -> String {
    let value = ScVal::try_from_val(e, &value.into_val(e)).expect("a value");
    format!("{:?}", base64(&value))
}

fn base64(value: &ScVal) -> String {
    value.to_xdr_base64(Limits::none()).expect("XDR")
}

fn list(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(","))
}

fn pair(who: &Address, value: String) -> String {
    format!(r#""{}":{value}"#, strkey(who))
}

fn strkey(address: &Address) -> String {
    address.to_string().to_string()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Unix seconds as RPC writes a time.
fn iso(time: u64) -> String {
    let (days, second) = (time / 86_400, time % 86_400);
    let (mut year, mut day) = (1970, days);
    let length = |year: u64| {
        if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) {
            366
        } else {
            365
        }
    };
    while day >= length(year) {
        day -= length(year);
        year += 1;
    }
    let months = [31, length(year) - 337, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let mut month = 0;
    while day >= months[month] {
        day -= months[month];
        month += 1;
    }
    let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
    format!("{year}-{:02}-{:02}T{hour:02}:{minute:02}:{second:02}Z", month + 1, day + 1)
}
