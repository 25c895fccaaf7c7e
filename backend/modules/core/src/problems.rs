//! The catalogue of everything the API may answer instead of what was asked for.

use orion_framework::module::Registry;
use orion_framework::problem::{FRAMEWORK, ProblemKind};
use orion_framework::{auth, gate, idempotency};
use orion_types::module::ProblemType;

/// Every kind of problem: those of the framework, then those of each module.
pub(crate) fn catalogue(registry: &Registry) -> Vec<ProblemType> {
    let shared = [FRAMEWORK, auth::PROBLEMS, idempotency::PROBLEMS, gate::PROBLEMS];
    let framework = shared.into_iter().flatten().map(|kind| describe("framework", kind));
    let modules = registry
        .all()
        .iter()
        .flat_map(|module| module.problems.iter().map(|kind| describe(module.id, kind)));
    framework.chain(modules).collect()
}

fn describe(module: &str, kind: &ProblemKind) -> ProblemType {
    ProblemType {
        code: kind.code.to_owned(),
        status: kind.status,
        title: kind.title.to_owned(),
        module: module.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use orion_framework::module::Module;

    #[test]
    fn the_catalogue_names_the_module_of_each_kind() {
        static TAKEN: ProblemKind = ProblemKind {
            code: "shop.taken",
            status: 409,
            title: "Taken",
        };
        static SHOP: Module = Module {
            id: "shop",
            problems: &[&TAKEN],
            ..Module::EMPTY
        };
        let catalogue = catalogue(&Registry::new(&[&SHOP]).unwrap());
        let last = catalogue.last().unwrap();
        assert_eq!((last.code.as_str(), last.module.as_str(), last.status), ("shop.taken", "shop", 409));
        assert!(
            catalogue
                .iter()
                .any(|kind| kind.code == "framework.not_found" && kind.status == 404)
        );
    }
}
