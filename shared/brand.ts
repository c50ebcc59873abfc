// Nominal types for identifiers and units: a CaseId is never passed where a SectionId belongs.

declare const brand: unique symbol;

export type Brand<T, Name extends string> = T & { readonly [brand]: Name };

/** Milliseconds since 1970-01-01T00:00Z, or a span of them. */
export type Milliseconds = Brand<number, "Milliseconds">;
/** A count of octets. */
export type Bytes = Brand<number, "Bytes">;
