// The POSIX tar inside a bundle: written with neutral headers and padded, read back entry by entry under limits.
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { extract, pack } from "tar-stream";
import { limits, type LimitBroken } from "../../../shared/bundle/limits.ts";
import { EntryName, type ManifestEntry } from "../../../shared/bundle/manifest.ts";
import { padme } from "../../../shared/bundle/padme.ts";
import { err, ok, type Failure, type Result } from "../../../shared/result.ts";

const block = 512;
const trailer = 2 * block;
const paddingName = "padding";
/** Small entries lie in memory already, and reading them lets nobody else in: after so many, others have a turn. */
const entriesATurn = 16;
const inBlocks = (size: number): number => Math.ceil(size / block) * block;

export type ArchiveEntry = { readonly name: string; readonly content: Uint8Array };

/** What the manifest says of an entry. */
export const describe = (entry: ArchiveEntry): ManifestEntry => ({
  name: entry.name,
  size: entry.content.byteLength,
  sha256: createHash("sha256").update(entry.content).digest("hex"),
});

/**
 * The tar as a stream of chunks: entries in order, then one of zeros that brings the whole to its PADMÉ size.
 * Every header carries the same owner, mode and time, so that nothing tells whose laptop made it or when.
 */
export async function* writeArchive(entries: readonly ArchiveEntry[]): AsyncGenerator<Uint8Array> {
  const bare = entries.reduce(
    (sum, entry) => sum + block + inBlocks(entry.content.byteLength),
    block + trailer,
  );
  const padding = padme(bare) - bare;
  const archive = pack();
  const header = (name: string, size: number) => ({
    name,
    size,
    mode: 0o644,
    mtime: new Date(0),
    uid: 0,
    gid: 0,
  });
  const filled = (async () => {
    for (const entry of entries)
      await addEntry(archive, header(entry.name, entry.content.byteLength), entry.content);
    await addEntry(archive, header(paddingName, padding), Buffer.alloc(padding));
    archive.finalize();
  })();
  filled.catch((cause: unknown) =>
    archive.destroy(cause instanceof Error ? cause : new Error(String(cause))),
  );
  yield* archive as AsyncIterable<Uint8Array>;
  await filled;
}

function addEntry(
  archive: ReturnType<typeof pack>,
  header: { name: string; size: number; mode: number; mtime: Date; uid: number; gid: number },
  content: Uint8Array,
): Promise<void> {
  return new Promise((resolve, reject) => {
    archive.entry(header, Buffer.from(content.buffer, content.byteOffset, content.byteLength), (problem) => {
      if (problem) reject(problem);
      else resolve();
    });
  });
}

export type ArchiveProblem =
  | LimitBroken
  | { readonly type: "ArchiveDamaged" }
  | {
      readonly type: "EntryRefused";
      readonly why: "name" | "kind" | "duplicate" | "unlisted" | "order" | "size" | "hash";
    };

/** Thrown inside the reading loop, caught by `readArchive`'s caller through its Result. */
class Refusal extends Error {
  readonly problem: ArchiveProblem;
  constructor(problem: ArchiveProblem) {
    super(problem.type);
    this.problem = problem;
  }
}

/**
 * Reads a tar that begins with manifest and signature: `onManifest` judges both and answers what entries to expect, in
 * order; each later entry is checked against name, size and SHA-256 before `onEntry` sees it. The padding is skipped.
 * Links, devices, folders, duplicates, names with dots or roots, entries not listed and listed ones missing are refused.
 */
export async function readArchive<E extends Failure>(
  content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  onManifest: (text: Uint8Array, signature: Uint8Array) => Promise<Result<readonly ManifestEntry[], E>>,
  onEntry: (name: string, content: Uint8Array) => Promise<Result<void, E>>,
): Promise<Result<void, E | ArchiveProblem>> {
  const stream = Readable.from(content, { objectMode: false });
  const reader = stream.pipe(extract());
  stream.on("error", (cause) => reader.destroy(cause));
  let manifest: Uint8Array | undefined;
  let expected: ManifestEntry[] | undefined;
  let count = 0;
  try {
    for await (const entry of reader) {
      const { name, type, size } = entry.header;
      if (++count > limits.entries + 3) return err({ type: "LimitBroken", limit: "entries" });
      const extended = (entry.header.pax ?? undefined) !== undefined;
      if (type !== "file" || extended) return err({ type: "EntryRefused", why: "kind" });
      if (name === paddingName && expected?.length === 0) {
        entry.resume();
        continue;
      }
      if (!EntryName.safeParse(name).success) return err({ type: "EntryRefused", why: "name" });
      if (expected === undefined) {
        if (name !== (manifest === undefined ? "manifest.json" : "manifest.sig"))
          return err({ type: "EntryRefused", why: "order" });
        const bytes = await collect(entry, size, limits.manifestBytes, "manifestBytes");
        if (manifest === undefined) {
          manifest = bytes;
          continue;
        }
        const listed = await onManifest(manifest, bytes);
        if (!listed.ok) return listed;
        if (new Set(listed.value.map((item) => item.name)).size !== listed.value.length)
          return err({ type: "EntryRefused", why: "duplicate" });
        expected = [...listed.value];
        continue;
      }
      const item = expected.shift();
      if (item === undefined || item.name !== name) return err({ type: "EntryRefused", why: "unlisted" });
      if (item.size !== size) return err({ type: "EntryRefused", why: "size" });
      const bytes = await collect(entry, size, limits.caseBytes, "caseBytes");
      if (createHash("sha256").update(bytes).digest("hex") !== item.sha256)
        return err({ type: "EntryRefused", why: "hash" });
      const taken = await onEntry(name, bytes);
      if (!taken.ok) return taken;
      if (count % entriesATurn === 0) await setImmediate();
    }
  } catch (cause) {
    if (cause instanceof Refusal) return err(cause.problem);
    if (isDamage(cause)) return err({ type: "ArchiveDamaged" });
    throw cause;
  } finally {
    stream.destroy();
  }
  return expected?.length === 0 ? ok(undefined) : err({ type: "ArchiveDamaged" });
}

/** What the tar reader throws at bytes that are no tar; anything else is a bug of ours. */
const isDamage = (cause: unknown): boolean =>
  cause instanceof Error &&
  /tar header|Unexpected end of data|Premature close|Writable stream closed|Invalid|exceeds max size/i.test(
    cause.message,
  );

async function collect(
  entry: AsyncIterable<unknown>,
  size: number,
  limit: number,
  name: "manifestBytes" | "caseBytes",
): Promise<Uint8Array> {
  if (size > limit) throw new Refusal({ type: "LimitBroken", limit: name });
  const chunks: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of entry) {
    if (!(chunk instanceof Uint8Array)) throw new Refusal({ type: "ArchiveDamaged" });
    total += chunk.byteLength;
    if (total > limit) throw new Refusal({ type: "LimitBroken", limit: name });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, total);
}
