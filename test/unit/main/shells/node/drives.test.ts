// Where a person keeps things, as each system says it.
import { expect, test } from "vitest";
import { documentsIn, drivesIn, thisSystem } from "../../../../../main/shells/node/drives.ts";

test("plugged-in drives are mount points of the places for them, whatever their names", () => {
  const mounts = [
    "proc /proc proc rw 0 0",
    "/dev/sda1 / ext4 rw 0 0",
    "/dev/sdb1 /media/ada/Blue\\040Stick vfat rw 0 0",
    "/dev/sdb1 /media/ada/Blue\\040Stick vfat rw 0 0",
    "/dev/sdc1 /run/media/ada/\\134odd exfat rw 0 0",
    "/dev/sdd1 /mnt/archive ext4 ro 0 0",
    "tmpfs /mnt tmpfs rw 0 0",
    "",
  ].join("\n");
  expect(drivesIn(mounts)).toEqual(["/media/ada/Blue Stick", "/mnt/archive", "/run/media/ada/\\odd"]);
});

test.each([
  ['XDG_DOCUMENTS_DIR="$HOME/Dokumente"\n', "/people/ada/Dokumente"],
  ['# comment\nXDG_DOCUMENTS_DIR="/data/papers"', "/data/papers"],
  ['XDG_DOCUMENTS_DIR="$HOME/"', "/people/ada/Documents"],
  ["", "/people/ada/Documents"],
])("documents in %j", (userDirs, path) => {
  expect(documentsIn(userDirs, "/people/ada")).toBe(path);
});

test.each([
  ["linux", {}, "/people/ada/.config"],
  ["linux", { XDG_CONFIG_HOME: "/elsewhere" }, "/elsewhere"],
  ["darwin", { XDG_CONFIG_HOME: "/elsewhere" }, "/people/ada/Library/Application Support"],
  ["win32", { APPDATA: "D:\\people\\ada\\AppData\\Roaming" }, "D:\\people\\ada\\AppData\\Roaming"],
])("settings on %s with %j", (kind, env, path) => {
  expect(thisSystem(kind, "/people/ada", env).settings).toBe(path);
});
