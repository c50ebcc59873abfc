// Introductions: my certificate for someone I have not met, and hers taken in. Signed, not sealed.
import { dirname } from "node:path";
import type { Bytes } from "../../../shared/brand.ts";
import type { Manifest } from "../../../shared/bundle/manifest.ts";
import { err, ok, type Failure, type Result } from "../../../shared/result.ts";
import type { BundleId } from "../../../shared/vocabulary/ids.ts";
import { note } from "../audit/index.ts";
import { contactByFingerprint, takeIntroduction } from "../contacts/index.ts";
import { mostIntroductionBytes, openIntroduction, signInline } from "../pgp/index.ts";
import {
  membersOf,
  newId,
  onDrive,
  type DriveProblem,
  type NoSigner,
  type Session,
} from "../safety/index.ts";
import type { WriteError } from "../vault/index.ts";
import type { WriteDb } from "../vault/sql.ts";
import { acceptManifest, unseen } from "./accept.ts";
import { readArchive, writeArchive } from "./archive.ts";
import { openingParent } from "./exchange.store.ts";
import type { ReceivedFile, Watch } from "./taken.ts";
import { archiveOf, manifestOf, randomName, type Written } from "./writing.ts";

/** My certificate for someone I have not met: signed, not sealed, since nothing is known to seal it to. */
export async function introduce(
  session: Session,
  folder: string,
): Promise<Result<Written, DriveProblem | NoSigner | WriteError>> {
  const { ports, vault, signer, member } = session;
  if (signer === undefined || member === undefined) return err({ type: "NoSigner" });
  const made = ports.clock.now();
  const id = newId<BundleId>(ports);
  const numbered = await vault.write(async () =>
    ok((db: WriteDb) => {
      note(db, { at: made, member: member.id, action: "bundle-introduction", detail: { bundle: id } });
      return {
        ...vault.nextNumber(db),
        parent: openingParent(vault.read, vault.info.opening),
        forRecipient: 1,
      };
    }),
  );
  if (!numbered.ok) return numbered;
  const entries = [{ name: "certificate.asc", content: Buffer.from(member.certificate) }];
  const manifest = manifestOf(
    session,
    member,
    { kind: "introduction", entries },
    { id, made, number: numbered.value },
  );
  const pieces: Uint8Array[] = [];
  for await (const piece of writeArchive(await archiveOf(signer, manifest, entries))) pieces.push(piece);
  const message = await signInline(signer, Buffer.concat(pieces));
  return onDrive(async () => {
    const draft = await ports.files.draft(folder);
    const file = randomName(session);
    try {
      await draft.write(message);
      await draft.commit(file);
    } catch (trouble) {
      await draft.discard();
      throw trouble;
    }
    return ok({ bundle: id, file, bytes: message.byteLength });
  }, "writes");
}

const keyBegin = "-----BEGIN PGP PUBLIC KEY BLOCK-----";
const keyEnd = "-----END PGP PUBLIC KEY BLOCK-----";

/** An introduction is signed by the certificate it carries; whose that is, two people find out by the ten words. */
export async function meet(
  session: Session,
  file: { readonly path: string; readonly size: Bytes },
  watch: Watch,
): Promise<Result<Omit<ReceivedFile, "file">, Failure>> {
  if (file.size > mostIntroductionBytes) return err({ type: "LimitBroken", limit: "introductionBytes" });
  const { ports, vault } = session;
  const bytes = await onDrive(
    async () => ok(await ports.files.read(file.path, mostIntroductionBytes as Bytes)),
    { files: ports.files, folders: [dirname(file.path)] },
  );
  if (!bytes.ok) return bytes;
  const opened = await openIntroduction(bytes.value, {
    at: ports.clock.now(),
    certificateIn: (content) => {
      const text = Buffer.from(content).toString("latin1");
      const from = text.indexOf(keyBegin);
      const to = text.indexOf(keyEnd, from);
      return from < 0 || to < 0 ? undefined : text.slice(from, to + keyEnd.length);
    },
  });
  if (!opened.ok) return opened;
  const { certificate, content } = opened.value;
  let manifest: Manifest | undefined;
  const done = await readArchive<Failure>(
    [content],
    async (text, signature) => {
      const judged = await acceptManifest(session, text, signature, certificate);
      if (!judged.ok) return judged;
      if (judged.value.kind !== "introduction") return err({ type: "NotEncrypted" });
      manifest = judged.value;
      return ok(judged.value.entries);
    },
    async () => ok(undefined),
  );
  if (!done.ok) return done;
  const seen: Manifest = manifest ?? unseen();
  const { sender, id, made } = seen;
  const wanted = watch.wanted?.(seen) !== false;
  const known = contactByFingerprint(vault.read, certificate.fingerprint);
  watch.from?.({
    ...(known === undefined ? {} : { contact: known.id }),
    name: sender.person,
    office: sender.officeName,
  });
  if (membersOf(vault.read).some((member) => member.fingerprint === certificate.fingerprint))
    return err({ type: "OwnBundle" });
  if (!wanted) return ok({ bundle: id, kind: "introduction", from: sender.officeName, outcome: "already" });
  const noted = await vault.write(async () =>
    ok((db: WriteDb) =>
      takeIntroduction(db, session, certificate, {
        office: sender.office,
        officeName: sender.officeName,
        person: sender.person,
        made,
      }),
    ),
  );
  if (!noted.ok) return noted;
  return ok({
    bundle: id,
    kind: "introduction",
    from: sender.officeName,
    outcome: known === undefined ? "taken" : "already",
    contact: noted.value.contact,
  });
}
