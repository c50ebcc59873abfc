// What anything may leave a vault for: a closed list. There is none for intelligence, and there will be none (N8).
import { z } from "../schema.ts";

export const purposes = [
  "joint-protection",
  "emergency-support",
  "visa",
  "travel",
  "a-place-to-stay",
  "medical-care",
  "legal-help",
  "school",
  "grant",
  "advocacy",
  "accompaniment",
  "event",
  "referral",
  "media",
  "after-care",
  "handover",
  "family-reunion",
  "her-copy",
] as const;

export const Purpose = z.enum(purposes);
export type Purpose = z.infer<typeof Purpose>;
