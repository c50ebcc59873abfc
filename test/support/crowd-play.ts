// Random histories of three offices and one case: edits, yeses and noes, roles, bundles lost, late and doubled.
import type { Session } from "../../main/core/safety/index.ts";
import { chainOf, settleRow } from "../../main/core/cases/index.ts";
import { sql } from "../../main/core/vault/sql.ts";
import { ok } from "../../shared/result.ts";
import { canonicalJson, type JsonValue } from "../../shared/signed-text.ts";
import type { SectionName } from "../../shared/vocabulary/consent.ts";
import type { CaseId, ConsentId, PersonId } from "../../shared/vocabulary/ids.ts";
import { idOf, save, sectionText, yes, type Crowd, type Member, type Sent } from "./crowd.ts";

/** Numbers that repeat for a seed (mulberry32). */
export function dice(seed: number) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    below: (count: number) => Math.floor(next() * count),
    chance: (part: number) => next() < part,
    pick: <T>(all: readonly T[]): T | undefined => all[Math.floor(next() * all.length)],
  };
}

/** Refusals that honest offices meet in such a history; anything else ends the run. */
const expected = new Set([
  "MayNot",
  "NotAllowed",
  "NotCleared",
  "NoRole",
  "UnknownSection",
  "NothingChanged",
  "SettleFirst",
  "ConflictsStand",
  "NothingToAcknowledge",
  "NothingToRecall",
  "AlreadyWithdrawn",
  "UnknownConsent",
  "NothingOffered",
  "NotSuccessor",
  "SectionInvalid",
  "UnknownCase",
  "UnknownOffice",
  "NothingLeft",
  "NothingToStrike",
]);

type Edit = { readonly by: Member; readonly section: string; readonly value: string };

export type Play = {
  readonly case: CaseId;
  readonly edits: readonly Edit[];
  readonly counts: Readonly<Record<string, number>>;
  /** Sections each office was ever allowed, by her yes or because it began them. */
  readonly allowed: ReadonlyMap<Member, ReadonlySet<string>>;
  /** Offices that still take part. */
  readonly active: readonly Member[];
};

const items = ["1".repeat(32), "2".repeat(32)];

function places(name: SectionName): readonly (readonly string[])[] {
  switch (name.kind) {
    case "journal":
      return items.map((item) => ["entries", item, "text"]);
    case "plan":
      return items.map((item) => ["tasks", item, "what"]);
    case "reach":
      return [["ifAnotherAnswers"], ...items.map((item) => ["words", item, "word"])];
    case "work":
      return [["about"], ["callsHerself"], ...items.map((item) => ["works", item, "what"])];
    default:
      return [["title"], ...items.map((item) => ["papers", "held", item, "number"])];
  }
}

/** Plays `steps` random steps and then delivers everything; throws where an office sees what it must not. */
export async function play(all: Crowd, seed: number, steps: number): Promise<Play> {
  const random = dice(seed);
  const [a, b, c] = all.offices as [Member, Member, Member];
  const adult = idOf<PersonId>("adult", seed);
  const child = idOf<PersonId>("child", seed);
  const names: readonly SectionName[] = [
    { kind: "identity" },
    { kind: "work" },
    { kind: "reach" },
    { kind: "plan" },
    { kind: "journal" },
    { kind: "family", person: adult },
    { kind: "family", person: child },
  ];
  const born = (year: string) => ({
    path: ["birth", "date"],
    set: { value: year, precision: "year", calendar: "gregorian" },
  });
  const made = await a.ask("cases.create", {
    reason: "taken in",
    edits: names.map((section) => ({
      section,
      edits:
        section.person === undefined
          ? [{ path: [...(places(section)[0] ?? [])], set: `first ${seed}` }]
          : [born(section.person === adult ? "1980" : "2020")],
    })),
  });
  const of = made.case as CaseId;
  const edits: Edit[] = [];
  const counts: Record<string, number> = {};
  const count = (what: string) => void (counts[what] = (counts[what] ?? 0) + 1);
  const allowed = new Map<Member, Set<string>>([
    [a, new Set(names.map(sectionText))],
    [b, new Set()],
    [c, new Set()],
  ]);
  const consents: ConsentId[] = [];
  const flying: Sent[] = [];
  let active: Member[] = [a, b, c];
  let ended = false;

  const meet = <T extends { ok: boolean }>(what: string, outcome: T): T => {
    if (!outcome.ok) {
      const { error } = outcome as unknown as { error: { type: string } };
      if (!expected.has(error.type)) throw new Error(`${what}: ${JSON.stringify(error)}`);
      count(`${what} ${error.type}`);
    } else count(what);
    return outcome;
  };
  const roleAt = async (office: Member) => {
    const seen = await office.tried("cases.get", { case: of });
    return seen.ok ? seen.value.row.role : "none";
  };
  const stewards = async () => {
    const found: Member[] = [];
    for (const office of active) if ((await roleAt(office)) === "steward") found.push(office);
    return found;
  };
  const speak = async (steward: Member, to: Member, wanted: readonly SectionName[], past: boolean) => {
    const contact = await steward.knows(to);
    const own = wanted.filter(({ person }) => person === undefined);
    const yeses = [
      ...(own.length === 0 ? [] : [{ of: own, consent: yes(contact, own, { past }) }]),
      ...wanted
        .filter(({ person }) => person !== undefined)
        .map((name) => {
          const person = name.person as PersonId;
          const who = person === child ? ("authority-over-child" as const) : ("person" as const);
          return { of: [name], consent: yes(contact, [name], { past, by: { who, person } }) };
        }),
    ];
    for (const { of: sections, consent } of yeses) {
      const recorded = meet("yes", await steward.tried("consent.record", { case: of, consent }));
      if (!recorded.ok) continue;
      consents.push(recorded.value.consent as ConsentId);
      for (const name of sections) allowed.get(to)?.add(sectionText(name));
    }
  };
  const share = async (from: Member, to: Member) => {
    const written = meet(
      "share",
      await from.tried("exchange.share", {
        contact: await from.knows(to),
        cases: [{ case: of }],
        purpose: "joint-protection",
        folder: "drive",
      }),
    );
    if (written.ok) flying.push({ to, file: written.value.file });
    return written.ok;
  };
  const notice = async (from: Member, to: Member, kind: "acknowledge" | "recall") => {
    const written = meet(
      kind,
      await from.tried(`exchange.${kind}`, { contact: await from.knows(to), folder: "drive" }),
    );
    if (written.ok) flying.push({ to, file: written.value.file });
    return written.ok;
  };
  const tell = async (from: Member, to: Member) => {
    const written = meet(
      "tell",
      await from.tried("exchange.tell", { contact: await from.knows(to), cases: [of], folder: "drive" }),
    );
    if (written.ok) flying.push({ to, file: written.value.file });
    return written.ok;
  };
  /** Tells at once, nothing lost on the way. */
  const told = async (from: Member, to: Member) => {
    if (!(await tell(from, to))) return false;
    const sent = flying.pop();
    if (sent !== undefined) await deliver(sent);
    return true;
  };
  const deliver = async (sent: Sent) => {
    const report = await all.give(sent);
    // Her no destroyed it where it lay.
    if (report === undefined) return count("destroyed");
    count(`delivered ${report.outcome}${report.outcome === "refused" ? ` ${report.why?.type}` : ""}`);
    await sees(sent.to);
  };
  /** Right after every delivery: nothing is held that she did not allow. */
  const sees = async (office: Member) => {
    const seen = await office.tried("cases.get", { case: of });
    if (!seen.ok) return;
    for (const { name } of seen.value.sections)
      if (allowed.get(office)?.has(sectionText(name)) !== true)
        throw new Error(`${office.name} holds ${sectionText(name)} and nobody allowed it`);
  };

  for (const office of [b, c]) {
    await a.ask("cases.giveRole", {
      case: of,
      contact: await a.knows(office),
      role: "co-manager",
      mayRecordYes: office === b,
    });
    await speak(a, office, random.chance(0.5) ? names : names.slice(0, 4), random.chance(0.6));
    await share(a, office);
  }

  for (let step = 0; step < steps; step++) await one();
  await settleDown();
  return { case: of, edits, counts, allowed, active };

  async function one(): Promise<void> {
    const office = random.pick(active);
    const other = random.pick(active.filter((one) => one !== office));
    if (office === undefined || other === undefined) return;
    const die = random.below(100);
    if (die < 38) return edit(office);
    if (die < 56) return void (await share(office, other));
    if (die < 78) return carry();
    if (die < 82) return void (await notice(office, other, "acknowledge"));
    if (die < 84) return settle(office);
    if (die < 85) return void (await tell(office, other));
    const [steward] = await stewards();
    if (steward === undefined) return;
    const partner = active.find((one) => one !== steward && random.chance(0.6));
    if (partner === undefined) return;
    if (die < 88)
      return speak(steward, partner, [random.pick(names) ?? { kind: "work" }], random.chance(0.5));
    if (die < 90) return takeBack(random.chance(0.7) ? steward : partner);
    if (die < 93) return void (await notice(steward, partner, "recall"));
    if (die < 95) return roles(steward, partner);
    if (die < 96) return strike(steward);
    if (die < 98) return handover(steward, partner);
    return succession(steward, partner);
  }

  async function edit(office: Member): Promise<void> {
    const seen = await office.tried("cases.get", { case: of });
    if (!seen.ok) return;
    const live = seen.value.sections.filter(({ state }) => state === "live").map(({ name }) => name);
    const begin = random.chance(0.06);
    const name = begin
      ? { kind: "family" as const, person: idOf<PersonId>("met", seed, edits.length) }
      : random.pick(live);
    const path = name && random.pick(places(name));
    if (name === undefined || path === undefined) return;
    const value = `v${edits.length} ${office.name}`;
    const saved = meet("edit", await save(office, of, name, [{ path: [...path], set: value }]));
    if (!saved.ok) return;
    edits.push({ by: office, section: saved.value.sections[0]?.section ?? "", value });
    if (begin) allowed.get(office)?.add(sectionText(name));
  }

  async function carry(): Promise<void> {
    const at = random.below(flying.length);
    const sent = flying[at];
    if (sent === undefined) return;
    // Lost for now: it stays on the drive and turns up at the end. Doubled: it will come again.
    if (random.chance(0.2)) return count("lost for now");
    if (!random.chance(0.3)) flying.splice(at, 1);
    await deliver(sent);
  }

  async function settle(office: Member): Promise<void> {
    const seen = await office.tried("cases.get", { case: of });
    if (!seen.ok) return;
    const torn = random.pick(
      seen.value.sections.filter(({ conflicts, state }) => conflicts > 0 && state === "live"),
    );
    if (torn === undefined) return;
    const view = await office.ask("cases.section", { case: of, section: torn.name });
    const conflict = random.pick(view.conflicts);
    const keep = random.pick(conflict?.values ?? [])?.part;
    if (conflict === undefined || keep === undefined) return;
    const done = await office.tried("cases.settle", {
      case: of,
      section: torn.name,
      path: conflict.path,
      settle: { keep },
      reason: "asked her",
    });
    meet("settle", done);
  }

  async function takeBack(office: Member): Promise<void> {
    const consent = random.pick(consents);
    if (consent === undefined) return;
    const answer = await office.tried("consent.withdraw", {
      case: of,
      consent,
      by: { who: "her" },
      how: "spoken",
    });
    meet("no", answer);
  }

  async function roles(steward: Member, partner: Member): Promise<void> {
    if (random.chance(0.3)) {
      meet(
        "remove",
        await steward.tried("cases.takeRole", { case: of, from: { office: partner.office }, why: "left" }),
      );
      return;
    }
    const role = random.chance(0.25) ? "viewer" : "co-manager";
    const contact = await steward.knows(partner);
    meet(
      `role ${role}`,
      await steward.tried("cases.giveRole", { case: of, contact, role, mayRecordYes: role === "co-manager" }),
    );
  }

  async function strike(steward: Member): Promise<void> {
    const name = random.pick(names.slice(0, 4));
    const path = name && random.pick(places(name));
    if (name === undefined || path === undefined) return;
    const struck = await steward.tried("cases.strike", { case: of, section: name, paths: [[...path]] });
    meet("strike", struck);
  }

  async function handover(steward: Member, partner: Member): Promise<void> {
    const offered = meet(
      "offer",
      await steward.tried("cases.offerHandover", {
        case: of,
        contact: await steward.knows(partner),
        agreed: { how: "in-person", at: 1 },
        then: random.chance(0.8) ? "co-manager" : "leave",
      }),
    );
    if (!offered.ok || !(await told(steward, partner))) return;
    meet("accept", await partner.tried("cases.acceptHandover", { case: of }));
    await speak(partner, steward, names, true);
    for (const name of names) allowed.get(partner)?.add(sectionText(name));
    await tell(partner, steward);
  }

  /** The answering office is lost for good: its laptop writes nothing any more, what it sent may still come. */
  async function succession(steward: Member, partner: Member): Promise<void> {
    if (ended || !random.chance(0.4)) return;
    const others = active.filter((office) => office !== steward);
    const byVotes = random.chance(0.5);
    const named = meet(
      byVotes ? "successor of votes" : "successor",
      await steward.tried("cases.nameSuccessor", {
        case: of,
        successor: byVotes
          ? { coManagers: others.map(({ office }) => office), needed: 2 }
          : { contact: await steward.knows(partner) },
      }),
    );
    if (!named.ok) return;
    for (const office of others) if (!(await told(steward, office))) return;
    if (byVotes)
      for (const office of others) {
        const vote = { case: of, successor: partner.office };
        meet("vote", await office.tried("cases.voteSuccession", vote));
        if (office !== partner) await told(office, partner);
      }
    const followed = meet("succeed", await partner.tried("cases.succeed", { case: of }));
    if (!followed.ok) return;
    ended = true;
    active = others;
    for (const name of names) allowed.get(partner)?.add(sectionText(name));
    for (const office of active) if (office !== partner) await speak(partner, office, names, true);
  }

  /** Everything that was ever written comes, in any order, and then offices exchange until nobody has anything new. */
  async function settleDown(): Promise<void> {
    while (flying.length > 0) {
      const [sent] = flying.splice(random.below(flying.length), 1);
      if (sent !== undefined && active.includes(sent.to)) await deliver(sent);
    }
    for (let round = 0; round < 4; round++) {
      for (const kind of ["tell", "recall", "share", "acknowledge"] as const)
        for (const from of active)
          for (const to of active) {
            if (from === to) continue;
            if (kind === "share") await share(from, to);
            else if (kind === "tell") await tell(from, to);
            else await notice(from, to, kind);
            const sent = flying.pop();
            if (sent !== undefined) await deliver(sent);
          }
    }
  }
}

/** What one office's vault holds of a case at the end, looked at from inside. */
export type Seen = {
  readonly sections: readonly {
    readonly id: string;
    readonly name: string;
    readonly state: "live" | "closed";
    readonly heads: string;
    readonly value: string;
    readonly conflicts: readonly { readonly path: string; readonly values: readonly string[] }[];
    /** Values ever written and what each later one replaced, by path. */
    readonly history: readonly {
      readonly path: string;
      readonly before: readonly string[];
      readonly after: string;
    }[];
    readonly held: readonly { readonly why: string; readonly values: readonly string[] }[];
  }[];
  readonly gone: ReadonlySet<string>;
  readonly head: string;
  readonly stopped: boolean;
  readonly role: string;
  readonly row: { readonly conflicts: number; readonly held: number };
  readonly quarantined: readonly string[];
  readonly rebuiltEqual: boolean;
  /** What search knows of the case, before and after everything was made anew. */
  readonly wordsBefore: readonly Found[];
  readonly wordsRebuilt: readonly Found[];
};

const text = (value: unknown): string => (value === undefined ? "" : canonicalJson(value as JsonValue));

type Found = { readonly section: string | null; readonly entry: string; readonly words: string };

const wordsOf = ({ vault }: Session, of: CaseId): readonly Found[] => [
  ...vault.read.all<Found>(
    sql`SELECT section, '' AS entry, names || '/' || body AS words FROM search_text WHERE case_id = ${of} ORDER BY section`,
  ),
  ...vault.read.all<Found>(sql`
    SELECT section, entry, code || '/' || names || '/' || body AS words FROM search JOIN search_row ON search_row.seq = search.rowid
    WHERE case_id = ${of} ORDER BY entry`),
];

export async function look(office: Member, of: CaseId): Promise<Seen | undefined> {
  const seen = await office.tried("cases.get", { case: of });
  if (!seen.ok) return undefined;
  return office.inside(async (session: Session) => {
    const state = chainOf(session.vault.read, of);
    if (state === undefined) throw new Error("a case without a chain");
    const before = session.sections.stateHash(of);
    const words = wordsOf(session, of);
    const rebuilt = await session.vault.write(async () =>
      ok((db) => {
        for (const { id } of session.sections.list(of, db)) session.sections.rebuild(db, id, state);
        settleRow(session, db, state);
      }),
    );
    return {
      sections: session.sections.list(of).map((head) => {
        const view = session.sections.view(head.id);
        return {
          id: head.id,
          name: sectionText(
            head.person === undefined
              ? { kind: head.kind as SectionName["kind"] }
              : { kind: "family", person: head.person },
          ),
          state: head.state,
          heads: head.heads.toSorted().join(),
          value: text(view?.value),
          conflicts: (view?.conflicts ?? []).map(({ path, values }) => ({
            path: path.join("."),
            values: values.map(({ value }) => text(value)).toSorted(),
          })),
          history: session.sections.history(head.id).map((entry) => ({
            path: entry.path.join("."),
            before: entry.before.map(text),
            after: text(entry.after),
          })),
          held: session.sections
            .held(head.id, state)
            .map(({ why, leaves }) => ({ why, values: leaves.map(({ value }) => text(value)) }))
            .toSorted((one, other) => (text(one) < text(other) ? -1 : 1)),
        };
      }),
      gone: new Set([
        ...session.sections.erased(of).map(({ section }) => section),
        ...[...state.erased].filter(([, { settled }]) => settled).map(([section]) => section),
      ]),
      head: state.head,
      stopped: state.stopped !== undefined,
      role: seen.value.row.role,
      row: seen.value.row,
      quarantined: session.sections.quarantined(of).map(({ why }) => why),
      rebuiltEqual: rebuilt.ok && session.sections.stateHash(of) === before,
      wordsBefore: words,
      wordsRebuilt: wordsOf(session, of),
    };
  });
}
