// Gathers the entries of a share to cases: chain, consents, extract and parts, each held to its form and limits.
import { readFrames } from "../../../shared/bundle/frames.ts";
import { limits } from "../../../shared/bundle/limits.ts";
import type { Manifest } from "../../../shared/bundle/manifest.ts";
import { err, ok, type Failure, type Result } from "../../../shared/result.ts";
import { object, z } from "../../../shared/schema.ts";
import { ConsentId, type CaseId, type PartId } from "../../../shared/vocabulary/ids.ts";
import type { PartRecord } from "../sections/index.ts";
import type { Taker } from "./taken.ts";
import { sha256 } from "./writing.ts";

const Openings = z
  .array(
    object({ consent: ConsentId, salt: z.string().regex(/^[0-9a-f]{64}$/), body: z.string().max(200_000) }),
  )
  .max(1_000);
type Openings = z.infer<typeof Openings>;

type Extract = { readonly signed: Uint8Array; readonly signature: Uint8Array };
/** What came of one case. */
export type Came = {
  readonly case: CaseId;
  bytes: number;
  chain: readonly { readonly signed: Uint8Array; readonly signature: Uint8Array }[];
  openings: Openings;
  extract: Extract | undefined;
  readonly parts: PartRecord[];
};

const entryName = /^(chain|consents|extracts|parts|sections)\/([0-9a-f]{32})[./]/;

/** Gathers entries to cases; `take` gets each when the next begins, and the last at `end`. */
export function collect(manifest: Manifest, take: (came: Came) => Promise<Result<void, Failure>>) {
  let came: Came | undefined;
  const end = async (): Promise<Result<void, Failure>> => {
    const whole = came;
    came = undefined;
    return whole === undefined ? ok(undefined) : take(whole);
  };
  const entry: Taker["entry"] = async (name, bytes) => {
    if (name === "README.html") return ok(undefined);
    const [, folder, id] = entryName.exec(name) ?? [];
    const of = manifest.cases?.find((one) => one === id);
    if (folder === undefined || of === undefined) return err({ type: "EntryRefused", why: "unlisted" });
    if (folder === "chain") {
      const before = await end();
      if (!before.ok) return before;
      came = { case: of, bytes: 0, chain: [], openings: [], extract: undefined, parts: [] };
    }
    if (came === undefined || came.case !== of) return err({ type: "EntryRefused", why: "order" });
    came.bytes += bytes.byteLength;
    if (came.bytes > limits.caseBytes) return err({ type: "LimitBroken", limit: "caseBytes" });
    return add(came, folder, bytes);
  };
  return { entry, end };
}

function add(came: Came, folder: string, bytes: Uint8Array): Result<void, Failure> {
  if (folder === "chain") {
    const frames = readFrames(bytes, limits.chainEntriesPerCase);
    if (!frames.ok) return frames;
    came.chain = frames.value;
  } else if (folder === "consents") {
    const openings = Openings.safeParse(parsed(bytes));
    if (!openings.success) return err({ type: "EntryRefused", why: "form" });
    came.openings = openings.data;
  } else if (folder === "extracts") {
    const frames = readFrames(bytes, 1);
    if (!frames.ok) return frames;
    came.extract = frames.value[0];
  } else if (folder === "parts") {
    const frames = readFrames(bytes, limits.partsPerSection);
    if (!frames.ok) return frames;
    came.parts.push(...frames.value.map((frame) => ({ id: sha256(frame.signed) as PartId, ...frame })));
  }
  return ok(undefined);
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString("utf8"));
  } catch {
    return undefined;
  }
}
