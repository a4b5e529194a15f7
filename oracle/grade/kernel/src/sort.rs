//! Sorts the records by their bytes. The bytes of as many places as fit are packed into one key of 32 bits, each place with no more
//! room than the different bytes that stand there need: eight hexadecimal digits are one key. A radix sort of the keys follows, and entries
//! with the same key are sorted by their further places. The same as `table/sortentries.ts`.

use crate::bytes::load;
use crate::table::{HEAD, first_record, record_length, record_row, size};
use core::arch::wasm32::*;

/// So few are inserted one by one.
const FEW: usize = 24;
/// What may stand at a place: its end, which comes first, or a byte.
const SYMBOLS: usize = 257;
/// That a key may hold.
const PLACES: usize = 8;
/// So many entries are looked at to guess which symbols there are.
const SAMPLE: usize = 8192;
/// Bits of a digit, and digits of a key.
const DIGIT: u32 = 8;
const VALUES: usize = 1 << DIGIT;
const DIGITS: usize = 4;
/// Entries of a call: long loops in one call would never be run by the better code that the engine has by then.
const CALL: usize = 16384;

struct Key {
    start: usize,
    places: usize,
    size: u64,
    counts: [u32; PLACES],
    codes: [i32; PLACES * SYMBOLS],
}

static mut KEY: Key = Key { start: 0, places: 0, size: 0, counts: [0; PLACES], codes: [0; PLACES * SYMBOLS] };
static mut STARTS: [[u32; VALUES]; DIGITS] = [[0; VALUES]; DIGITS];

/// Of all entries, by number: the address of each one's record.
static mut RECORDS: *mut u32 = core::ptr::null_mut();
/// Keys in the high half, entries in the low one.
static mut PAIRS: [*mut u64; 2] = [core::ptr::null_mut(); 2];

/// Bytes that `sort` needs for so many entries, behind the four of each that stay.
#[unsafe(no_mangle)]
pub extern "C" fn sort_room(entries: u32) -> u32 {
    entries * 24 + (entries / FEW as u32 + 1) * 12 + 64
}

/// The entries whose text stands in an earlier one.
static mut REPEATED: *mut u32 = core::ptr::null_mut();
static mut FOUND: usize = 0;

/// How many entries have a text that stands in an earlier one, and where they are told.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sorted_repeated() -> *const u32 {
    unsafe { REPEATED }
}
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sorted_found() -> u32 {
    unsafe { FOUND as u32 }
}

unsafe fn repeat(entry: u32) {
    unsafe {
        *REPEATED.add(FOUND) = record_row(*RECORDS.add(entry as usize) as *const u8);
        FOUND += 1;
    }
}

/// Sorts; gives the address of the entries' ranks. At `records` is room for the address of each entry's record, which stays; at `room` for the work.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sort(records: *mut u32, room: *mut u8) -> *const u32 {
    unsafe {
        let count = size() as usize;
        list(records);
        let pairs: *mut u64 = ((room as usize + 7) & !7) as *mut u64;
        PAIRS = [pairs, pairs.add(count)];
        let order: *mut u32 = pairs.add(2 * count).cast();
        // Not by calls of itself: how deep they would go is for whoever wrote the file to choose.
        let waiting: *mut [u32; 3] = order.add(count).cast();
        REPEATED = waiting.add(count / FEW + 1).cast();
        FOUND = 0;
        for i in 0..count {
            *order.add(i) = i as u32;
        }
        if !is_sorted(count) {
            *waiting = [0, count as u32, 0];
            let mut left = 1;
            while left > 0 {
                left -= 1;
                let [from, to, at] = *waiting.add(left);
                let depth = at as usize;
                let range = order.add(from as usize);
                let length = (to - from) as usize;
                if length <= FEW {
                    sort_few(range, length, depth)
                } else {
                    left = sort_by_keys(order, from as usize, length, depth, waiting, left)
                }
            }
        }
        let ranks: *mut u32 = PAIRS[0].cast();
        let mut from = 0;
        while from < count {
            let to = (from + CALL).min(count);
            rank(order, ranks, from, to);
            from = to;
        }
        ranks
    }
}

#[inline(never)]
unsafe fn rank(order: *const u32, ranks: *mut u32, from: usize, to: usize) {
    unsafe {
        for i in from..to {
            *ranks.add(*order.add(i) as usize) = i as u32;
        }
    }
}

/// Writes the address of each entry's record.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn list(records: *mut u32) {
    unsafe {
        RECORDS = records;
        let count = size() as usize;
        let mut record = first_record();
        let mut from = 0;
        while from < count {
            let to = (from + CALL).min(count);
            record = list_some(record, from, to);
            from = to;
        }
    }
}

#[inline(never)]
unsafe fn list_some(mut record: *const u8, from: usize, to: usize) -> *const u8 {
    unsafe {
        for entry in from..to {
            *RECORDS.add(entry) = record as u32;
            record = record.add(HEAD + record_length(record));
        }
        record
    }
}

#[inline(always)]
unsafe fn text(entry: u32) -> (*const u8, usize) {
    unsafe {
        let record = *RECORDS.add(entry as usize) as *const u8;
        (record.add(HEAD), record_length(record))
    }
}

unsafe fn is_sorted(count: usize) -> bool {
    unsafe {
        let mut from = 1;
        while from < count {
            let to = (from + CALL).min(count);
            if !are_sorted(from, to) {
                return false;
            }
            from = to;
        }
        true
    }
}

#[inline(never)]
unsafe fn are_sorted(from: usize, to: usize) -> bool {
    unsafe { (from..to).all(|entry| is_less(entry as u32 - 1, entry as u32, 0)) }
}

/// Of two entries that agree in their first `depth` bytes.
#[inline(always)]
unsafe fn is_less(a: u32, b: u32, depth: usize) -> bool {
    unsafe {
        let (a, a_length) = text(a);
        let (b, b_length) = text(b);
        let shared = a_length.min(b_length);
        let mut i = depth;
        while i < shared {
            let same = i8x16_bitmask(i8x16_eq(load(a.add(i)), load(b.add(i)))) as u32 ^ 0xffff;
            let at = i + same.trailing_zeros() as usize;
            if same != 0 && at < shared {
                return *a.add(at) < *b.add(at);
            }
            i += 16;
        }
        a_length < b_length
    }
}

/// Insertion sort.
#[inline(never)]
unsafe fn sort_few(order: *mut u32, count: usize, depth: usize) {
    unsafe {
        for i in 1..count {
            let entry = *order.add(i);
            let mut j = i;
            while j > 0 && is_less(entry, *order.add(j - 1), depth) {
                *order.add(j) = *order.add(j - 1);
                j -= 1;
            }
            *order.add(j) = entry;
        }
        for i in 1..count {
            if !is_less(*order.add(i - 1), *order.add(i), depth) {
                repeat(*order.add(i));
            }
        }
    }
}

/// Sorts a range by one key; those with the same key are sorted, or wait. Returns how many wait.
unsafe fn sort_by_keys(
    all: *mut u32,
    from: usize,
    count: usize,
    depth: usize,
    waiting: *mut [u32; 3],
    mut left: usize,
) -> usize {
    unsafe {
        let order = all.add(from);
        // Who ended before that agrees with all others in it.
        let mut differ = text(*order).1 >= depth;
        if differ {
            let start = depth + shared_bytes(order, count, depth);
            find_symbols(order, count, start, count.div_ceil(SAMPLE));
            if !fill_keys(order, count) {
                find_symbols(order, count, start, 1);
                fill_keys(order, count);
            }
            // Behind what all share, either two differ or all end.
            differ = KEY.size > 1;
        }
        if !differ {
            for i in 1..count {
                repeat(*order.add(i));
            }
            return left;
        }
        let bits = 64 - (KEY.size - 1).leading_zeros();
        let mut at = 0;
        let mut digit = 0;
        while digit * DIGIT < bits {
            let starts = &mut STARTS[digit as usize];
            let mut sum = 0;
            for start in starts.iter_mut() {
                sum += core::mem::replace(start, sum);
            }
            let mut begin = 0;
            while begin < count {
                let end = (begin + CALL).min(count);
                scatter(PAIRS[at], PAIRS[1 - at], begin, end, 32 + digit * DIGIT, digit as usize);
                begin = end;
            }
            at = 1 - at;
            digit += 1;
        }
        let pairs = PAIRS[at];
        let next = KEY.start + KEY.places;
        take_order(pairs, order, count);
        let mut begin = 0;
        while begin < count {
            let limit = (begin + CALL).min(count - 1);
            begin = next_tie(pairs, begin, limit);
            if begin == limit {
                if limit == count - 1 {
                    break;
                }
                continue;
            }
            let end = tie_end(pairs, begin, count);
            if end - begin > FEW {
                *waiting.add(left) = [(from + begin) as u32, (from + end) as u32, next as u32];
                left += 1;
            } else {
                sort_few(order.add(begin), end - begin, next);
            }
            begin = end;
        }
        left
    }
}

/// The first entry from `from` on whose key is that of the next one; `to` where there is none before it.
#[inline(never)]
unsafe fn next_tie(pairs: *const u64, from: usize, to: usize) -> usize {
    unsafe {
        let mut i = from;
        while i < to && *pairs.add(i) >> 32 != *pairs.add(i + 1) >> 32 {
            i += 1;
        }
        i
    }
}

#[inline(never)]
unsafe fn tie_end(pairs: *const u64, begin: usize, count: usize) -> usize {
    unsafe {
        let mut end = begin + 1;
        while end < count && *pairs.add(end) >> 32 == *pairs.add(begin) >> 32 {
            end += 1;
        }
        end
    }
}

unsafe fn take_order(pairs: *const u64, order: *mut u32, count: usize) {
    unsafe {
        let mut from = 0;
        while from < count {
            let to = (from + CALL).min(count);
            take_some(pairs, order, from, to);
            from = to;
        }
    }
}

#[inline(never)]
unsafe fn take_some(pairs: *const u64, order: *mut u32, from: usize, to: usize) {
    unsafe {
        for i in from..to {
            *order.add(i) = *pairs.add(i) as u32;
        }
    }
}

#[inline(never)]
unsafe fn scatter(pairs: *const u64, other: *mut u64, from: usize, to: usize, shift: u32, digit: usize) {
    unsafe {
        let next = STARTS[digit].as_mut_ptr();
        for i in from..to {
            let pair = *pairs.add(i);
            let start = next.add((pair >> shift) as usize & (VALUES - 1));
            *other.add(*start as usize) = pair;
            *start += 1;
        }
    }
}

/// How many bytes from `depth` on are the same in all entries.
unsafe fn shared_bytes(order: *const u32, count: usize, depth: usize) -> usize {
    unsafe {
        let mut shared = text(*order).1 - depth;
        let mut from = 1;
        while from < count && shared > 0 {
            let to = (from + CALL).min(count);
            shared = shared_by_some(order, from, to, depth, shared);
            from = to;
        }
        shared
    }
}

#[inline(never)]
unsafe fn shared_by_some(order: *const u32, from: usize, to: usize, depth: usize, mut shared: usize) -> usize {
    unsafe {
        let first = text(*order).0.add(depth);
        for i in from..to {
            let (at, length) = text(*order.add(i));
            let at = at.add(depth);
            let end = shared.min(length - depth);
            let mut same = 0;
            while same < end {
                let differ = i8x16_bitmask(i8x16_eq(load(at.add(same)), load(first.add(same)))) as u32 ^ 0xffff;
                if differ != 0 {
                    same += differ.trailing_zeros() as usize;
                    break;
                }
                same += 16;
            }
            shared = same.min(end);
        }
        shared
    }
}

/// Gives codes to what stands at as many places as fit, from `start` on: the symbols of every `step`th entry.
unsafe fn find_symbols(order: *const u32, count: usize, start: usize, step: usize) {
    unsafe {
        KEY.codes.fill(-1);
        let mut from = 0;
        while from < count {
            let to = (from + CALL * step).min(count);
            find_some(order, from, to, start, step);
            from = to;
        }
        KEY.start = start;
        KEY.places = 0;
        KEY.size = 1;
        for place in 0..PLACES {
            let mut codes = 0;
            for symbol in 0..SYMBOLS {
                let code = &mut KEY.codes[place * SYMBOLS + symbol];
                if *code == 0 {
                    *code = codes;
                    codes += 1;
                }
            }
            if KEY.size * codes as u64 > 1 << 32 {
                break;
            }
            KEY.counts[place] = codes as u32;
            KEY.size *= codes as u64;
            KEY.places += 1;
        }
    }
}

#[inline(never)]
unsafe fn find_some(order: *const u32, from: usize, to: usize, start: usize, step: usize) {
    unsafe {
        for i in (from..to).step_by(step) {
            let (at, length) = text(*order.add(i));
            for place in 0..PLACES {
                let symbol = if start + place < length { *at.add(start + place) as usize + 1 } else { 0 };
                *KEY.codes.get_unchecked_mut(place * SYMBOLS + symbol) = 0;
            }
        }
    }
}

/// False where an entry has a symbol without a code.
unsafe fn fill_keys(order: *const u32, count: usize) -> bool {
    unsafe {
        for starts in STARTS.iter_mut() {
            starts.fill(0);
        }
        let mut all = true;
        let mut from = 0;
        while from < count && all {
            let to = (from + CALL).min(count);
            all = fill_some(order, from, to);
            from = to;
        }
        all
    }
}

#[inline(never)]
unsafe fn fill_some(order: *const u32, from: usize, to: usize) -> bool {
    unsafe {
        let mut all = 0;
        let codes = KEY.codes.as_ptr();
        for i in from..to {
            let entry = *order.add(i);
            let (at, length) = text(entry);
            let mut key = 0u32;
            for place in 0..KEY.places {
                let symbol = if KEY.start + place < length { *at.add(KEY.start + place) as usize + 1 } else { 0 };
                let code = *codes.add(place * SYMBOLS + symbol);
                all |= code;
                key = key.wrapping_mul(KEY.counts[place]).wrapping_add(code as u32);
            }
            *PAIRS[0].add(i) = (key as u64) << 32 | entry as u64;
            STARTS[0][key as usize & (VALUES - 1)] += 1;
            STARTS[1][(key >> DIGIT) as usize & (VALUES - 1)] += 1;
            STARTS[2][(key >> (2 * DIGIT)) as usize & (VALUES - 1)] += 1;
            STARTS[3][(key >> (3 * DIGIT)) as usize & (VALUES - 1)] += 1;
        }
        all >= 0
    }
}
