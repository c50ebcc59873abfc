// README.html of a bundle: what it is and what to do with it, for whoever opens it without Waypost.
import type { Milliseconds } from "../../../shared/brand.ts";
import type { BundleKind } from "../../../shared/bundle/manifest.ts";
import type { Purpose } from "../../../shared/vocabulary/purposes.ts";
import type { ContactRow } from "../contacts/index.ts";
import { readmeHtml, type BundleFile } from "../paper/index.ts";
import type { Session } from "../safety/index.ts";
import type { ArchiveEntry } from "./archive.ts";
import { expiryOf } from "./lifetimes.ts";

const folders: Readonly<Record<string, BundleFile>> = {
  chain: "chain",
  consents: "consents",
  extracts: "consents",
  parts: "parts",
  sections: "sections",
};

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** The page as an entry of the archive. It names no woman and no case. */
export function readmeOf(
  session: Session,
  kind: Exclude<BundleKind, "introduction">,
  contact: ContactRow,
  entries: readonly ArchiveEntry[],
  more: { readonly purpose?: Purpose; readonly until?: string } = {},
): ArchiveEntry {
  const made = session.ports.clock.now();
  const tops = [
    ...new Set(
      entries.map(({ name }) => (name.includes("/") ? `${name.slice(0, name.indexOf("/"))}/` : name)),
    ),
  ];
  const html = readmeHtml({
    kind,
    from: session.office.name,
    to: contact.office_name,
    made: day(made),
    expires: day(expiryOf(kind, made as Milliseconds)),
    ...(more.purpose === undefined ? {} : { purpose: more.purpose }),
    ...(more.until === undefined ? {} : { until: { day: more.until } }),
    practice: session.practice,
    size: "A4",
    files: [
      { name: "manifest.json", what: "manifest" },
      { name: "manifest.sig", what: "manifest" },
      ...tops.map((name) => ({
        name,
        what:
          name === "dossier.html" || name === "dossier.pdf"
            ? ("dossier" as const)
            : (folders[name.replace("/", "")] ?? "document"),
      })),
      { name: "padding", what: "padding" },
    ],
  });
  return { name: "README.html", content: Buffer.from(html) };
}
