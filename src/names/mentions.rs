//! The names of one person or body, most of whom have only a few.

use std::ops::Deref;

/// So many are kept without a place of their own on the heap.
const FEW: usize = 3;

/// Indices of names, in order.
#[derive(Clone, Debug)]
pub(crate) enum Mentions {
    /// The first so many of the indices.
    Few([usize; FEW], usize),
    /// Any number of indices.
    Many(Vec<usize>),
}

impl Mentions {
    /// None yet, and room for so many.
    pub(super) fn with_room_for(count: usize) -> Mentions {
        if count <= FEW { Mentions::Few([0; FEW], 0) } else { Mentions::Many(Vec::with_capacity(count)) }
    }

    /// Adds a name behind the others.
    pub(super) fn push(&mut self, name: usize) {
        match self {
            Mentions::Few(few, count) if *count < FEW => {
                few[*count] = name;
                *count += 1;
            }
            Mentions::Few(few, _) => {
                let mut many = few.to_vec();
                many.push(name);
                *self = Mentions::Many(many);
            }
            Mentions::Many(many) => many.push(name),
        }
    }
}

impl Deref for Mentions {
    type Target = [usize];

    fn deref(&self) -> &[usize] {
        match self {
            Mentions::Few(few, count) => &few[..*count],
            Mentions::Many(many) => many,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Mentions;

    #[test]
    fn nobody_is_named_too_often_to_be_kept() {
        for room in [0, 2, 9] {
            let mut mentions = Mentions::with_room_for(room);
            (0..7).for_each(|name| mentions.push(name));
            assert_eq!(*mentions, [0, 1, 2, 3, 4, 5, 6]);
        }
    }
}
