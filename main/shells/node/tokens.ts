// File tokens: what stands for a path where paths must not be seen.
import { randomBytes } from "node:crypto";
import { basename, resolve } from "node:path";
import { err, ok } from "../../../shared/result.ts";
import type { Tokens } from "../../core/ports.ts";

/** What a shell does with tokens beside lending them to its core. */
export type ShellTokens = Pick<Tokens, "take"> & {
  /** A token for a path that a person chose or the core found: good for one taking. */
  readonly offer: (path: string) => string;
  /** A token that is good as long as this shell lives. */
  readonly keep: (path: string) => string;
  /** The path behind a token, which stays as good as it was. */
  readonly peek: (token: string) => string | undefined;
  /** Begins another listing: what it names is good for any number of takings until two further listings have begun. */
  readonly listing: () => (path: string) => string;
};

/** Offers that nobody took: the oldest are forgotten. */
const mostOffered = 4_096;

/** For a shell with a page: the page sees random tokens. */
export function createTokens(): ShellTokens {
  const offered = new Map<string, string>();
  const kept = new Map<string, string>();
  let listed: readonly Map<string, string>[] = [];
  const name = (into: Map<string, string>, path: string) => {
    const token = randomBytes(16).toString("hex");
    into.set(token, resolve(path));
    return token;
  };
  const peek = (token: string) => [offered, kept, ...listed].find((tokens) => tokens.has(token))?.get(token);
  return {
    offer: (path) => {
      const token = name(offered, path);
      if (offered.size > mostOffered) offered.delete(offered.keys().next().value ?? "");
      return token;
    },
    keep: (path) => name(kept, path),
    peek,
    listing: () => {
      const tokens = new Map<string, string>();
      listed = [tokens, ...listed.slice(0, 1)];
      return (path) => name(tokens, path);
    },
    take: (token) => {
      const path = peek(token);
      offered.delete(token);
      return Promise.resolve(taken(path));
    },
  };
}

/** For the command line, whose user names paths herself: the token is the path, relative ones from `folder`. */
export function pathTokens(folder: string): ShellTokens {
  const peek = (token: string) => (token.includes("\0") ? undefined : resolve(folder, token));
  const same = (path: string) => resolve(folder, path);
  return {
    offer: same,
    keep: same,
    peek,
    listing: () => same,
    take: (token) => Promise.resolve(taken(peek(token))),
  };
}

const taken = (path: string | undefined) =>
  path === undefined ? err({ type: "UnknownFile" as const }) : ok({ path, name: nameOf(path) });

/** A folder's or file's own name; of the top of a drive, its path. */
export const nameOf = (path: string): string => basename(path) || path;
