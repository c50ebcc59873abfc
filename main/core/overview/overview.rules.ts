// Whose turn a task is.
import type { Fingerprint, OfficeId } from "../../../shared/vocabulary/ids.ts";

type Named = {
  readonly office: OfficeId | null;
  readonly member: Fingerprint | null;
  readonly who: string | null;
  /** Our role on the case. */
  readonly role: string;
};

/**
 * The office the plan names decides, else the certificate. A name alone is of whoever answers for the case: her office wrote
 * the plan.
 */
export function turnOf(
  { office, member, who, role }: Named,
  ours: { readonly office: OfficeId; readonly certificates: ReadonlySet<Fingerprint> },
): "ours" | "theirs" | "nobody" {
  if (office !== null) return office === ours.office ? "ours" : "theirs";
  if (member !== null) return ours.certificates.has(member) ? "ours" : "theirs";
  if (who === null || who === "") return "nobody";
  return role === "steward" ? "ours" : "theirs";
}
