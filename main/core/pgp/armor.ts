// Takes the ASCII armor off a message as it streams (RFC 9580, section 6); binary messages pass unchanged.
import { byteReader, Refusal } from "./framing.ts";
import type { ByteReader } from "./framing.ts";

/** The binary message. Refuses cleartext signatures and any other armored block; the CRC24 is not looked at. */
export async function* withoutArmor(
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = byteReader(source);
  const [first] = await reader.peek(1);
  if (first === undefined) throw new Refusal({ type: "NotOpenPgp", why: "no packets" });
  if ((first & 0x80) !== 0) yield* all(reader);
  else yield* decoded(reader);
}

async function* all(reader: ByteReader): AsyncGenerator<Uint8Array, void, undefined> {
  for (let piece = await reader.some(stepSize); piece !== undefined; piece = await reader.some(stepSize))
    yield piece;
}

async function* decoded(reader: ByteReader): AsyncGenerator<Uint8Array, void, undefined> {
  const bad = () => new Refusal({ type: "NotOpenPgp", why: "armor" });
  let state: "before" | "headers" | "body" | "after" = "before";
  let lineCount = 0;
  let carry = "";
  let base64 = "";
  for await (const piece of all(reader)) {
    const lines = (carry + Buffer.from(piece).toString("latin1")).split("\n");
    carry = lines.pop() ?? "";
    if (carry.length > longestLine) throw bad();
    const encoded: string[] = [base64];
    for (const line of lines.map((text) => text.trimEnd())) {
      if (state === "body" && base64Line.test(line)) {
        encoded.push(line);
      } else if (state === "body" && (crcLine.test(line) || line === "-----END PGP MESSAGE-----")) {
        state = "after";
      } else if (state === "before" || state === "headers") {
        lineCount += 1;
        if (lineCount > mostHeaderLines || line.length > longestLine) throw bad();
        if (state === "headers") state = line === "" ? "body" : "headers";
        else if (line === "-----BEGIN PGP MESSAGE-----") state = "headers";
        else if (line === "-----BEGIN PGP SIGNED MESSAGE-----") {
          throw new Refusal({ type: "NotOpenPgp", why: "cleartext signature" });
        } else if (line !== "") throw bad();
      } else if (state === "body") {
        throw bad();
      }
    }
    const text = encoded.join("");
    const whole = text.length - (text.length % 4);
    base64 = text.slice(whole);
    if (whole > 0) yield Buffer.from(text.slice(0, whole), "base64");
  }
  if (state === "before" || state === "headers" || base64 !== "") throw bad();
  if (state === "body" && carry.trimEnd() !== "-----END PGP MESSAGE-----")
    throw new Refusal({ type: "Truncated" });
}

const stepSize = 64 * 1024;
const longestLine = 4096;
const mostHeaderLines = 64;
const base64Line = /^[A-Za-z0-9+/]+={0,2}$/;
const crcLine = /^=[A-Za-z0-9+/]{4}$/;
