//! Whether the answer is still wanted.

use std::cell::Cell;

/// How many questions of a loop become one to the caller, whose answer may cost a look at the clock.
const OFTEN: u32 = 16;

/// Asks the caller, who may lose interest. Whoever is told so leaves off, and what was found until
/// then is thrown away.
pub(crate) struct Stop<'a> {
    asked: &'a dyn Fn() -> bool,
    questions: Cell<u32>,
    said: Cell<bool>,
}

impl<'a> Stop<'a> {
    /// Asks `asked`.
    pub(crate) fn new(asked: &'a dyn Fn() -> bool) -> Stop<'a> {
        Stop { asked, questions: Cell::new(0), said: Cell::new(false) }
    }

    /// Asks the caller now. What was said once holds.
    pub(crate) fn now(&self) -> bool {
        self.said.set(self.said.get() || (self.asked)());
        self.said.get()
    }

    /// Asks the caller now and then: for loops over lines and sentences.
    pub(crate) fn by_now(&self) -> bool {
        self.questions.set(self.questions.get().wrapping_add(1));
        if self.questions.get().is_multiple_of(OFTEN) { self.now() } else { self.said.get() }
    }
}

#[cfg(test)]
impl Stop<'_> {
    /// For those who wait for the answer as long as it takes.
    pub(crate) fn never() -> Stop<'static> {
        Stop::new(&|| false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_editor_who_has_lost_interest_is_not_asked_again() {
        let asked = Cell::new(0);
        let answer = || {
            asked.set(asked.get() + 1);
            asked.get() == 2
        };
        let stop = Stop::new(&answer);
        let told = (0..100).take_while(|_| !stop.by_now()).count() as u32;
        assert_eq!((told, asked.get()), (2 * OFTEN - 1, 2));
        assert!(stop.by_now() && stop.now());
        assert_eq!(asked.get(), 2);
    }
}
