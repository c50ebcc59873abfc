// A wrapper for values that must not reach a log, an error or a JSON text by accident.

/** Holds a value that prints, inspects and serialises as "[redacted]"; `reveal` is the only way in. */
export class Redacted<T> {
  readonly #value: T;
  constructor(value: T) {
    this.#value = value;
  }
  reveal(): T {
    return this.#value;
  }
  toString(): string {
    return "[redacted]";
  }
  toJSON(): string {
    return "[redacted]";
  }
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return "[redacted]";
  }
}
