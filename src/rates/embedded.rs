//! The tables that are part of the program.

/// File name and text of every shipped table; a test holds the list equal to the folder.
pub(super) const TABLES: [(&str, &str); 5] = [
    ("2022.toml", include_str!("../../rates/2022.toml")),
    ("2023.toml", include_str!("../../rates/2023.toml")),
    ("2024.toml", include_str!("../../rates/2024.toml")),
    ("2025.toml", include_str!("../../rates/2025.toml")),
    ("2026.toml", include_str!("../../rates/2026.toml")),
];

/// File name and text of every shipped list of envelopes; a test holds it equal to the folder.
pub(super) const ENVELOPES: [(&str, &str); 1] =
    [("HU-2023.toml", include_str!("../../rates/envelopes/HU-2023.toml"))];

/// Country names.
pub(super) const COUNTRIES: (&str, &str) =
    ("countries.toml", include_str!("../../rates/countries.toml"));
