// A case somebody made up, truly signed by her: she answers for it, an office of hers to choose works on it, and it erases what she names.
import type { Milliseconds } from "../../shared/brand.ts";
import type { CaseId, ChainHash, OfficeId, SectionId } from "../../shared/vocabulary/ids.ts";
import { createHash } from "node:crypto";
import { readFrames } from "../../shared/bundle/frames.ts";
import {
  foldChain,
  prepareEntry,
  prepareFirst,
  readEntry,
  type ChainState,
  type SignedEntry,
} from "../../main/core/chain/index.ts";
import type { Certificate } from "../../main/core/pgp/index.ts";
import { frames, hex, type Stranger } from "./hostile-bundles.ts";
import { began } from "./offices.ts";
import { value } from "./pgp.ts";

export async function caseBy(
  from: Stranger,
  member: Certificate,
  erased: readonly SectionId[],
  office: OfficeId = hex(16) as OfficeId,
): Promise<{ readonly case: CaseId; readonly chain: readonly (readonly Uint8Array[])[] }> {
  const of = hex(16) as CaseId;
  const at = began as Milliseconds;
  const { signer } = from;
  const named = ({ fingerprint, armored }: Certificate) => ({ fingerprint, certificate: armored });
  const all: SignedEntry[] = [
    value(
      await prepareFirst({
        case: of,
        body: { office: from.office, certificates: [named(from.certificate)] },
        signer,
        at,
      }),
    ),
  ];
  const add = async (wanted: Parameters<typeof prepareEntry>[0]["wanted"]) => {
    const [first] = all;
    if (first === undefined) throw new Error("a chain begins with its first entry");
    const state = foldChain(
      first.hash,
      all.map(({ entry }) => entry),
    );
    if (state === undefined) throw new Error("a chain that does not begin");
    all.push(value(await prepareEntry({ state, wanted, signer, at })));
  };
  await add({ type: "role", body: { office, role: "co-manager", certificates: [named(member)] } });
  for (const section of erased) await add({ type: "erase", body: { section, why: "her-wish" } });
  return { case: of, chain: all.map(({ signed, signature }) => [signed, signature, Buffer.alloc(0)]) };
}

/** What the chain says that came in an entry of a bundle. */
export function chainStateIn(content: Uint8Array): ChainState {
  const entries = value(readFrames(content, 10_000)).map(({ signed }) => {
    const hash = createHash("sha256").update(signed).digest("hex") as ChainHash;
    return value(readEntry(Buffer.from(signed).toString("utf8"), hash));
  });
  const root = entries.find(({ type }) => type === "open")?.hash;
  const state = root === undefined ? undefined : foldChain(root, entries);
  if (state === undefined) throw new Error("a chain that does not begin");
  return state;
}

/** The same entry with one more, truly signed by a stranger who has the right to write it. */
export async function chainAdded(
  content: Uint8Array,
  from: Stranger,
  wanted: Parameters<typeof prepareEntry>[0]["wanted"],
): Promise<Buffer> {
  const state = chainStateIn(content);
  const { signed, signature } = value(
    await prepareEntry({ state, wanted, signer: from.signer, at: began as Milliseconds }),
  );
  return Buffer.concat([content, frames([[signed, signature, Buffer.alloc(0)]])]);
}
