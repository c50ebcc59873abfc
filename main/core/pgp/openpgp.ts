// The one importer of the openpgp library: its settings are made ours here, once, before anything is parsed.
import * as openpgp from "openpgp";

const { config, enums } = openpgp;

Object.assign(config, {
  preferredSymmetricAlgorithm: enums.symmetric.aes256,
  preferredHashAlgorithm: enums.hash.sha512,
  preferredCompressionAlgorithm: enums.compression.uncompressed,
  preferredAEADAlgorithm: enums.aead.gcm,
  allowUnauthenticatedMessages: false,
  allowUnauthenticatedStream: false,
  allowInsecureDecryptionWithSigningKeys: false,
  allowInsecureVerificationWithReformattedKeys: false,
  allowMissingKeyFlags: false,
  enableParsingV5Entities: false,
  // A certificate may carry a subkey of an algorithm to come; messages are judged packet by packet in signed.ts.
  ignoreUnsupportedPackets: true,
  ignoreMalformedPackets: false,
  enforceGrammar: true,
  additionalAllowedPackets: [],
  maxUserIDLength: 1024,
  // Messages are inflated in inflate.ts under its own ratio; what the library itself inflates is small.
  maxDecompressedMessageSize: 4 * 1024 * 1024,
  // 64 MiB; no passphrase ever opens anything here, so nothing should come this far.
  maxArgon2MemoryExponent: 16,
  minRSABits: 3072,
  rejectHashAlgorithms: new Set([enums.hash.md5, enums.hash.ripemd, enums.hash.sha1]),
  rejectMessageHashAlgorithms: new Set([
    enums.hash.md5,
    enums.hash.ripemd,
    enums.hash.sha1,
    enums.hash.sha224,
  ]),
  rejectPublicKeyAlgorithms: new Set([enums.publicKey.elgamal, enums.publicKey.dsa]),
  rejectCurves: new Set([enums.curve.secp256k1]),
  showVersion: false,
  showComment: false,
} satisfies Partial<openpgp.Config>);
Object.freeze(config);

export { openpgp };
