//! Text ids: their records in the order of the file, and a table of them.
//!
//! A record is the row of an id (u32), its hash (u32), its length (u16) and its bytes; one follows the other. Slots are pairs of a hash and the address of its record,
//! 0 where the pair is free. The table is made once all records are there.

use crate::bytes::{copy, equal, half, word};
use crate::{ROWS, SHARED};

pub const HEAD: usize = 10;

/// Ids of one first byte of their hash are looked at together.
const PARTITIONS: usize = 256;

struct Table {
    first: *mut u8,
    /// Where the next record goes.
    next: *mut u8,
    slots: *mut [u32; 2],
    /// Number of slots − 1.
    mask: u32,
    size: u32,
}

static mut TABLE: Table =
    Table { first: core::ptr::null_mut(), next: core::ptr::null_mut(), slots: core::ptr::null_mut(), mask: 0, size: 0 };

/// How many records there are of each first byte of a hash.
static mut PARTS: [u32; PARTITIONS] = [0; PARTITIONS];

/// What was read ahead must go somewhere.
static mut LOADED: u32 = 0;

/// Begins without records.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn open(records: *mut u8) {
    unsafe {
        TABLE = Table { first: records, next: records, slots: core::ptr::null_mut(), mask: 0, size: 0 };
        PARTS.fill(0);
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn size() -> u32 {
    unsafe { TABLE.size }
}

/// Where the next record goes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn next() -> *mut u8 {
    unsafe { TABLE.next }
}

pub unsafe fn first_record() -> *const u8 {
    unsafe { TABLE.first }
}

/// A sum of 64 bits over words of eight bytes, each of them the product of its halves after keys were added to them (NH of UMAC): who does not
/// know the keys can do no better than to let two texts collide in one of four billion processes. The sum is rotated before each word, so
/// that differences in high bits do not meet, and mixed at the end, since the low bits choose the slot.
#[inline(always)]
pub unsafe fn hash(at: *const u8, length: usize) -> u32 {
    unsafe {
        let mut key = SHARED.keys.as_ptr();
        let mut sum = length as u64;
        let mut i = 0;
        while i + 8 <= length {
            sum = add(sum, word(at.add(i)), key);
            key = key.add(2);
            i += 8;
        }
        if i < length {
            sum = add(sum, word(at.add(i)) & (u64::MAX >> (64 - 8 * (length - i))), key);
        }
        sum = (sum ^ (sum >> 32)).wrapping_mul(0xff51afd7ed558ccd);
        (sum ^ (sum >> 32)) as u32
    }
}

#[inline(always)]
unsafe fn add(sum: u64, word: u64, key: *const u32) -> u64 {
    unsafe {
        let low = (word as u32).wrapping_add(*key) as u64;
        let high = ((word >> 32) as u32).wrapping_add(*key.add(1)) as u64;
        sum.rotate_left(29).wrapping_add(low.wrapping_mul(high))
    }
}

#[inline(always)]
pub unsafe fn record_row(record: *const u8) -> u32 {
    unsafe { half(record) }
}

#[inline(always)]
unsafe fn record_hash(record: *const u8) -> u32 {
    unsafe { half(record.add(4)) }
}

#[inline(always)]
pub unsafe fn record_length(record: *const u8) -> usize {
    unsafe { record.add(8).cast::<u16>().read_unaligned() as usize }
}

#[inline(always)]
unsafe fn is_record(record: *const u8, at: *const u8, length: usize) -> bool {
    unsafe { record_length(record) == length && equal(record.add(HEAD), at, length) }
}

/// The row of a text, or -1.
#[inline(always)]
unsafe fn look_up(hash: u32, at: *const u8, length: usize) -> i32 {
    unsafe {
        let mut slot = hash & TABLE.mask;
        loop {
            let [tag, record] = *TABLE.slots.add(slot as usize);
            if record == 0 {
                return -1;
            }
            let record = record as *const u8;
            if tag == hash && is_record(record, at, length) {
                return record_row(record) as i32;
            }
            slot = (slot + 1) & TABLE.mask;
        }
    }
}

/// The row of the id in the scratch, or -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn find_one(length: u32) -> i32 {
    unsafe {
        let at = SHARED.scratch.as_ptr();
        look_up(hash(at, length as usize), at, length as usize)
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn hash_one(length: u32) -> u32 {
    unsafe { hash(SHARED.scratch.as_ptr(), length as usize) }
}

#[inline(always)]
unsafe fn append(row: u32, hash: u32, at: *const u8, length: usize) {
    unsafe {
        let to = TABLE.next;
        to.cast::<u32>().write_unaligned(row);
        to.add(4).cast::<u32>().write_unaligned(hash);
        to.add(8).cast::<u16>().write_unaligned(length as u16);
        PARTS[(hash >> 24) as usize] += 1;
        copy(to.add(HEAD), at, length);
        TABLE.next = to.add(HEAD + length);
        TABLE.size += 1;
    }
}

/// Adds the id in the scratch. There is room for it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn append_one(length: u32, row: u32) {
    unsafe {
        let at = SHARED.scratch.as_ptr();
        append(row, hash(at, length as usize), at, length as usize)
    }
}

/// Adds a block's ids, whose rows follow each other. There is room for them.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn append_rows(count: u32, first_row: u32) {
    unsafe {
        let window = SHARED.window.as_ptr();
        for row in 0..(count as usize).min(ROWS) {
            let at = window.add(SHARED.starts[row] as usize);
            append(first_row + row as u32, SHARED.hashes[row], at, SHARED.lengths[row] as usize);
        }
    }
}

/// Finds the rows of a block's ids. One thing at a time for all of them: what a look-up waits for is in no cache, and without decisions
/// between the look-ups the processor waits for many at once.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn find_rows(count: u32) {
    unsafe {
        let count = (count as usize).min(ROWS);
        let mut seen = 0;
        for row in 0..count {
            let hash = SHARED.hashes[row];
            let mut slot = hash & TABLE.mask;
            let mut pair = *TABLE.slots.add(slot as usize);
            while pair[1] != 0 && pair[0] != hash {
                slot = (slot + 1) & TABLE.mask;
                pair = *TABLE.slots.add(slot as usize);
            }
            SHARED.slots[row] = pair[1] as i32;
        }
        for row in 0..count {
            seen |= half(SHARED.slots[row] as u32 as *const u8);
        }
        LOADED = seen;
        let window = SHARED.window.as_ptr();
        for row in 0..count {
            let record = SHARED.slots[row] as u32 as *const u8;
            let at = window.add(SHARED.starts[row] as usize);
            let length = SHARED.lengths[row] as usize;
            SHARED.slots[row] = if record.is_null() {
                -1
            } else if is_record(record, at, length) {
                record_row(record) as i32
            } else {
                look_up(SHARED.hashes[row], at, length)
            };
        }
    }
}

/// Makes the table, in `count` free slots. No id is there more than once.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn index(slots: *mut [u32; 2], count: u32) {
    unsafe {
        TABLE.slots = slots;
        TABLE.mask = count - 1;
        let mut record = TABLE.first as *const u8;
        while record < TABLE.next {
            let mut rows = 0;
            while rows < ROWS && record < TABLE.next {
                SHARED.starts[rows] = record as u32;
                SHARED.hashes[rows] = record_hash(record);
                record = record.add(HEAD + record_length(record));
                rows += 1;
            }
            index_some(rows);
        }
    }
}

#[inline(never)]
unsafe fn index_some(count: usize) {
    unsafe {
        let mut seen = 0;
        for i in 0..count {
            seen |= (*TABLE.slots.add((SHARED.hashes[i] & TABLE.mask) as usize))[1];
        }
        LOADED = seen;
        for i in 0..count {
            let hash = SHARED.hashes[i];
            let mut slot = hash & TABLE.mask;
            while (*TABLE.slots.add(slot as usize))[1] != 0 {
                slot = (slot + 1) & TABLE.mask;
            }
            *TABLE.slots.add(slot as usize) = [hash, SHARED.starts[i]];
        }
    }
}

/// Bytes that `repeats` needs.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn repeats_room() -> u32 {
    unsafe { 8 * TABLE.size + 4 * slots_of_most() as u32 }
}

/// Slots for the ids of the largest partition.
unsafe fn slots_of_most() -> usize {
    unsafe { (2 * PARTS.iter().copied().max().unwrap_or(0) as usize + 2).next_power_of_two() }
}

/// Writes the rows of all ids that stand in an earlier row to `repeated`; returns how many. Without a table: by partitions, each of which stays in the
/// cache with slots of its own. `room` is a multiple of 8.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn repeats(room: *mut u8, repeated: *mut u32) -> u32 {
    unsafe {
        let pairs: *mut [u32; 2] = room.cast();
        let slots: *mut u32 = pairs.add(TABLE.size as usize).cast();
        let most = slots_of_most();
        let mut starts = [0u32; PARTITIONS];
        let mut sum = 0;
        for (start, count) in starts.iter_mut().zip(PARTS.iter()) {
            *start = sum;
            sum += count;
        }
        let mut record = TABLE.first as *const u8;
        while record < TABLE.next {
            record = part_some(record, pairs, starts.as_mut_ptr());
        }
        let mut found = 0;
        let mut from = 0;
        for count in PARTS {
            let slot_count = (2 * count as usize + 2).next_power_of_two().min(most);
            found = repeats_of(pairs.add(from), count as usize, slots, slot_count - 1, repeated, found);
            from += count as usize;
        }
        found
    }
}

#[inline(never)]
unsafe fn part_some(mut record: *const u8, pairs: *mut [u32; 2], starts: *mut u32) -> *const u8 {
    unsafe {
        let mut rows = 0;
        while rows < ROWS && record < TABLE.next {
            let hash = record_hash(record);
            let start = starts.add((hash >> 24) as usize);
            *pairs.add(*start as usize) = [hash, record as u32];
            *start += 1;
            record = record.add(HEAD + record_length(record));
            rows += 1;
        }
        record
    }
}

#[inline(never)]
unsafe fn repeats_of(
    pairs: *const [u32; 2],
    count: usize,
    slots: *mut u32,
    mask: usize,
    repeated: *mut u32,
    mut found: u32,
) -> u32 {
    unsafe {
        slots.write_bytes(0, mask + 1);
        'pairs: for i in 0..count {
            let [hash, record] = *pairs.add(i);
            let mut slot = hash as usize & mask;
            loop {
                let other = *slots.add(slot);
                if other == 0 {
                    break;
                }
                let [tag, other] = *pairs.add(other as usize - 1);
                if tag == hash {
                    let text = (record as *const u8).add(HEAD);
                    if is_record(other as *const u8, text, record_length(record as *const u8)) {
                        *repeated.add(found as usize) = record_row(record as *const u8);
                        found += 1;
                        continue 'pairs;
                    }
                }
                slot = (slot + 1) & mask;
            }
            *slots.add(slot) = i as u32 + 1;
        }
        found
    }
}
