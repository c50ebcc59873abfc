// Machine-readable zones: the specimens of ICAO 9303, bad digits told with what they may be, unreadable ones refused.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkDigit, readMrz, type Mrz } from "../../../../../main/core/intake/mrz.rules.ts";

const today = "2026-11-22";
const passport = [
  "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
  "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
];
const read = (text: string, on = today): Mrz => {
  const zone = readMrz(text, on);
  if (!zone.ok) throw new Error(JSON.stringify(zone.error));
  return zone.value;
};

describe("specimens", () => {
  test("passport (TD3): every fact and the five digits 6, 2, 9, 1, 0", () => {
    const zone = read(passport.join("\n"));
    expect(zone).toMatchObject({
      format: "TD3",
      documentCode: "P",
      issuer: "UTO",
      issuerState: "UTO",
      number: "L898902C3",
      name: {
        full: "ANNA MARIA ERIKSSON",
        given: "ANNA MARIA",
        family: "ERIKSSON",
        script: "Latn",
        system: "icao-9303",
      },
      nameCut: false,
      birth: { value: "1974-08-12", precision: "day" },
      sex: "F",
      expires: { value: "2012-04-15" },
      allGood: true,
    });
    expect(zone.checks.map(({ printed }) => printed).join("")).toBe("62910");
  });

  test.each([
    [
      "TD1",
      "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<",
      "D23145890",
    ],
    ["TD2", "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6", "D23145890"],
    [
      "MRV-A",
      "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL8988901C4XXX4009078F96121096ZE184226B<<<<<<",
      "L8988901C",
    ],
    ["MRV-B", "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nL8988901C4XXX4009078F9612109<<<<<<<<", "L8988901C"],
    [
      "TD1",
      "I<UTOD23145890<7349<<<<<<<<<<<\n3407127M9507122UTO<<<<<<<<<<<2\nSTEVENSON<<PETER<JOHN<<<<<<<<<",
      "D23145890734",
    ],
  ])("%s", (format, text, number) => {
    expect(read(text)).toMatchObject({ format, number, allGood: true });
  });

  test("one run, lower case, spaces and guillemets are read", () => {
    expect(read(passport.join("")).allGood).toBe(true);
    expect(read(passport.join("\r\n").toLowerCase().replaceAll("<<", "«")).allGood).toBe(true);
    expect(read(passport.map((line) => `  ${line.slice(0, 20)} ${line.slice(20)}`).join("\n")).allGood).toBe(
      true,
    );
  });
});

describe("dates", () => {
  const born = (digits: string, on: string) =>
    read(`${passport[0]}\nL898902C36UTO${digits}${checkDigit(digits)}F1204159ZE184226B<<<<<10`, on).birth
      ?.value;
  test("a year of two digits is the latest that is not in the future", () => {
    expect([born("261122", today), born("261123", today), born("300101", today)]).toEqual([
      "2026-11-22",
      "1926-11-23",
      "1930-01-01",
    ]);
  });
  test("what the paper leaves open stays open", () => {
    expect([born("74<<<<", today), born("7408<<", today)]).toEqual(["1974", "1974-08"]);
  });
});

describe("names", () => {
  const nameOf = (field: string) => read(`P<UTO${field.padEnd(39, "<")}\n${passport[1]}`);
  test("one name only", () => expect(nameOf("MINA").name).toMatchObject({ full: "MINA", oneName: true }));
  test("a name that was cut is told", () => expect(nameOf("A".repeat(39)).nameCut).toBe(true));
});

describe("digits that do not hold", () => {
  test("O for 0 in the number: told, with the place and the character it may be", () => {
    const zone = read([passport[0], "L8989O2C36UTO7408122F1204159ZE184226B<<<<<10"].join("\n"));
    expect(zone.allGood).toBe(false);
    expect(zone.checks.find(({ field }) => field === "number")).toMatchObject({
      good: false,
      perhaps: [{ line: 2, column: 6, read: "O", perhaps: "0" }],
    });
    expect(zone.checks.find(({ field }) => field === "birth")?.good).toBe(true);
  });

  test("any single exchanged character under a check digit is noticed unless its value is the same modulo 10", () => {
    const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<";
    const covered = [
      ...Array.from({ length: 10 }, (_, at) => at),
      ...Array.from({ length: 7 }, (_, at) => at + 13),
      ...Array.from({ length: 23 }, (_, at) => at + 21),
    ];
    const worth = (character: string) => (character === "<" ? 0 : Number.parseInt(character, 36));
    fc.assert(
      fc.property(fc.constantFrom(...covered), fc.constantFrom(...Array.from(alphabet)), (at, character) => {
        const line = passport[1] ?? "";
        fc.pre((worth(line[at] ?? "") - worth(character)) % 10 !== 0);
        const zone = readMrz(`${passport[0]}\n${line.slice(0, at)}${character}${line.slice(at + 1)}`, today);
        expect(zone.ok && zone.value.allGood).toBe(false);
      }),
    );
  });
});

test.each([
  ["", "lines"],
  ["ABC", "lines"],
  [`${passport[0]}\n${passport[1]?.slice(1)}`, "length"],
  [`${passport[0]}\n${passport[1]?.replace("L", "é")}`, "character"],
])("%j is unreadable: %s", (text, why) => {
  expect(readMrz(text, today)).toMatchObject({ ok: false, error: { type: "MrzUnreadable", why } });
});

test("whatever is typed, the answer is a value", () => {
  fc.assert(
    fc.property(
      fc.string({ maxLength: 200, unit: "binary" }),
      (text) => typeof readMrz(text, today).ok === "boolean",
    ),
  );
});
