//! A short list: most have so few entries that none needs a place of its own on the heap.

use std::ops::Deref;

/// A list of any length, whose first `N` entries stand in it.
#[derive(Clone, Debug)]
pub(crate) enum Few<T, const N: usize> {
    /// The first so many of the entries.
    Here([T; N], u8),
    /// Any number of entries.
    Elsewhere(Vec<T>),
}

impl<T: Default, const N: usize> Few<T, N> {
    /// None yet, and room for so many.
    pub(crate) fn with_room_for(count: usize) -> Few<T, N> {
        if count <= N { Few::default() } else { Few::Elsewhere(Vec::with_capacity(count)) }
    }

    /// Adds an entry behind the others.
    pub(crate) fn push(&mut self, entry: T) {
        match self {
            Few::Here(here, count) => match here.get_mut(usize::from(*count)) {
                Some(free) => {
                    *free = entry;
                    *count += 1;
                }
                None => {
                    let mut all: Vec<T> = here.iter_mut().map(std::mem::take).collect();
                    all.push(entry);
                    *self = Few::Elsewhere(all);
                }
            },
            Few::Elsewhere(all) => all.push(entry),
        }
    }
}

impl<T: Default, const N: usize> Default for Few<T, N> {
    fn default() -> Few<T, N> {
        Few::Here(std::array::from_fn(|_| T::default()), 0)
    }
}

impl<T: Default, const N: usize> FromIterator<T> for Few<T, N> {
    fn from_iter<I: IntoIterator<Item = T>>(entries: I) -> Few<T, N> {
        let mut few = Few::default();
        entries.into_iter().for_each(|entry| few.push(entry));
        few
    }
}

impl<T, const N: usize> Deref for Few<T, N> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match self {
            Few::Here(here, count) => &here[..usize::from(*count)],
            Few::Elsewhere(all) => all,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Few;

    #[test]
    fn a_list_grows_as_long_as_it_must() {
        for room in [0, 2, 9] {
            let mut few: Few<usize, 3> = Few::with_room_for(room);
            (0..7).for_each(|entry| few.push(entry));
            assert_eq!(*few, [0, 1, 2, 3, 4, 5, 6]);
        }
        assert_eq!(*(0..2).collect::<Few<usize, 3>>(), [0, 1]);
    }
}
