// Roles of offices on a case, and what each may do.
import { z } from "../schema.ts";

export const roles = ["steward", "co-manager", "viewer"] as const;
export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;

/** Roles that may be given; there is one steward, and she hands over. */
export const GivenRole = z.enum(["co-manager", "viewer"]);
export type GivenRole = z.infer<typeof GivenRole>;

/** Viewers read; a share goes both ways only with those who may write. */
export const mayWrite = (role: Role): boolean => role !== "viewer";
