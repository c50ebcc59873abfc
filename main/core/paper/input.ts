// What a dossier is made of: sections as cleared for one recipient, and who answers for it.
import type { GregorianDay } from "../../../shared/vocabulary/dates.ts";
import type { PersonId } from "../../../shared/vocabulary/ids.ts";
import type { Purpose } from "../../../shared/vocabulary/purposes.ts";
import type { SectionKind, SectionValue } from "../../../shared/vocabulary/sections/index.ts";
import type { PaperSize } from "./style.ts";

/** Sections of the case as cleared for this release: only the fields that may go, never plan or journal. */
export type ReleasedSections = {
  readonly [K in Exclude<SectionKind, "family" | "plan" | "journal">]?: SectionValue<K>;
};

export type ReleasedPerson = { readonly person: PersonId; readonly value: SectionValue<"family"> };

export type DossierInput = {
  readonly sections: ReleasedSections;
  readonly family: readonly ReleasedPerson[];
  /** Something of these sections was left out. */
  readonly withheld: boolean;
  readonly purpose: Purpose;
  readonly until: { readonly day?: GregorianDay; readonly event?: string };
  /** A fresh reference for this recipient, never the case's own code. */
  readonly reference: string;
  readonly printed: GregorianDay;
  readonly practice: boolean;
  /** Nobody has signed it yet: DRAFT stands across each page. */
  readonly draft: boolean;
  readonly size: PaperSize;
  readonly office: { readonly name: string; readonly lines: readonly string[] };
  /** Who answers for it at this office, and whom to ask for. */
  readonly contact: { readonly name: string; readonly rank?: string; readonly askFor: string };
  readonly recipient: { readonly lines: readonly string[] };
  /** What is asked in one line, and by when, where no visa application says so. */
  readonly request?: { readonly what: string; readonly by?: string };
  /** A reply word was agreed by voice. */
  readonly replyWord: boolean;
};
