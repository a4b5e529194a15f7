//! A ledger's contract transactions in clusters that could run side by side: what touches the same entries stands in one.

use crate::frame::Frame;
use soroban_env_host::xdr::LedgerKey;
use std::collections::BTreeMap;

/// Transactions that depend on each other, directly or through others.
#[derive(Default)]
struct Group {
    instructions: i64,
    members: Vec<usize>,
}

/// Groups as they grow, packed into as many clusters as the network runs at once.
pub struct Clusters {
    /// Instructions of one cluster.
    limit: i64,
    count: usize,
    groups: BTreeMap<usize, Group>,
    /// By key, the groups that write it, and those that read it.
    writers: BTreeMap<LedgerKey, usize>,
    readers: BTreeMap<LedgerKey, Vec<usize>>,
    loads: Vec<i64>,
    cluster_of: BTreeMap<usize, usize>,
    repacked: bool,
}

impl Clusters {
    pub fn new(count: u32, limit: i64) -> Clusters {
        let count = count.max(1) as usize;
        Clusters {
            limit,
            count,
            groups: BTreeMap::new(),
            writers: BTreeMap::new(),
            readers: BTreeMap::new(),
            loads: vec![0; count],
            cluster_of: BTreeMap::new(),
            repacked: false,
        }
    }

    /// Adds a transaction under a number of its own, if it still fits.
    pub fn add(&mut self, member: usize, frame: &Frame) -> bool {
        let Some(data) = frame.soroban() else { return false };
        let footprint = &data.resources.footprint;
        let touched = self.touched(footprint.read_only.as_slice(), footprint.read_write.as_slice());
        let own = i64::from(data.resources.instructions);
        let merged = own + touched.iter().map(|group| self.groups[group].instructions).sum::<i64>();
        if merged > self.limit || !self.pack(member, merged, &touched) {
            return false;
        }
        let mut group = Group { instructions: merged, members: vec![member] };
        for old in &touched {
            if let Some(mut old) = self.groups.remove(old) {
                group.members.append(&mut old.members);
            }
        }
        self.groups.insert(member, group);
        let rename = |group: &mut usize| {
            if touched.contains(group) {
                *group = member;
            }
        };
        if !touched.is_empty() {
            self.writers.values_mut().for_each(rename);
            self.readers.values_mut().flatten().for_each(rename);
        }
        for key in footprint.read_write.iter() {
            self.writers.insert(key.clone(), member);
        }
        for key in footprint.read_only.iter() {
            let readers = self.readers.entry(key.clone()).or_default();
            if !readers.contains(&member) {
                readers.push(member);
            }
        }
        true
    }

    /// Each member's cluster.
    pub fn placed(&self) -> BTreeMap<usize, u8> {
        let mut placed = BTreeMap::new();
        for (name, group) in &self.groups {
            let cluster = self.cluster_of.get(name).copied().unwrap_or(0) as u8;
            placed.extend(group.members.iter().map(|member| (*member, cluster)));
        }
        placed
    }

    /// Groups with which a transaction shares an entry that one of them writes.
    fn touched(&self, read_only: &[LedgerKey], read_write: &[LedgerKey]) -> Vec<usize> {
        let mut touched: Vec<usize> = read_only.iter().filter_map(|key| self.writers.get(key).copied()).collect();
        for key in read_write {
            touched.extend(self.writers.get(key));
            touched.extend(self.readers.get(key).into_iter().flatten());
        }
        touched.sort_unstable();
        touched.dedup();
        touched
    }

    /// Finds a cluster for a group in place of those that it has swallowed: at once, or by packing all anew.
    fn pack(&mut self, name: usize, instructions: i64, swallowed: &[usize]) -> bool {
        if swallowed.is_empty() {
            if let Some(free) = self.loads.iter().position(|load| load + instructions <= self.limit) {
                self.loads[free] += instructions;
                self.cluster_of.insert(name, free);
                return true;
            }
            // Once packed as tightly as it goes, it need not be tried again for each that fits nowhere.
            if std::mem::replace(&mut self.repacked, true) {
                return false;
            }
        }
        let rest = self.groups.iter().filter(|(group, _)| !swallowed.contains(group));
        let mut all: Vec<(i64, usize)> = rest.map(|(name, group)| (group.instructions, *name)).collect();
        all.push((instructions, name));
        all.sort_unstable_by(|a, b| b.cmp(a));
        let (mut loads, mut cluster_of) = (vec![0; self.count], BTreeMap::new());
        for (instructions, name) in all {
            let Some(free) = loads.iter().position(|load| load + instructions <= self.limit) else { return false };
            loads[free] += instructions;
            cluster_of.insert(name, free);
        }
        (self.loads, self.cluster_of) = (loads, cluster_of);
        true
    }
}
