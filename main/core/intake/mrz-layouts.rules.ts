// Where each fact stands in the five machine-readable zones of ICAO 9303 (parts 4 to 7).

export type MrzFormat = "TD1" | "TD2" | "TD3" | "MRV-A" | "MRV-B";

/** A piece of the zone: line from 0, first column from 0, one past the last. */
export type Piece = readonly [line: number, from: number, to: number];

export type Layout = {
  readonly lines: number;
  readonly length: number;
  readonly names: Piece;
  readonly number: Piece;
  readonly nationality: Piece;
  readonly birth: Piece;
  readonly sex: Piece;
  readonly expires: Piece;
  readonly optional: readonly Piece[];
  /** The optional data has a check digit of its own. */
  readonly optionalChecked: boolean;
  /** Cards put the end of a long number into the first optional data. */
  readonly longNumber: boolean;
  readonly composite?: { readonly over: readonly Piece[]; readonly at: Piece };
};

const secondLine = {
  number: [1, 0, 9],
  nationality: [1, 10, 13],
  birth: [1, 13, 19],
  sex: [1, 20, 21],
  expires: [1, 21, 27],
} as const satisfies Partial<Record<keyof Layout, Piece>>;

export const layouts: Readonly<Record<MrzFormat, Layout>> = {
  TD3: {
    ...secondLine,
    lines: 2,
    length: 44,
    names: [0, 5, 44],
    optional: [[1, 28, 42]],
    optionalChecked: true,
    longNumber: false,
    composite: {
      over: [
        [1, 0, 10],
        [1, 13, 20],
        [1, 21, 43],
      ],
      at: [1, 43, 44],
    },
  },
  TD2: {
    ...secondLine,
    lines: 2,
    length: 36,
    names: [0, 5, 36],
    optional: [[1, 28, 35]],
    optionalChecked: false,
    longNumber: true,
    composite: {
      over: [
        [1, 0, 10],
        [1, 13, 20],
        [1, 21, 35],
      ],
      at: [1, 35, 36],
    },
  },
  TD1: {
    lines: 3,
    length: 30,
    names: [2, 0, 30],
    number: [0, 5, 14],
    nationality: [1, 15, 18],
    birth: [1, 0, 6],
    sex: [1, 7, 8],
    expires: [1, 8, 14],
    optional: [
      [0, 15, 30],
      [1, 18, 29],
    ],
    optionalChecked: false,
    longNumber: true,
    composite: {
      over: [
        [0, 5, 30],
        [1, 0, 7],
        [1, 8, 15],
        [1, 18, 29],
      ],
      at: [1, 29, 30],
    },
  },
  "MRV-A": {
    ...secondLine,
    lines: 2,
    length: 44,
    names: [0, 5, 44],
    optional: [[1, 28, 44]],
    optionalChecked: false,
    longNumber: false,
  },
  "MRV-B": {
    ...secondLine,
    lines: 2,
    length: 36,
    names: [0, 5, 36],
    optional: [[1, 28, 36]],
    optionalChecked: false,
    longNumber: false,
  },
};
