// Puts the core together: each subject's actions behind the contract's methods.
import type { App, Handlers } from "../../shared/ipc/contract.ts";
import { err, ok, type Ok, type Result } from "../../shared/result.ts";
import type { BundleId, CaseId } from "../../shared/vocabulary/ids.ts";
import { programVersion } from "../../shared/version.ts";
import { auditOf, checkAudit, checkLedger, ledgerOf } from "./audit/index.ts";
import * as cases from "./cases/index.ts";
import * as consent from "./consent/index.ts";
import * as contacts from "./contacts/index.ts";
import { createDoor, untilLocked } from "./door.ts";
import * as exchange from "./exchange/index.ts";
import * as intake from "./intake/index.ts";
import * as overview from "./overview/index.ts";
import * as paper from "./paper/index.ts";
import type { Ports } from "./ports.ts";
import * as safety from "./safety/index.ts";
import { syncedMarker } from "./vault/index.ts";

/** A paper by what it is made of. */
type Printed = { readonly callSheet: CaseId } | { readonly dossier: BundleId } | { readonly ownWords: true };

type JobSeen = {
  readonly progress: (step: string, done: number, total: number) => void;
  readonly signal: AbortSignal;
};

/** Progress of one named step. */
const course = (job: JobSeen, step: string) => ({
  signal: job.signal,
  progress: (done: number, total: number) => job.progress(step, done, total),
});

/** An outcome with its value replaced; a failure stays as it is. */
const then = <R extends Result<unknown, unknown>, U>(
  result: R,
  make: (value: Extract<R, { ok: true }>["value"]) => U,
): Ok<U> | Extract<R, { ok: false }> =>
  result.ok ? ok(make(result.value)) : (result as Extract<R, { ok: false }>);

/** The core over its ports. Nothing is open until `vault.create` or `vault.unlock`. */
export function createApp(ports: Ports): App {
  const door = createDoor(ports);
  const { opening, opens, enter, open, tell, changed } = door;

  /** The path behind a token; everything that touches a chosen file or folder begins here. */
  const at = async <R extends Result<unknown, unknown>>(
    token: string,
    work: (path: string, name: string) => Promise<R>,
  ) => {
    const place = await ports.tokens.take(token);
    return place.ok ? work(place.value.path, place.value.name) : place;
  };
  /** What changes the vault itself leaves a row in its log. */
  const audited = async <R extends Result<unknown, unknown>>(
    action: string,
    work: Promise<R>,
  ): Promise<R> => {
    const result = await work;
    if (result.ok) await safety.noteDeed(open(), action);
    return result;
  };
  /** After her no, an erasure or a struck fact: what is out is called back in the same breath. */
  const calledBack = async (of: CaseId) => exchange.callBack(open(), of);

  const contactSeen = (row: contacts.ContactRow) => {
    const by = safety.membersOf(open().vault.read).find(({ id }) => id === row.trust_by);
    return {
      contact: row.id,
      office: row.office,
      officeName: row.office_name,
      name: row.name,
      fingerprint: row.fingerprint,
      software: row.software,
      trust: row.trust,
      ...(row.trust_by === null ? {} : { trustBy: row.trust_by }),
      ...(by === undefined ? {} : { trustByName: by.name }),
      ...(row.trust_how === null ? {} : { trustHow: row.trust_how }),
      ...(row.trust_at === null ? {} : { trustAt: row.trust_at }),
    };
  };
  const dossier = (bundle: BundleId) => {
    const html = exchange.dossierOf(open().vault.read, bundle);
    return html === undefined ? err({ type: "UnknownBundle" as const }) : ok(html);
  };
  const ownCard = async () => {
    const [words, code] = [await contacts.ownWords(open()), await contacts.ownQr(open())];
    if (!words.ok) return words;
    return then(code, (drawn) => paper.ownWords(open(), { ...words.value, code: drawn }));
  };
  const paperOf = async (what: Printed) => {
    if ("ownWords" in what) return await ownCard();
    return "callSheet" in what ? paper.callSheet(open(), what.callSheet) : dossier(what.dossier);
  };
  const notePrinted = async (what: Printed) =>
    await safety.noteDeed(open(), "paper-printed", "callSheet" in what ? what.callSheet : undefined);

  const handlers: Handlers = {
    "about.version": async () => ok({ program: programVersion }),

    "vault.create": ({ folder, ...input }) =>
      opens(() =>
        at(folder, async (path) => {
          const made = await safety.create(opening, { ...input, folder: path });
          if (!made.ok) return made;
          await enter(made.value.session);
          return ok({ words: made.value.words });
        }),
      ),
    "vault.createPractice": ({ folder, person, passphrase }, { job }) =>
      opens(() =>
        at(folder, async (path) => {
          const input = { folder: path, person, passphrase };
          const made = await intake.createPractice(opening, input, course(job, "practice"));
          if (!made.ok) return made;
          await enter(made.value.session);
          return ok({ cases: made.value.cases });
        }),
      ),
    "vault.unlock": ({ folder, passphrase }) =>
      opens(() =>
        at(folder, async (path) => {
          const opened = await safety.unlock(opening, { folder: path, passphrase });
          return opened.ok ? ok(await enter(opened.value)) : opened;
        }),
      ),
    "vault.status": async () => ok(door.status()),
    "vault.lock": async () => {
      await door.close();
      return ok({});
    },
    "vault.recover": ({ folder, words, newPassphrase, member }) =>
      opens(() =>
        at(folder, async (path) =>
          safety.recover(opening, {
            folder: path,
            words,
            newPassphrase,
            ...(member === undefined ? {} : { member }),
          }),
        ),
      ),
    "vault.changePassphrase": async (input) =>
      then(await audited("passphrase-changed", safety.changePassphrase(open(), input)), () => ({})),
    "vault.renewWords": async () =>
      then(await audited("words-renewed", open().vault.renewWords()), (words) => ({ words })),
    "vault.somebodyKnows": async (input, { job }) =>
      audited("key-renewed", safety.somebodyKnows(open(), input, course(job, "rewrite"))),
    "vault.backup": async ({ folder }, { job }) =>
      at(folder, async (path, name) =>
        then(await audited("backup-made", safety.backUp(open(), path, course(job, "copy"))), (made) => ({
          folder: name,
          ...made,
        })),
      ),
    "vault.restore": ({ from, folder, passphrase }, { job }) =>
      opens(() =>
        at(from, (source) =>
          at(folder, (path) =>
            safety.restore(opening, { from: source, folder: path, passphrase }, course(job, "copy")),
          ),
        ),
      ),
    "vault.check": async (_input, { job }) => {
      const { vault } = open();
      return then(await door.checking().run(course(job, "check")), ({ rows }) => ({
        rows,
        head: vault.merkleHead(),
      }));
    },

    "vault.judge": async ({ passphrase }) => ok(await safety.judgeStrength(passphrase)),
    "vault.suggest": async () => ok({ passphrase: safety.suggestPassphrase(ports) }),
    "vault.drill": ({ from, passphrase }, { job }) =>
      at(from, (path) => safety.drill(ports, { from: path, passphrase }, course(job, "copy"))),
    "vault.closeForGood": ({ passphrase }) =>
      door.atDoor(async () => {
        const session = door.current();
        if (session === undefined) return err({ type: "VaultLocked" as const });
        return safety.closeForGood(session, { passphrase, sent: exchange.sentTo(session) }, door.leave);
      }),

    "members.list": async () => ok({ members: safety.listMembers(open()) }),
    "members.add": async (input) => {
      const added = await audited("member-added", safety.addMember(open(), input));
      if (!added.ok) return added;
      const named = await cases.nameColleagues(open());
      return named.ok ? added : named;
    },
    "members.remove": async ({ member }) => {
      const gone = safety.listMembers(open()).find((one) => one.member === member);
      const removed = await audited("member-removed", open().vault.removeMember(member));
      if (!removed.ok || gone === undefined) return removed.ok ? ok({ cases: 0 }) : removed;
      return cases.removeColleague(open(), gone.fingerprint);
    },

    "places.list": async (input) => {
      const listed = await ports.places.list(input);
      if (!listed.ok) return listed;
      const { here } = listed.value;
      const place = await ports.tokens.take(here.token);
      const synced = place.ok && (await syncedMarker(ports.files, place.value.path)) !== undefined;
      return ok({ ...listed.value, here: { ...here, synced } });
    },
    "places.makeFolder": (input) => ports.places.makeFolder(input),
    "places.hold": (input) => ports.places.hold(input),
    "places.last": async () => ok(await ports.places.last()),

    "desk.settings": async () => ok(safety.settings(open())),
    "desk.set": async (input) => {
      const set = await safety.set(open(), input);
      if (set.ok) door.lockAfter(set.value.lockAfter);
      return set;
    },
    "desk.here": async () => {
      door.here();
      return ok({});
    },
    "desk.drafts": async (input) => ok({ drafts: safety.drafts(open(), input.case) }),
    "desk.keepDraft": async (input) => then(await safety.keepDraft(open(), input), () => ({})),
    "desk.dropDraft": async (input) => then(await safety.dropDraft(open(), input), () => ({})),
    "desk.views": async () => ok({ views: safety.views(open()) }),
    "desk.keepView": async (input) => then(await safety.keepView(open(), input), () => ({})),
    "desk.dropView": async ({ name }) => then(await safety.dropView(open(), name), () => ({})),

    "contacts.list": async () => ok({ contacts: contacts.allContacts(open().vault.read).map(contactSeen) }),
    "contacts.ownWords": async () => contacts.ownWords(open()),
    "contacts.ownCertificate": async () => {
      const { member } = open();
      return member === undefined
        ? err({ type: "NoSigner" })
        : ok({ certificate: member.certificate, fingerprint: member.fingerprint });
    },
    "contacts.verify": async (input) =>
      then(await contacts.verifyContact(open(), input), (row) => ({ contact: contactSeen(row) })),
    "contacts.add": async ({ file, ...input }) =>
      at(file, async (path) =>
        then(await contacts.addCertificate(open(), { ...input, path }), (row) => ({
          contact: contactSeen(row),
        })),
      ),
    "contacts.ownQr": async () => contacts.ownQr(open()),
    "contacts.verifyQr": async ({ file, ...input }) =>
      at(file, async (path) =>
        then(await contacts.verifyQr(open(), { ...input, path }), (row) => ({ contact: contactSeen(row) })),
      ),
    "contacts.refuse": async ({ contact }) =>
      then(await contacts.refuseContact(open(), contact), (row) => ({ contact: contactSeen(row) })),

    "cases.create": async (input) => cases.createCase(open(), input),
    "cases.list": async ({ limit = 100, offset = 0, ...filter }) =>
      ok(cases.listCases(open(), filter, { limit, offset })),
    "cases.file": async (input) => cases.caseFile(open(), input.case),
    "cases.get": async (input) => cases.caseOverview(open(), input.case),
    "cases.section": async (input) => cases.sectionView(open(), input.case, input),
    "cases.save": async (input) => cases.saveCase(open(), input),
    "cases.undo": async (input) => cases.undoSave(open(), input),
    "cases.history": async (input) =>
      then(cases.historyOf(open(), input.case, input, input.path), (changes) => ({ changes })),
    "cases.settle": async (input) => cases.settleConflict(open(), input),
    "cases.strike": async (input) => {
      const struck = await cases.foundAnew(open(), {
        case: input.case,
        section: input.section,
        which: input.which,
        without: input.paths,
        past: "erased",
        reason: "struck",
      });
      if (!struck.ok) return struck;
      return then(await calledBack(input.case), ({ recalls }) => ({
        section: struck.value.section,
        recalls,
      }));
    },
    "cases.erase": async (input) => {
      const erased = await cases.eraseSection(open(), input);
      return erased.ok ? then(await calledBack(input.case), ({ recalls }) => ({ recalls })) : erased;
    },
    "cases.giveRole": async (input) => then(await cases.giveRole(open(), input), (head) => ({ head })),
    "cases.takeRole": async (input) => then(await cases.takeRole(open(), input), (head) => ({ head })),
    "cases.acceptHeld": async (input) => then(await cases.acceptHeld(open(), input), (head) => ({ head })),
    "cases.nameSuccessor": async (input) =>
      then(await cases.nameSuccessor(open(), input), (head) => ({ head })),
    "cases.offerHandover": async (input) =>
      then(await cases.offerHandover(open(), input), (head) => ({ head })),
    "cases.acceptHandover": async (input) =>
      then(await cases.acceptHandover(open(), input), (head) => ({ head })),
    "cases.voteSuccession": async (input) =>
      then(await cases.voteSuccession(open(), input), (entry) => ({ entry })),
    "cases.succeed": async (input) => then(await cases.succeed(open(), input), (head) => ({ head })),
    "cases.withdrawHandover": async (input) =>
      then(await cases.withdrawHandover(open(), input), (head) => ({ head })),
    "cases.settleFork": async (input) => then(await cases.settleFork(open(), input), (head) => ({ head })),
    "cases.held": async (input) => then(cases.heldParts(open(), input.case), (parts) => ({ parts })),
    "cases.tryAgain": async (input) => cases.tryAgain(open(), input.case),
    "cases.dismiss": async ({ item }) => then(await cases.dismiss(open(), item), () => ({})),
    "audit.read": async (input) => {
      const { read } = open().vault;
      if (cases.caseRow(read, input.case) === undefined) return err({ type: "UnknownCase" });
      return ok({
        whole: checkAudit(read).ok,
        entries: auditOf(read, input.case).map(({ at: when, member, action, detail }) => ({
          at: when,
          ...(member === undefined ? {} : { member }),
          action,
          detail,
        })),
      });
    },
    "cases.quarantine": async (input) => ok({ items: cases.quarantineOf(open(), input.case) }),
    "search.find": async ({ text, limit = 50 }) =>
      ok({
        found: cases
          .findWords(open(), text, limit)
          .map(({ entry, ...found }) => (entry === "" ? found : { ...found, entry })),
      }),
    "intake.check": async ({ file }) => at(file, (path) => intake.checkIntake(open(), path)),
    "intake.take": async ({ file, reason }) =>
      at(file, (path) => intake.takeIntake(open(), { path, reason })),

    "papers.readZone": async ({ text }) => ok(intake.readZone(open(), text)),

    "consent.record": async (input) => consent.recordConsent(open(), input),
    "consent.withdraw": async ({ words, sections, ...input }) => {
      const withdrawn = await consent.withdrawConsent(open(), {
        ...input,
        ...(words === undefined ? {} : { words }),
        ...(sections === undefined ? {} : { sections }),
      });
      if (!withdrawn.ok) return withdrawn;
      return then(await calledBack(input.case), (back) => ({ entry: withdrawn.value.entry, ...back }));
    },
    "consent.list": async (input) => {
      const state = cases.chainOf(open().vault.read, input.case);
      return state === undefined
        ? err({ type: "UnknownCase" })
        : ok({ consents: consent.consentsOf(open().vault.read, state) });
    },
    "consent.choices": async (input) => consent.choices(open(), input),

    "exchange.introduce": async ({ folder }) => at(folder, (path) => exchange.introduce(open(), path)),
    "exchange.share": async ({ folder, ...input }, { job }) =>
      at(folder, (path) => exchange.share(open(), { ...input, folder: path }, job)),
    "exchange.preview": async (input) =>
      then(exchange.previewRelease(open(), input), (leaves) => ({ leaves })),
    "exchange.release": async ({ folder, ...input }, { job }) =>
      at(folder, (path) => exchange.release(open(), { ...input, folder: path }, job)),
    "exchange.acknowledge": async ({ folder, contact }) =>
      at(folder, (path) => exchange.acknowledge(open(), { contact, folder: path })),
    "exchange.recall": async ({ folder, contact }) =>
      at(folder, (path) => exchange.sendRecalls(open(), { contact, folder: path })),
    "exchange.tell": async ({ folder, ...input }) =>
      at(folder, (path) => exchange.tell(open(), { ...input, folder: path })),
    "exchange.recallImpossible": async (input) =>
      then(await exchange.recallImpossible(open(), input), () => ({})),
    "exchange.previewShare": async (input) =>
      then(await exchange.previewShare(open(), input), (all) => ({ cases: all })),
    "exchange.look": async ({ from }, { job }) =>
      at(from, async (path, name) =>
        then(await exchange.look(open(), { path, name }, job), (files) => ({ files })),
      ),
    "exchange.receive": async ({ from, only }, { job }) =>
      at(from, async (path, name) => {
        const received = await exchange.receive(
          open(),
          { path, name, ...(only === undefined ? {} : { only }) },
          job,
        );
        // What came before the trouble was taken.
        if (!received.ok) tell({ type: "cases.changed", cases: [] });
        if (!received.ok) return received;
        const moved = new Set(received.value.flatMap((file) => file.changed ?? []));
        for (const of of new Set(received.value.flatMap((file) => file.touched ?? []))) {
          const called = await calledBack(of);
          if (!called.ok) return called;
          moved.add(of);
        }
        changed([...moved]);
        return ok({
          files: received.value.map(({ touched: _touched, changed: _changed, ...file }) => file),
        });
      }),
    "exchange.sent": async ({ contact }) => ok({ bundles: exchange.sentBundles(open(), contact) }),
    "exchange.waiting": async () => ok(await exchange.waiting(open())),
    "exchange.dossiers": async () => ok({ dossiers: exchange.dossiersHere(open()) }),
    "exchange.dossier": async ({ bundle }) => then(dossier(bundle), (html) => ({ html })),
    "paper.callSheet": async ({ case: of }) => then(paper.callSheet(open(), of), (html) => ({ html })),
    "paper.print": async ({ what, folder }) => {
      const page = await paperOf(what);
      if (!page.ok) return page;
      const printed = await at(folder, (path) => paper.printTo(open(), page.value, path));
      // It lies there unlocked: who let it out is kept.
      if (printed.ok) await notePrinted(what);
      return printed;
    },
    "paper.printers": async () => await paper.printers(open()),
    "paper.send": async ({ what, printer }, { job }) => {
      const page = await paperOf(what);
      if (!page.ok) return page;
      const sent = await paper.send(open(), page.value, printer, job.signal);
      if (paper.mayBeOut(sent)) await notePrinted(what);
      return sent;
    },
    "paper.sendWords": async ({ words, printer }, { job }) => {
      const page = paper.recoveryWords(open(), words);
      if (!page.ok) return page;
      const sent = await paper.send(open(), page.value, printer, job.signal);
      if (paper.mayBeOut(sent)) await safety.noteDeed(open(), "words-printed");
      return sent;
    },
    "overview.today": async ({ limit = 50 }) =>
      ok({
        ...overview.today(open(), limit, () => tell({ type: "cases.changed", cases: [] })),
        wordsConfirmed: safety.settings(open()).wordsConfirmed,
      }),
    "ledger.read": async (input) => {
      const { read } = open().vault;
      if (cases.caseRow(read, input.case) === undefined) return err({ type: "UnknownCase" });
      return ok({
        whole: checkLedger(read, input.case).ok,
        entries: ledgerOf(read, input.case).map(({ at: when, entry }) =>
          entry === undefined ? { at: when } : { at: when, entry },
        ),
      });
    },
  };

  return {
    handlers: untilLocked(handlers, door.current),
    unlocked: () => door.current() !== undefined,
    events: door.events,
    close: door.close,
  };
}
