// Who she is: names, birth, nationality, languages, and the papers that prove it.
import { object } from "../../schema.ts";
import { choice, date, describe, group, short } from "../fields.ts";
import { birth, languages, names, nationality, papers, sex } from "./parts.ts";

const schema = object({
  names: names("her name"),
  /** Ms, Mrs, Dr: as she uses it towards authorities. */
  title: short("her name"),
  birth: birth("her birth"),
  sex: sex("her sex"),
  nationality: nationality("her nationality"),
  civilStatus: group({
    status: choice(
      ["single", "married", "religious-marriage", "separated", "divorced", "widowed"],
      "her civil status",
    ),
    since: date("her civil status"),
  }),
  languages: languages("her languages"),
  papers: papers("her papers"),
});

export const identity = { kind: "identity", version: 1, schema, ...describe(schema) } as const;
