// The end of a switch that names every case: adding a case without handling it fails to compile.

export function exhaustive(value: never): never {
  throw new Error(`unhandled case ${JSON.stringify(value)}`);
}
