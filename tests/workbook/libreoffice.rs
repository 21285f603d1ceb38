//! LibreOffice computes workbooks again and exports what it computed.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use super::package::Package;
use super::sheet::Sheet;

/// Set where a missing LibreOffice is a failure.
const REQUIRED: &str = "KA171_LIBREOFFICE_REQUIRED";

/// Formulas are computed when a file is opened, whatever values it keeps.
const ALWAYS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"#;

/// Every sheet by itself, in UTF-8, with commas; numbers as they are and not as they look.
const EXPORT: &str =
    "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1";

/// A folder of workbooks that are computed in one run.
pub struct Office {
    folder: TempDir,
    files: Vec<String>,
}

impl Office {
    /// `None` where there is no LibreOffice, which is said, or fails where one is required.
    pub fn find() -> Option<Self> {
        let version = Command::new("soffice").arg("--version").output();
        if version.is_err() {
            assert!(std::env::var_os(REQUIRED).is_none(), "LibreOffice is required and missing");
            // Past the test runner, which keeps what passing tests print to itself.
            let said = "skipped: no LibreOffice (soffice) here, workbooks were not recalculated";
            writeln!(std::io::stderr(), "{said}").expect("a standard error");
            return None;
        }
        let folder = tempfile::tempdir().expect("a folder");
        let user = folder.path().join("profile/user");
        fs::create_dir_all(&user).expect("a folder");
        fs::write(user.join("registrymodifications.xcu"), ALWAYS).expect("a profile");
        Some(Self { folder, files: Vec::new() })
    }

    /// Takes a workbook, without the values that it keeps.
    pub fn add(&mut self, name: &str, mut workbook: Package) {
        assert!(workbook.spoil() > 10, "{name} has formulas");
        self.add_as_it_is(name, &workbook);
    }

    /// Takes a workbook.
    pub fn add_as_it_is(&mut self, name: &str, workbook: &Package) {
        fs::write(self.path(&format!("{name}.xlsx")), workbook.bytes()).expect("a file");
        self.files.push(name.to_owned());
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Computes all of them.
    pub fn run(&self) {
        let address = |path: &Path| format!("file://{}", path.display());
        let output = Command::new("soffice")
            .arg(format!("-env:UserInstallation={}", address(&self.path("profile"))))
            .args(["--headless", "--convert-to", EXPORT, "--outdir"])
            .arg(self.folder.path())
            .args(self.files.iter().map(|name| self.path(&format!("{name}.xlsx"))))
            .output()
            .expect("LibreOffice runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    /// A sheet as it was computed.
    pub fn sheet(&self, name: &str, sheet: &str) -> Sheet {
        let path = self.path(&format!("{name}-{sheet}.csv"));
        Sheet::of_csv(&fs::read_to_string(&path).unwrap_or_else(|_| panic!("no {name}, {sheet}")))
    }
}
