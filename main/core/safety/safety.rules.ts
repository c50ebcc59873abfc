// What a passphrase must be before it may guard a vault.
import { err, ok, type Result } from "../../../shared/result.ts";

export type PassphraseWeak = {
  readonly type: "PassphraseWeak";
  readonly why: "short" | "repeats" | "common";
};

const shortest = 12;
const fewestDifferent = 6;
/** Stems that guessing lists begin with; a passphrase made only of them and digits is refused. */
const stems = [
  "password",
  "passphrase",
  "qwerty",
  "azerty",
  "letmein",
  "welcome",
  "admin",
  "waypost",
  "abc",
  "secret",
  "iloveyou",
];

/**
 * Twelve characters at least, six of them different, and not one guessing-list word with digits. The key derivation does
 * the rest; rules about signs and capitals make passphrases worse (NIST SP 800-63B-4, section 3.1.1.2).
 */
export function judgePassphrase(passphrase: string): Result<void, PassphraseWeak> {
  const characters = Array.from(passphrase.normalize("NFC"));
  if (characters.length < shortest) return err({ type: "PassphraseWeak", why: "short" });
  if (new Set(characters).size < fewestDifferent) return err({ type: "PassphraseWeak", why: "repeats" });
  const letters = passphrase.toLowerCase().replace(/[^a-z]/g, "");
  const rest = stems.reduce((text, stem) => text.replaceAll(stem, ""), letters);
  if (letters.length > 0 && rest.length === 0) return err({ type: "PassphraseWeak", why: "common" });
  return ok(undefined);
}
