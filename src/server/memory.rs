//! The memory that requests and answers under way may take, all together.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A number of bytes that all calls share.
#[derive(Debug)]
pub(super) struct Memory {
    limit: usize,
    used: AtomicUsize,
}

impl Memory {
    /// All of it free.
    pub(super) fn new(limit: usize) -> Arc<Memory> {
        Arc::new(Memory { limit, used: AtomicUsize::new(0) })
    }

    /// A charge of nothing yet.
    pub(super) fn charge(self: &Arc<Memory>) -> Charge {
        Charge { memory: self.clone(), bytes: 0 }
    }

    /// Bytes taken now.
    pub(super) fn used(&self) -> usize {
        self.used.load(Ordering::Relaxed)
    }
}

/// What one holder has taken; given back when it goes.
#[derive(Debug)]
pub(super) struct Charge {
    memory: Arc<Memory>,
    bytes: usize,
}

impl Charge {
    /// Takes more; false when there is not that much.
    pub(super) fn grow(&mut self, bytes: usize) -> bool {
        let fits = |used: usize| used.checked_add(bytes).filter(|&sum| sum <= self.memory.limit);
        let taken = self.memory.used.fetch_update(Ordering::Relaxed, Ordering::Relaxed, fits).is_ok();
        self.bytes += if taken { bytes } else { 0 };
        taken
    }

    /// Gives all of it back.
    pub(super) fn release(&mut self) {
        self.memory.used.fetch_sub(std::mem::take(&mut self.bytes), Ordering::Relaxed);
    }
}

impl Drop for Charge {
    fn drop(&mut self) {
        self.release();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_desk_gives_back_another_can_take() {
        let memory = Memory::new(10);
        let (mut first, mut second) = (memory.charge(), memory.charge());
        assert!(first.grow(6) && !second.grow(6) && second.grow(4));
        drop(first);
        assert!(second.grow(6));
        assert_eq!(memory.used(), 10);
        second.release();
        assert_eq!(memory.used(), 0);
    }
}
