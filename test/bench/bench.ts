// `npm run bench`: measures the program against its figures, a row each; `--json` prints an object a line, `--only NAME` a part, `--quick` small.
import { parseArgs } from "node:util";
import { manyCases, sealing, twoHundredSaves } from "./bundles.ts";
import { fullText, journal, pages, saves, size, typing, unlockAndLock } from "./cases.ts";
import { today } from "./today.ts";
import { fullSizes, makeLab, quickSizes, type Lab } from "./lab.ts";
import { windows } from "./window.ts";
import { rowOf, tableOf, type Figure, type Row } from "./rows.ts";

const benches: Readonly<Record<string, (lab: Lab) => AsyncGenerator<Figure>>> = {
  seal: sealing,
  size,
  caseload: pages,
  today,
  typing,
  save: saves,
  journal,
  unlock: unlockAndLock,
  search: fullText,
  bundle: twoHundredSaves,
  thousand: manyCases,
  window: windows,
};

const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
    only: { type: "string", multiple: true, default: [] },
    /** A folder to keep the filled vaults in, for one run after another. */
    keep: { type: "string" },
  },
});
const unknown = values.only.filter((name) => !Object.hasOwn(benches, name));
if (unknown.length > 0) {
  console.error(`no bench is called ${unknown.join(", ")}; there are ${Object.keys(benches).join(", ")}`);
  process.exit(2);
}

const lab = makeLab({
  sizes: values.quick ? quickSizes : fullSizes,
  say: (line) => console.error(line),
  ...(values.keep === undefined ? {} : { kept: values.keep }),
});
const rows: Row[] = [];
try {
  for (const [name, bench] of Object.entries(benches)) {
    if (values.only.length > 0 && !values.only.includes(name)) continue;
    for await (const figure of bench(lab)) {
      const row = rowOf(figure, lab.clock);
      rows.push(row);
      if (values.json) console.log(JSON.stringify({ bench: name, quick: values.quick, ...row }));
      else console.error(`  ${row.row}: ${row.measured} ${row.unit}`);
    }
  }
} finally {
  await lab.end();
}
if (!values.json) {
  const [first] = rows;
  console.log(tableOf(rows));
  if (first !== undefined) {
    const { cores, processor, node, date } = first.machine;
    const load = Math.max(...rows.map((row) => row.machine.load));
    const share = Math.min(...rows.map((row) => row.machine.share));
    console.log(
      `\n${cores} cores (${processor}), Node ${node}, ${date}; load up to ${load}, given ${share} of a core or more`,
    );
  }
}
