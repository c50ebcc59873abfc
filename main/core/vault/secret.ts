// Memory for secrets: kept from the swap file where the system allows it, zeroed when no longer needed, never printed.
import sodium from "sodium-native";

/** The largest memory page of the platforms we run on. Locking works on whole pages. */
const PAGE = 16_384;

/**
 * Bytes that must not outlive their use. Ordinary memory (`sodium_malloc` makes external buffers, which Electron forbids),
 * with a page of margin on both sides, so that unlocking one secret never unlocks the page of another.
 */
export class Secret implements Disposable {
  readonly #bytes: Buffer;
  #gone = false;

  private constructor(length: number) {
    this.#bytes = Buffer.allocUnsafeSlow(length + 2 * PAGE).subarray(PAGE, PAGE + length);
    try {
      sodium.sodium_mlock(this.#bytes);
    } catch {
      // A system that limits locked memory still gets zeroing.
    }
  }

  /** Takes the bytes over: they are copied and the source is zeroed. */
  static from(bytes: Uint8Array): Secret {
    const secret = new Secret(bytes.length);
    secret.#bytes.set(bytes);
    sodium.sodium_memzero(bytes);
    return secret;
  }

  /** The text as UTF-8. The string itself cannot be zeroed: take bytes where they can be had. */
  static fromText(text: string): Secret {
    return Secret.from(Buffer.from(text, "utf8"));
  }

  /** The bytes themselves, not a copy: never keep them longer than the secret. Throws after disposal. */
  reveal(): Buffer {
    if (this.#gone) throw new Error("the secret was disposed of");
    return this.#bytes;
  }

  /** A second secret with the same bytes, for a holder with a life of its own. */
  copy(): Secret {
    const secret = new Secret(this.reveal().length);
    secret.#bytes.set(this.#bytes);
    return secret;
  }

  [Symbol.dispose](): void {
    if (this.#gone) return;
    this.#gone = true;
    sodium.sodium_memzero(this.#bytes);
    try {
      sodium.sodium_munlock(this.#bytes);
    } catch {
      // It was never locked.
    }
  }

  toString(): string {
    return "[secret]";
  }
  toJSON(): string {
    return "[secret]";
  }
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return "[secret]";
  }
}
