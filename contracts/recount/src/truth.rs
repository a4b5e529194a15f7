//! The truth, opened chunk by chunk: its values, and in a ranking which rows are private. Its ids are never needed.
use crate::chunk::{commitment, Buffer, Handed};
use crate::errors::{require, Error};
use crate::form::{self, cell, header, number, CARRY};
use crate::rules::Classes;
use crate::storage::{self, PARTED, ROWS};
use crate::tally::Kind;
use crate::types::{Frozen, Truth};
use soroban_sdk::xdr::ToXdr;
use soroban_sdk::{Bytes, BytesN, Env};

/// Takes the next chunk. Returns the truth as far as it is open now.
pub fn open(e: &Env, challenge: u32, frozen: &Frozen, salt: &BytesN<32>, handed: &Handed) -> Result<Truth, Error> {
    let main = storage::main_contract(e);
    let bound = frozen.maker.clone().to_xdr(e);
    let fits = commitment(e, &main, &bound, salt, &handed.form_hash(e)) == frozen.truth;
    require(fits, Error::TruthMismatch)?;
    handed.check(e)?;
    let (mut truth, buffer, mut at) = match storage::truth(e, challenge) {
        Some(truth) => {
            require(!truth.complete, Error::AlreadyOpened)?;
            require(handed.place == truth.next, Error::OutOfOrder)?;
            let buffer = Buffer::new(&truth.carry, handed.chunk)?;
            (truth, buffer, 0)
        }
        None => {
            require(handed.place == 0, Error::OutOfOrder)?;
            let buffer = Buffer::new(&Bytes::new(e), handed.chunk)?;
            let header = header(buffer.all(), form::TRUTH)?;
            require(header.numbers == numbers(frozen), Error::BadForm)?;
            let (rows, at) = (header.rows, header.length);
            let column = Bytes::from_slice(e, header.column);
            let none = Bytes::new(e);
            let salt = salt.clone();
            (Truth { next: 0, rows, known: 0, parted: 0, carry: none, column, salt, complete: false }, buffer, at)
        }
    };
    truth.carry = Bytes::new(e);
    at = values(e, challenge, frozen, &mut truth, buffer.all(), at)?;
    if truth.known == truth.rows && frozen.places > 0 {
        parts(e, challenge, frozen, &mut truth, &buffer.all()[at..])?;
    } else if truth.known < truth.rows {
        let rest = &buffer.all()[at..];
        require(rest.len() <= CARRY, Error::BadForm)?;
        truth.carry = Bytes::from_slice(e, rest);
    }
    truth.next += 1;
    truth.complete = truth.known == truth.rows && (frozen.places == 0 || truth.parted == truth.rows);
    // The form ends before its rows do.
    require(truth.complete || !handed.is_last(), Error::WrongRows)?;
    storage::set_truth(e, challenge, &truth, frozen.judge_by);
    Ok(truth)
}

/// Whether the truth's cells are numbers.
fn numbers(frozen: &Frozen) -> bool {
    frozen.rules.numbers || matches!(frozen.rules.metric.kind(), Kind::Numbers(_))
}

/// Bytes that a row's value takes in storage.
pub fn width(kind: Kind) -> usize {
    if matches!(kind, Kind::Numbers(_)) {
        8
    } else {
        1
    }
}

/// Stores the values of the rows that end in these bytes; returns where the rest begins.
fn values(e: &Env, id: u32, frozen: &Frozen, truth: &mut Truth, bytes: &[u8], mut at: usize) -> Result<usize, Error> {
    let kind = frozen.rules.metric.kind();
    let (numeric, width) = (numbers(frozen), width(kind));
    let classes = Classes::of(&frozen.rules)?;
    let mut piece = [0; ROWS as usize * 8];
    let mut used = 0;
    while truth.known < truth.rows {
        let Some((cell, length)) = cell(&bytes[at..], numeric)? else { break };
        if width == 8 {
            number(cell)?;
            piece[used..used + 8].copy_from_slice(cell);
        } else {
            piece[used] = classes.find(cell, numeric)? as u8;
        }
        used += width;
        at += length;
        truth.known += 1;
        if truth.known.is_multiple_of(ROWS) {
            append(e, id, frozen, (truth.known - 1) / ROWS, &piece[..used]);
            used = 0;
        }
    }
    if used > 0 {
        append(e, id, frozen, (truth.known - 1) / ROWS, &piece[..used]);
    }
    Ok(at)
}

/// A piece may have begun in the chunk before.
fn append(e: &Env, challenge: u32, frozen: &Frozen, piece: u32, values: &[u8]) {
    let mut stored = storage::values(e, challenge, piece).unwrap_or(Bytes::new(e));
    stored.extend_from_slice(values);
    storage::set_values(e, challenge, piece, &stored, frozen.judge_by);
}

/// Stores which rows are private: a byte for each row stands behind the values, 1 for public and 2 for private ones.
fn parts(e: &Env, challenge: u32, frozen: &Frozen, truth: &mut Truth, bytes: &[u8]) -> Result<(), Error> {
    let mut usages = bytes.iter().take((truth.rows - truth.parted) as usize);
    while truth.parted < truth.rows {
        let (piece, begun) = (truth.parted / PARTED, truth.parted % PARTED);
        let mut bits = [0; PARTED as usize / 8];
        if begun > 0 {
            let stored = storage::private(e, challenge, piece).ok_or(Error::TruthNotOpen)?;
            stored.copy_into_slice(bits.get_mut(..stored.len() as usize).ok_or(Error::BadForm)?);
        }
        let end = (PARTED - begun).min(truth.rows - truth.parted);
        let mut taken = 0;
        for usage in usages.by_ref().take(end as usize) {
            require(*usage == 1 || *usage == 2, Error::BadForm)?;
            let row = begun + taken;
            bits[row as usize / 8] |= (usage - 1) << (row % 8);
            taken += 1;
        }
        if taken == 0 {
            break;
        }
        truth.parted += taken;
        let length = (begun + taken).div_ceil(8) as usize;
        storage::set_private(e, challenge, piece, &Bytes::from_slice(e, &bits[..length]), frozen.judge_by);
    }
    Ok(())
}
