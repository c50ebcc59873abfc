// A case somebody made up, truly signed by her: she answers for it, an office of hers to choose works on it, and it erases what she names.
import type { Milliseconds } from "../../shared/brand.ts";
import type { CaseId, OfficeId, SectionId } from "../../shared/vocabulary/ids.ts";
import { foldChain, prepareEntry, prepareFirst, type SignedEntry } from "../../main/core/chain/index.ts";
import type { Certificate } from "../../main/core/pgp/index.ts";
import { hex, type Stranger } from "./hostile-bundles.ts";
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
