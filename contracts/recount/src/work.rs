//! A work, opened chunk by chunk against its solver's commitment; the last one gives its score.
//!
//! Every chunk comes with the hashes of all, and these with the nonce must be what the solver committed to: so a chunk is believed before
//! those behind it are known. Rows are compared with the truth's as they are read, and nothing of them is kept but `tally`, what the
//! metric needs. Three things more go from call to call: `known`, how many rows were read; `carry`, the bytes of a row that a chunk ends
//! within; and `hash`, the state of the SHA-256 that the content is told apart by. For the area under the curve each chunk's scores are
//! kept as a run (`runs`), for every later chunk is compared with them.
use crate::chunk::{commitment, Buffer, Handed};
use crate::errors::{require, Error};
use crate::form::{self, cell, header, number, CARRY};
use crate::id::Id;
use crate::main_contract::{field, Fields, MainClient, Verdict};
use crate::metrics::float::Float;
use crate::rules::Classes;
use crate::runs::Run;
use crate::sha256::{self, Sha256};
use crate::storage::{self, PARTED, ROWS};
use crate::tally::{self, Kind, Part};
use crate::truth::width;
use crate::types::{Frozen, Truth, Work};
use soroban_sdk::xdr::ToXdr;
use soroban_sdk::{Bytes, BytesN, Env};

/// Runs of scores that are compared with each other.
const MAX_RUNS: u32 = 16;

/// Takes the next chunk. Returns the work as far as it is open.
pub fn open(e: &Env, id: &Id, frozen: &Frozen, nonce: &BytesN<32>, handed: &Handed) -> Result<Work, Error> {
    let truth = storage::truth(e, id.challenge).filter(|truth| truth.complete).ok_or(Error::TruthNotOpen)?;
    let begun = storage::work(e, id.challenge, id.solver, id.attempt);
    let first = begun.is_none();
    let mut work = match begun {
        Some(work) => work,
        None => begin(e, id)?,
    };
    require(!work.scored, Error::AlreadyOpened)?;
    let mut bound = Bytes::from_array(e, &id.challenge.to_be_bytes());
    bound.append(&id.solver.clone().to_xdr(e));
    let main = storage::main_contract(e);
    let fits = commitment(e, &main, &bound, nonce, &handed.form_hash(e)) == work.commitment;
    require(fits, Error::WorkMismatch)?;
    handed.check(e)?;
    require(handed.place == work.next, Error::OutOfOrder)?;

    let kind = frozen.rules.metric.kind();
    require(kind != Kind::Scores || handed.count() <= MAX_RUNS, Error::TooManyChunks)?;
    let buffer = Buffer::new(&work.carry, handed.chunk)?;
    let at = if first { check_header(&buffer, frozen, &truth)? } else { 0 };
    let mut hash = if first { salted(&truth.salt) } else { loaded(&work.hash)? };
    hash.update(buffer.chunk());
    let classes = frozen.rules.classes.len() as usize;
    let mut parts = [Part::EMPTY; 2];
    let parts = if frozen.places > 0 { &mut parts[..] } else { &mut parts[..1] };
    if !first {
        let mut saved = [0; tally::SAVED];
        let saved = saved.get_mut(..work.tally.len() as usize).ok_or(Error::BadForm)?;
        work.tally.copy_into_slice(saved);
        tally::load(saved, kind, classes, parts)?;
    }
    let mut reader = Reader { e, id, frozen, truth: &truth, kind, run: Run::new(), parts };
    let rest = reader.rows(&buffer.all()[at..], &mut work.known)?;
    let Reader { run, parts, .. } = reader;
    if kind == Kind::Scores {
        run.count(e, id, handed, frozen, parts)?;
    }
    work.next += 1;
    if work.known < truth.rows {
        require(rest.len() <= CARRY, Error::BadForm)?;
        require(!handed.is_last(), Error::WrongRows)?;
        work.carry = Bytes::from_slice(e, rest);
        work.hash = Bytes::from_array(e, &hash.save());
        let mut saved = [0; tally::SAVED];
        let length = tally::save(parts, kind, classes, &mut saved);
        work.tally = Bytes::from_slice(e, &saved[..length]);
        return Ok(work);
    }
    // Nothing may follow the last row.
    require(rest.is_empty() && handed.is_last(), Error::WrongRows)?;
    let score = |part: &Part| part.score(frozen.rules.metric, classes, frozen.rules.positive);
    work.score = score(&parts[0])?;
    if let Some(private) = parts.get(1) {
        work.private = score(private)?;
    }
    work.scored = true;
    (work.carry, work.hash, work.tally) = (Bytes::new(e), Bytes::new(e), Bytes::new(e));
    work.content_hash = BytesN::from_array(e, &hash.finish());
    Ok(work)
}

/// A submission that nothing was opened of yet.
fn begin(e: &Env, id: &Id) -> Result<Work, Error> {
    let entry = entry(e, id);
    let commitment: BytesN<32> = field(e, &entry, "commitment").ok_or(Error::NoCommitment)?;
    require(commitment != BytesN::from_array(e, &[0; 32]), Error::NoCommitment)?;
    let none = Bytes::new(e);
    Ok(Work {
        number: field(e, &entry, "number").ok_or(Error::NoCommitment)?,
        commitment,
        decided: decided(e, &entry)?,
        ruled: false,
        next: 0,
        known: 0,
        carry: none.clone(),
        hash: none.clone(),
        tally: none,
        scored: false,
        score: 0,
        private: 0,
        content_hash: BytesN::from_array(e, &[0; 32]),
    })
}

fn entry(e: &Env, id: &Id) -> Fields {
    MainClient::new(e, &storage::main_contract(e)).submission(&id.challenge, id.solver, &id.attempt)
}

/// Whether a quorum of oracles has scored it, which anyone may settle until the end.
pub fn is_decided(e: &Env, id: &Id) -> Result<bool, Error> {
    decided(e, &entry(e, id))
}

fn decided(e: &Env, entry: &Fields) -> Result<bool, Error> {
    let verdict: Verdict = field(e, entry, "verdict").ok_or(Error::Rejected)?;
    require(matches!(verdict, Verdict::Pending | Verdict::Scored), Error::Rejected)?;
    Ok(verdict == Verdict::Scored)
}

/// Where the rows begin.
fn check_header(buffer: &Buffer, frozen: &Frozen, truth: &Truth) -> Result<usize, Error> {
    let header = header(buffer.all(), form::WORK)?;
    let numbers = frozen.rules.numbers || frozen.rules.metric.kind() != Kind::Classes;
    let named = truth.column.len() as usize == header.column.len()
        && truth.column.iter().zip(header.column).all(|(a, b)| a == *b);
    require(header.numbers == numbers && named, Error::BadForm)?;
    require(header.rows == truth.rows, Error::WrongRows)?;
    Ok(header.length)
}

fn salted(salt: &BytesN<32>) -> Sha256 {
    let mut hash = Sha256::new();
    hash.update(&salt.to_array());
    hash
}

fn loaded(saved: &Bytes) -> Result<Sha256, Error> {
    let mut bytes = [0; sha256::SAVED];
    require(saved.len() as usize == sha256::SAVED, Error::BadForm)?; // not reachable: the contract wrote it
    saved.copy_into_slice(&mut bytes);
    Ok(Sha256::load(&bytes))
}

/// Lays a chunk's rows beside the truth's.
struct Reader<'a> {
    e: &'a Env,
    id: &'a Id<'a>,
    frozen: &'a Frozen,
    truth: &'a Truth,
    kind: Kind,
    run: Run,
    parts: &'a mut [Part],
}

impl Reader<'_> {
    /// Returns the bytes behind the last whole row.
    fn rows<'b>(&mut self, bytes: &'b [u8], known: &mut u32) -> Result<&'b [u8], Error> {
        let frozen = self.frozen;
        let rules = &frozen.rules;
        let (numeric, width) = (rules.numbers || self.kind != Kind::Classes, width(self.kind));
        let classes = Classes::of(rules)?;
        let mut values = [0; ROWS as usize * 8];
        let mut private = [0; PARTED as usize / 8];
        let (mut values_of, mut private_of) = (u32::MAX, u32::MAX);
        let mut at = 0;
        while *known < self.truth.rows {
            let Some((cell, length)) = cell(&bytes[at..], numeric)? else { break };
            at += length;
            let row = *known;
            *known += 1;
            if values_of != row / ROWS {
                values_of = row / ROWS;
                let stored = storage::values(self.e, self.id.challenge, values_of).ok_or(Error::TruthNotOpen)?;
                fill(&stored, &mut values)?;
            }
            let place = (row % ROWS) as usize;
            let part = if self.parts.len() > 1 {
                if private_of != row / PARTED {
                    private_of = row / PARTED;
                    let stored = storage::private(self.e, self.id.challenge, private_of).ok_or(Error::TruthNotOpen)?;
                    fill(&stored, &mut private)?;
                }
                let bit = (row % PARTED) as usize;
                usize::from(private[bit / 8] >> (bit % 8) & 1)
            } else {
                0
            };
            let known_part = self.parts.get_mut(part).ok_or(Error::BadForm)?;
            match self.kind {
                Kind::Classes => {
                    if numeric {
                        in_range(cell, frozen)?;
                    }
                    known_part.add_classes(values[place] as usize, classes.find(cell, numeric)?);
                }
                Kind::Numbers(loss) => {
                    let predicted = in_range(cell, frozen)?;
                    let truth = number(&values[place * width..place * width + 8])?;
                    known_part.add_numbers(loss, truth, predicted)?;
                }
                Kind::Scores => {
                    let predicted = in_range(cell, frozen)?;
                    let positive = u32::from(values[place]) == rules.positive;
                    known_part.add_score(positive);
                    self.run.push(predicted, positive, part == 1)?;
                }
            }
        }
        Ok(&bytes[at..])
    }
}

fn fill(stored: &Bytes, to: &mut [u8]) -> Result<(), Error> {
    stored.copy_into_slice(to.get_mut(..stored.len() as usize).ok_or(Error::BadForm)?);
    Ok(())
}

/// A number that a submission may hold.
fn in_range(cell: &[u8], frozen: &Frozen) -> Result<Float, Error> {
    let (value, rules) = (number(cell)?, &frozen.rules);
    let fits = (Float(rules.least).key()..=Float(rules.most).key()).contains(&value.key());
    require(fits && (!rules.whole || value.is_whole()), Error::OutOfRange)?;
    Ok(value)
}
