// What is shipped with the program, and on which terms. The build puts the list in place of this one, from the packages themselves.
export type Shipped = {
  readonly name: string;
  readonly version: string;
  /** As the package calls it: `MIT`, `Apache-2.0`. */
  readonly licence: string;
  /** Its licence and notice files, whole. */
  readonly words: string;
};
export const shipped: readonly Shipped[] = [];
