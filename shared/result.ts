// Expected failures are values: plain objects with a `type` that survive the wire. Bugs are exceptions.

export type Ok<T> = { readonly ok: true; readonly value: T };
export type Err<E> = { readonly ok: false; readonly error: E };
export type Result<T, E> = Ok<T> | Err<E>;

/** A failure a caller is expected to handle; `type` names it, the other fields are its parameters. */
export type Failure = { readonly type: string };

export const ok = <T>(value: T): Ok<T> => ({ ok: true, value });
export const err = <const E>(error: E): Err<E> => ({ ok: false, error });
