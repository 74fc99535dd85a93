//! A short list: the names of one person or body, most of whom have only a few, and the nouns they go by.

use std::ops::Deref;

/// So many are kept without a place of their own on the heap.
const FEW: usize = 3;

/// A list that mostly stays short, in the order it was filled in.
#[derive(Clone, Debug)]
pub(crate) enum Few<T> {
    /// The first so many of these.
    Inline([T; FEW], usize),
    /// Any number.
    Heap(Vec<T>),
}

impl<T: Copy + Default> Few<T> {
    /// None yet, and room for so many.
    pub(super) fn with_room_for(count: usize) -> Few<T> {
        if count <= FEW { Few::Inline([T::default(); FEW], 0) } else { Few::Heap(Vec::with_capacity(count)) }
    }

    /// Adds one behind the others.
    pub(super) fn push(&mut self, value: T) {
        match self {
            Few::Inline(few, count) if *count < FEW => {
                few[*count] = value;
                *count += 1;
            }
            Few::Inline(few, _) => {
                let mut many = few.to_vec();
                many.push(value);
                *self = Few::Heap(many);
            }
            Few::Heap(many) => many.push(value),
        }
    }
}

impl<T> Deref for Few<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match self {
            Few::Inline(few, count) => &few[..*count],
            Few::Heap(many) => many,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Few;

    #[test]
    fn nobody_is_named_too_often_to_be_kept() {
        for room in [0, 2, 9] {
            let mut mentions = Few::with_room_for(room);
            (0..7).for_each(|name| mentions.push(name));
            assert_eq!(*mentions, [0, 1, 2, 3, 4, 5, 6]);
        }
    }
}
