//! Variants follow what happens to the options: what is there stays as it is, with its id, its SKU and its stock.

use leptos::prelude::*;
use orion_rules::matrix::{self, ValueKey};
use orion_rules::variants::MAX_VARIANTS;
use orion_ui::{Chip, sort_few};

use super::draft::{OptionDraft, ProductDraft, VariantDraft};

impl ProductDraft {
    /// Another option, without name and values.
    pub fn add_option(self) {
        let option = OptionDraft {
            key: self.new_key(),
            name: ArcRwSignal::new(String::new()),
            values: ArcRwSignal::new(Vec::new()),
        };
        self.options.update(|options| options.push(option));
    }

    /// An option has a value more. Its first one is that of all variants; with any other one come the variants that it makes of those
    /// that are there.
    pub fn value_added(self, option: u32, key: ValueKey) -> Result<(), String> {
        let Some((at, values)) = self.place(option) else { return Ok(()) };
        if values.len() == 1 {
            self.change(|variants| variants.iter_mut().for_each(|variant| variant.values.insert(at, key)));
            return Ok(());
        }
        let present = self.present();
        let joining = matrix::joining(&present, at, key);
        if present.len() + joining.len() > MAX_VARIANTS {
            self.without_value(option, key);
            return Err(format!("With this value there would be more than {MAX_VARIANTS} variants."));
        }
        self.offer(joining);
        Ok(())
    }

    /// An option has lost a value, which was at the place of an option that may have no values now.
    pub fn value_removed(self, option: u32, key: ValueKey) {
        let before = self.before(option);
        if self.place(option).is_some() {
            self.change(|variants| variants.retain(|variant| variant.values.get(before) != Some(&key)));
        } else {
            self.narrow(before);
        }
        if self.variants.with_untracked(Vec::is_empty) {
            self.offer(self.missing().unwrap_or_default());
        }
    }

    /// Takes an option out; of variants that become equal the first one stays.
    pub fn remove_option(self, option: u32) {
        let before = self.before(option);
        let has_values = self.place(option).is_some();
        self.options.update(|options| options.retain(|other| other.key != option));
        if has_values {
            self.narrow(before);
        }
    }

    /// Values have changed places.
    pub fn order_variants(self) {
        let options = untrack(|| self.value_keys());
        let rank = |variant: &VariantDraft| matrix::rank(&options, &variant.values);
        self.variants
            .update(|variants| sort_few(variants, |one, other| rank(one).cmp(&rank(other))));
    }

    /// Combinations that are not offered; `None` when there are too many. To be tracked.
    pub fn missing(self) -> Option<Vec<Vec<ValueKey>>> {
        let present: Vec<Vec<ValueKey>> = self
            .variants
            .with(|variants| variants.iter().map(|variant| variant.values.clone()).collect());
        matrix::missing(&self.value_keys(), &present)
    }

    /// Offers combinations, each like the variant that it has most in common with.
    pub fn offer(self, combinations: Vec<Vec<ValueKey>>) {
        let common = |one: &[ValueKey], other: &[ValueKey]| one.iter().zip(other).filter(|(one, other)| one == other).count();
        let present = self.variants.get_untracked();
        let made: Vec<VariantDraft> = combinations
            .into_iter()
            .map(|values| {
                // The first of several that are equally near.
                let like = present.iter().rev().max_by_key(|variant| common(&variant.values, &values));
                VariantDraft::new(self.new_key(), values, like)
            })
            .collect();
        self.change(|variants| variants.extend(made));
        self.order_variants();
    }

    /// Leaves a variant out.
    pub fn leave_out(self, row: u32) {
        self.change(|variants| variants.retain(|variant| variant.key != row));
    }

    fn present(self) -> Vec<Vec<ValueKey>> {
        self.variants
            .with_untracked(|variants| variants.iter().map(|variant| variant.values.clone()).collect())
    }

    fn change(self, change: impl FnOnce(&mut Vec<VariantDraft>)) {
        self.forget_removals();
        self.variants.update(change);
    }

    /// Takes the value at a place from all variants.
    fn narrow(self, at: usize) {
        let mut shorter = matrix::without_option(&self.present(), at).into_iter();
        self.change(|variants| {
            variants.retain_mut(|variant| match shorter.next().flatten() {
                Some(values) => {
                    variant.values = values;
                    true
                }
                None => false,
            });
        });
    }

    /// How many options with values stand before one: the place of its value in a variant.
    fn before(self, option: u32) -> usize {
        self.options.with_untracked(|options| {
            let before = options.iter().take_while(|other| other.key != option);
            before
                .filter(|other| other.values.with_untracked(|values| !values.is_empty()))
                .count()
        })
    }

    /// The place and the values of an option that has any.
    fn place(self, option: u32) -> Option<(usize, Vec<Chip>)> {
        let values = self.options.with_untracked(|options| {
            let option = options.iter().find(|other| other.key == option)?;
            Some(option.values.get_untracked())
        })?;
        (!values.is_empty()).then(|| (self.before(option), values))
    }

    fn without_value(self, option: u32, key: ValueKey) {
        self.options.with_untracked(|options| {
            for option in options.iter().filter(|other| other.key == option) {
                option.values.update(|values| values.retain(|value| value.key != key));
            }
        });
    }
}
