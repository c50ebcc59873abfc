// A zone as it is typed: pasted in any shape, misread letters told and never corrected, what does not hold not said.
import { expect, test } from "vitest";
import { tellZone } from "../../../../../main/core/intake/zone.rules.ts";

const on = "2026-11-22";
const [names, facts] = [
  "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
  "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
] as const;
const says = {
  kind: "passport",
  number: "L898902C3",
  issuedBy: "UTO",
  nationality: "UTO",
  surname: "ERIKSSON",
  given: "ANNA MARIA",
  nameCut: false,
  sex: "F",
  birth: { value: "1974-08-12", precision: "day", calendar: "gregorian" },
  expires: { value: "2012-04-15", precision: "day", calendar: "gregorian" },
};

test.each([
  ["as printed", `${names}\n${facts}`],
  ["lower case", `${names}\n${facts}`.toLowerCase()],
  ["one run", names + facts],
  [
    "blanks and empty lines",
    ` ${names.replaceAll("<<", "< <")} \r\n\r\n\t${facts.slice(0, 20)}  ${facts.slice(20)}\n`,
  ],
  ["guillemets", `${names.replaceAll("<<", "«")}\n${facts}`],
])("%s", (_, text) => {
  const told = tellZone(text, on);
  expect(told).toMatchObject({ readable: true, lines: [names, facts], perhaps: [], says });
  expect(told.checks).toEqual(
    ["number", "birth", "expires", "optional", "composite"].map((field) => ({ field, good: true })),
  );
});

test("a misread letter is told with what it may be; what its check digit covers is not said", () => {
  const told = tellZone(`${names}\n${facts.replace("L898902C3", "L8989O2C3")}`, on);
  expect(told.lines[1]).toContain("L8989O2C3");
  expect(told.perhaps).toContainEqual({ line: 2, column: 6, read: "O", perhaps: "0" });
  expect(told.checks[0]).toEqual({ field: "number", good: false });
  expect(told.says).toMatchObject({ ...says, number: "" });
  const born = tellZone(`${names}\n${facts.replace("740812", "740813")}`, on);
  expect(born.says?.birth).toBeUndefined();
  expect(born.says?.expires).toEqual(says.expires);
});

test("a digit in a name or a state, which no check digit covers, is told", () => {
  const told = tellZone(`${names.replace("ERIKSSON", "ER1KSS0N")}\n${facts.replace("6UTO", "6UT0")}`, on);
  expect(
    told.perhaps.map(({ line, column, read, perhaps }) => [line, column, read, perhaps].join("")),
  ).toEqual(["181I", "181L", "1120O", "1120Q", "1120D", "2130O", "2130Q", "2130D"]);
  expect(told.says?.surname).toBe("ER1KSS0N");
});

test.each([
  ["length", `${names.slice(0, 40)}\n${facts}`],
  ["character", `${names.replace("ANNA", "ÄNNA")}\n${facts}`],
  ["lines", names.slice(0, 10)],
  ["lines", ""],
])("not readable: %s", (why, text) => {
  expect(tellZone(text, on)).toMatchObject({ readable: false, why, checks: [], perhaps: [] });
});

test("cards and visas name their kind, as far as the zone tells", () => {
  const card = (code: string) =>
    `${code}UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<`;
  expect(tellZone(card("I<"), on).says?.kind).toBe("national-id");
  expect(tellZone(card("AR"), on).says?.kind).toBe("other");
  const visa = "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nL8988901C4XXX4009078F9612109<<<<<<<<";
  expect(tellZone(visa, on).says).toMatchObject({ kind: "visa", number: "L8988901C" });
});
