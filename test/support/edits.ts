// The nested value that a list of edits makes, for tests that read sections without a vault.

type Nested = { [key: string]: unknown };

export function valueOf(
  edits: readonly { readonly path: readonly string[]; readonly set: unknown }[],
): Nested {
  const value: Nested = {};
  for (const { path, set } of edits) {
    let at = value;
    for (const step of path.slice(0, -1)) at = (at[step] ??= {}) as Nested;
    at[path.at(-1) ?? ""] = set;
  }
  return value;
}
