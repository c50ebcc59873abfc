// File tokens: what stands for a path where paths must not be seen.
import { randomBytes } from "node:crypto";
import { basename, resolve } from "node:path";
import { err, ok } from "../../../shared/result.ts";
import type { Tokens } from "../../core/ports.ts";

/** For a shell with a page: `offer` names a path a person chose; the token is good for one taking. */
export function createTokens(): Tokens & { readonly offer: (path: string) => string } {
  const offered = new Map<string, string>();
  return {
    offer: (path) => {
      const token = randomBytes(16).toString("hex");
      offered.set(token, resolve(path));
      return token;
    },
    take: (token) => {
      const path = offered.get(token);
      offered.delete(token);
      return Promise.resolve(
        path === undefined ? err({ type: "UnknownFile" }) : ok({ path, name: basename(path) }),
      );
    },
  };
}

/** For the command line, whose user names paths herself: the token is the path, relative ones from `folder`. */
export function pathTokens(folder: string): Tokens {
  return {
    take: (token) => {
      if (token.includes("\0")) return Promise.resolve(err({ type: "UnknownFile" }));
      const path = resolve(folder, token);
      return Promise.resolve(ok({ path, name: basename(path) }));
    },
  };
}
