// A partner who has nothing but GnuPG and tar: her key, and how she opens what was locked for her.
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";

export type Partner = {
  readonly certificate: string;
  readonly fingerprint: string;
  /** Imports the sender's certificate, opens the file, checks the signature, and lists and unpacks the tar. */
  readonly open: (
    file: string,
    senderCertificate: string,
    into: string,
  ) => { readonly listing: readonly string[]; readonly signature: string };
};

/** `undefined` where there is no gpg. */
export function gnupgPartner(home: string, userId: string): Partner | undefined {
  const gpg = (args: readonly string[], input?: string | Buffer) =>
    execFileSync(
      "gpg",
      ["--homedir", home, "--batch", "--quiet", "--no-tty", "--trust-model", "always", ...args],
      {
        ...(input === undefined ? {} : { input }),
        stdio: ["pipe", "pipe", "pipe"],
        maxBuffer: 64 * 1024 * 1024,
      },
    );
  try {
    execFileSync("gpg", ["--version"], { stdio: "ignore" });
    execFileSync("tar", ["--version"], { stdio: "ignore" });
  } catch {
    return undefined;
  }
  mkdirSync(home, { recursive: true, mode: 0o700 });
  gpg(["--passphrase", "", "--quick-generate-key", userId, "ed25519", "sign", "never"]);
  const fingerprint = /^fpr:+([0-9A-F]{40}):/m.exec(
    gpg(["--with-colons", "--list-keys", userId]).toString(),
  )?.[1];
  if (fingerprint === undefined) throw new Error("gpg made no key");
  gpg(["--passphrase", "", "--quick-add-key", fingerprint, "cv25519", "encr", "never"]);
  return {
    certificate: gpg(["--armor", "--export", fingerprint]).toString(),
    fingerprint,
    open(file, senderCertificate, into) {
      gpg(["--import"], senderCertificate);
      const archive = join(into, "opened.tar");
      const status = gpg(["--status-fd", "1", "--yes", "--output", archive, "--decrypt", file]).toString();
      const signature = /^\[GNUPG:\] GOODSIG (\S+)/m.exec(status)?.[1];
      if (signature === undefined) throw new Error("gpg saw no good signature");
      const listing = execFileSync("tar", ["-tf", archive]).toString().trim().split("\n");
      execFileSync("tar", ["-xf", archive, "-C", into]);
      return { listing, signature };
    },
  };
}
