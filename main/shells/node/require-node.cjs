// Loaded before anything else, in syntax that old Nodes parse: goes on with the Node that was installed, or says why not.
"use strict";
var version = process.versions.node.split(".").map(Number);
if (version[0] < 24 || (version[0] === 24 && version[1] < 18)) {
  var fs = require("fs");
  var path = require("path");
  var platform = process.platform === "win32" ? "win" : process.platform;
  var folder = path.join(__dirname, "../../../node_modules/node-" + platform + "-" + process.arch, "bin");
  var brought = path.join(folder, platform === "win" ? "node.exe" : "node");
  // npm 10 installs the package but leaves out its link in node_modules/.bin.
  if (fs.existsSync(brought)) {
    var rest = process.execArgv.concat(process.argv.slice(1));
    var ended = require("child_process").spawnSync(brought, rest, { stdio: "inherit" });
    process.exit(ended.status === null ? 1 : ended.status);
  }
  process.stderr.write(
    "Waypost needs Node 24.18 or newer, this is Node " +
      process.versions.node +
      ", and none was installed with it for " +
      process.platform +
      " " +
      process.arch +
      ": install Node 24 and try again.\n",
  );
  process.exit(2);
}
