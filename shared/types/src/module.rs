//! Modules on the wire: what an operator switches per platform.

use crate::permission::Permission;
use crate::status::ModuleTier;

wire! {
    /// A module as one platform sees it.
    pub struct ModuleState {
        /// The module's id, such as `orders`.
        pub id: String,
        /// Its name for people.
        pub name: String,
        /// What it gives, in a sentence.
        pub summary: String,
        /// Core modules are always on, optional ones are switched, internal ones serve administrators.
        pub tier: ModuleTier,
        /// Whether it is on.
        pub enabled: bool,
        /// Modules that must be on before it can be.
        pub requires: Vec<String>,
        /// Modules that are on and need it.
        pub dependants: Vec<String>,
    }

    /// What a module is made of, the same on every platform.
    pub struct ModuleDefinition {
        /// The module's id, such as `orders`.
        pub code: String,
        /// Its name for people.
        pub name: String,
        /// What it gives, in a sentence.
        pub summary: String,
        /// The version of its code.
        pub version: String,
        /// Core modules are always on, optional ones are switched, internal ones serve administrators.
        pub tier: ModuleTier,
        /// Modules that must be on before it can be.
        pub requires: Vec<String>,
        /// Rights that it owns.
        pub permissions: Vec<Permission>,
        /// Its entries in menus.
        pub menu: Vec<ModuleMenuItem>,
        /// What a shop or its staff can do with it, in a word or two each.
        pub features: Vec<String>,
        /// The settings that it keeps for each store.
        pub settings: Vec<ModuleSetting>,
        /// The moments at which it does something of its own.
        pub hooks: Vec<String>,
        /// Events that it publishes.
        pub events: Vec<String>,
        /// Events that it reacts to.
        pub listens_to: Vec<String>,
        /// Kinds of jobs that it runs.
        pub jobs: Vec<String>,
        /// What it looks at for `/health`.
        pub health_checks: Vec<String>,
    }

    /// A setting that a module keeps for each store, in the words of JSON Schema.
    pub struct ModuleSetting {
        pub key: String,
        /// What it is, for people.
        pub title: String,
        /// `string` or `object`.
        #[serde(rename = "type")]
        pub kind: String,
        /// Most characters of a text.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub max_length: Option<i64>,
    }

    /// An entry that a module adds to a menu.
    pub struct ModuleMenuItem {
        /// Whose menu: `store` or `admin`.
        pub area: String,
        /// What it says.
        pub label: String,
        /// Where it leads, below the app's base.
        pub path: String,
    }

    /// How to switch a module.
    #[serde(deny_unknown_fields)]
    pub struct SwitchModule {
        /// Also enable what it requires, or disable what depends on it.
        #[serde(default)]
        pub cascade: bool,
    }

    /// A kind of problem that the API answers with.
    pub struct ProblemType {
        /// What `code` says in the problem document.
        pub code: String,
        /// The HTTP status.
        pub status: u16,
        /// What it means.
        pub title: String,
        /// The module that answers with it; `framework` for all of them.
        pub module: String,
    }
}
