//! Canonical forms of one column (`oracle/grade/src/canonical/canonical.ts`, `canonicaltruth.ts`): the header, and one cell after another.
use crate::errors::{require, Error};
use crate::metrics::float::Float;

/// Bytes of a chunk; only the last one of a form may have fewer.
pub const CHUNK: usize = 65_536;
/// Bytes of the longest class.
pub const MAX_CLASS: usize = 64;
/// Bytes of the longest cell that a chunk may cut.
pub const CARRY: usize = MAX_CLASS + 4;
/// Rows that are counted exactly, whatever the metric.
const MAX_ROWS: u64 = 10_000_000;
const MAX_NAME: usize = 400;

/// Version of a submission's form, and of a truth's.
pub const WORK: u32 = 1;
pub const TRUTH: u32 = 5;

#[derive(Debug, Eq, PartialEq)]
pub struct Header<'a> {
    pub numbers: bool,
    pub column: &'a [u8],
    pub rows: u32,
    /// Bytes of the header.
    pub length: usize,
}

/// The header, which the first chunk holds whole.
pub fn header(bytes: &[u8], version: u32) -> Result<Header<'_>, Error> {
    let sound = word(bytes, 0)? == version && word(bytes, 4)? == 1;
    require(sound, Error::BadForm)?;
    let kind = *bytes.get(8).ok_or(Error::BadForm)?;
    let name = word(bytes, 9)? as usize;
    require(kind <= 1 && name <= MAX_NAME, Error::BadForm)?;
    let column = bytes.get(13..13 + name).ok_or(Error::BadForm)?;
    let rows = long(bytes, 13 + name)?;
    require((1..=MAX_ROWS).contains(&rows), Error::BadForm)?;
    Ok(Header { numbers: kind == 0, column, rows: rows as u32, length: 21 + name })
}

/// The cell at the beginning, and the bytes that it takes; none where the next chunk ends it.
pub fn cell(bytes: &[u8], numbers: bool) -> Result<Option<(&[u8], usize)>, Error> {
    let (from, to) = if numbers {
        (0, 8)
    } else {
        let Ok(length) = word(bytes, 0) else { return Ok(None) };
        require(length as usize <= MAX_CLASS, Error::UnknownClass)?;
        (4, 4 + length as usize)
    };
    Ok(bytes.get(from..to).map(|cell| (cell, to)))
}

/// A number of a form: finite, and 0 without a sign.
pub fn number(cell: &[u8]) -> Result<Float, Error> {
    let value = Float(long(cell, 0)?);
    require(value.is_finite() && (value.0 == 0 || !value.is_zero()), Error::BadForm)?;
    Ok(value)
}

fn word(bytes: &[u8], at: usize) -> Result<u32, Error> {
    let word: [u8; 4] = bytes.get(at..at + 4).and_then(|word| word.try_into().ok()).ok_or(Error::BadForm)?;
    Ok(u32::from_le_bytes(word))
}

fn long(bytes: &[u8], at: usize) -> Result<u64, Error> {
    let long: [u8; 8] = bytes.get(at..at + 8).and_then(|long| long.try_into().ok()).ok_or(Error::BadForm)?;
    Ok(u64::from_le_bytes(long))
}
