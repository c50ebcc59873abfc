// Benches of what a focal point sees first: Today and the caseload by need, over a vault whose cases have tasks, papers and consents.
import type { ContactId } from "../../shared/vocabulary/ids.ts";
import { addContact } from "../../main/core/contacts/contacts.store.ts";
import { createCase, dayAt } from "../../main/core/cases/index.ts";
import { markDay } from "../../main/core/cases/rows.store.ts";
import { newId, type Session } from "../../main/core/safety/index.ts";
import { ok } from "../../shared/result.ts";
import type { WriteDb } from "../../main/core/vault/sql.ts";
import { consentTo, editsOf, hexOf, settled } from "./fill.ts";
import { timed, valueOf, type Lab } from "./lab.ts";
import { quantile, rounded, spread, type Figure } from "./rows.ts";
import { drawsOf, textOf, type Draw } from "./words.ts";

const day = 86_400_000;
const batch = 100;

/** Two tasks due within two months before or after today, a passport that ends within four years. */
const workOf = (draw: Draw, now: number) => {
  const on = (days: number) => ({
    value: new Date(now + days * day).toISOString().slice(0, 10),
    precision: "day",
    calendar: "gregorian",
  });
  return [
    {
      section: { kind: "plan" as const },
      edits: [hexOf(draw), hexOf(draw)].flatMap((task, index) => [
        { path: ["tasks", task, "what"], set: textOf(draw, 4) },
        { path: ["tasks", task, "due"], set: on(Math.floor(draw() * 1_000) - 20 + index) },
        { path: ["tasks", task, "state"], set: "open" },
      ]),
    },
    {
      section: { kind: "identity" as const },
      edits: [hexOf(draw)].flatMap((paper) => [
        { path: ["papers", "held", paper, "kind"], set: "passport" },
        { path: ["papers", "held", paper, "expires"], set: on(Math.floor(draw() * 1_500)) },
      ]),
    },
  ];
};

async function fill(session: Session, count: number): Promise<void> {
  const draw = drawsOf(90);
  const now = session.ports.clock.now();
  const contact = newId<ContactId>(session.ports);
  valueOf(
    await session.vault.write(async () =>
      ok((db: WriteDb) =>
        addContact(db, {
          id: contact,
          office: hexOf(draw) as never,
          office_name: "Practice network",
          name: "B. Specimen",
          fingerprint: "AB".repeat(20) as never,
          certificate: "",
          software: "waypost",
          trust: "verified",
          introduced: 0,
          made: now,
        }),
      ),
    ),
  );
  for (let done = 0; done < count; done += batch) {
    const inputs = Array.from({ length: Math.min(batch, count - done) }, () => {
      const [identity, ...others] = editsOf(draw);
      const [plan, papers] = workOf(draw, now);
      return {
        reason: "taken in by telephone",
        edits: [
          { ...identity, edits: [...(identity?.edits ?? []), ...(papers?.edits ?? [])] },
          ...others,
          plan,
        ] as Parameters<typeof createCase>[1]["edits"],
      };
    });
    const made = await settled(
      session,
      inputs.map((input) => (within: Session) => createCase(within, input)),
    );
    await settled(
      session,
      made.map((one) => (within: Session) => consentTo(within, one.case, contact)),
    );
  }
  valueOf(await stepBack(session));
}

/** What was filled in counts as stored before yesterday, as it is on a working day. */
const stepBack = (session: Session) =>
  session.vault.write(async () => ok((db: WriteDb) => markDay(db, dayAt(session.ports.clock.now()) - 3)));

async function times(work: (index: number) => Promise<unknown>): Promise<number[]> {
  const samples: number[] = [];
  for (let index = 0; index < 40; index++) samples.push((await timed(() => work(index))).ms);
  return samples;
}

/** Today as it is opened first and again, and the caseload's first page by need. */
export async function* today(lab: Lab): AsyncGenerator<Figure> {
  const vault = await lab.vault(`today-${lab.sizes.cases}`, (session) => fill(session, lab.sizes.cases));
  const app = await lab.open(vault);
  const first = await timed(() => app.ask("overview.today", {}));
  const samples = await times(() => app.ask("overview.today", {}));
  const cases = lab.sizes.cases.toLocaleString("en");
  yield {
    row: `Today over ${cases} cases, delivered to the shell, p95`,
    must: 150,
    aim: 60,
    measured: quantile(samples, 0.95),
    unit: "ms",
    also: { first: rounded(first.ms), ...spread(samples) },
  };
  const pages = await times((index) =>
    app.ask("cases.list", { limit: 100, ...(index % 2 === 0 ? {} : { attention: "overdue" as const }) }),
  );
  yield {
    row: `caseload page of 100 by what needs us first, ${cases} cases with tasks, p95`,
    must: 150,
    aim: 60,
    measured: quantile(pages, 0.95),
    unit: "ms",
    also: spread(pages),
  };
  await app.core.end();
}
