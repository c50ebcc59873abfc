// What two people read to each other to be sure of a certificate: ten words, or 34 digits where they share no language.
import { createHash } from "node:crypto";
import { wordlist } from "@scure/bip39/wordlists/english.js";
import { keyOf } from "./certificate.ts";
import type { Certificate } from "./certificate.ts";

/** Ten words of the BIP39 list, 11 bits each. */
export function words(certificate: Certificate): string[] {
  const bits = checkBits(certificate);
  return Array.from({ length: 10 }, (_, index) => {
    const word = wordlist[Number((bits >> BigInt(99 - 11 * index)) & 0x7ffn)];
    if (word === undefined) throw new Error("the word list is not the BIP39 list");
    return word;
  });
}

/** The same 110 bits as a decimal number, with zeros in front to 34 digits. */
export const digits = (certificate: Certificate): string =>
  checkBits(certificate).toString().padStart(34, "0");

/** The first 110 bits of SHA-256 over the octets "waypost/words/1" and the body of the primary key's public packet. */
function checkBits(certificate: Certificate): bigint {
  const packet = keyOf(certificate).keyPacket.write() as Uint8Array;
  const digest = createHash("sha256").update("waypost/words/1").update(packet).digest("hex");
  return BigInt(`0x${digest}`) >> 146n;
}
