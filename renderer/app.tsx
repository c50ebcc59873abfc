// The whole window: the door while locked, else rail and screen; cover, commands and theme around them.
import {
  ArrowLeftRight,
  EyeOff,
  Folder,
  Lock as LockIcon,
  Settings as SettingsIcon,
  Sun,
  Users,
} from "lucide-react";
import { useCallback, useEffect, useMemo, useState, type ReactNode } from "react";
import { call, listen } from "./bridge/bridge.ts";
import { Commands, useCommands, useOffer, type Command } from "./bridge/commands.tsx";
import { useUnkept } from "./bridge/drafts.ts";
import { NamesShown, useNames } from "./bridge/names.tsx";
import { Data, useAsk } from "./bridge/queries.tsx";
import { Routes, useWay, type Route } from "./bridge/route.tsx";
import { ClosedTo, lock, SessionOpen, useSession, type Closed, type Open } from "./bridge/session.tsx";
import { useTheme } from "./bridge/theme.ts";
import { CallSheet } from "./features/case/call-sheet.tsx";
import { CasePage } from "./features/case/index.tsx";
import { Caseload, NewCase } from "./features/caseload/index.tsx";
import { ConsentTab } from "./features/consent/index.tsx";
import { Contacts } from "./features/contacts/index.tsx";
import { FamilyTab } from "./features/family/index.tsx";
import { Dossier } from "./features/receive/dossier.tsx";
import { Receive } from "./features/receive/index.tsx";
import { Exchange, Send } from "./features/send/index.tsx";
import { Quarantine, Twins, TwoValues } from "./features/settle/index.tsx";
import { ClosedForGood, Settings } from "./features/settings/index.tsx";
import { Today } from "./features/today/index.tsx";
import { Door } from "./features/unlock/index.tsx";
import { useTexts } from "./i18n/texts.tsx";
import { Frame } from "./ui/frame.tsx";
import { TroubleNotice } from "./ui/notice.tsx";
import { Palette } from "./ui/palette.tsx";
import { Rail, type RailItem } from "./ui/rail.tsx";
import { CoverSheet, PracticeBand } from "./ui/sheet.tsx";

export function App() {
  const [open, setOpen] = useState<Open>();
  const [known, setKnown] = useState(false);
  const [closed, setClosed] = useState<Closed>();
  const [locks, setLocks] = useState(0);
  const look = useCallback(
    () =>
      void call("vault.status", {}).then((status) => {
        setOpen(status.ok && status.value.state === "open" ? status.value : undefined);
        setKnown(true);
      }),
    [],
  );
  useEffect(look, [look]);
  useEffect(
    () =>
      listen((event) => {
        if (event.type !== "vault.locked") return;
        setOpen(undefined);
        // A new door: what was typed or shown at the one before is gone.
        setLocks((before) => before + 1);
      }),
    [],
  );
  if (!known) return null;
  return (
    <Data>
      {closed !== undefined ? (
        <ClosedForGood report={closed} onDone={() => void lock()} />
      ) : open === undefined ? (
        <Door key={locks} onOpen={look} />
      ) : (
        <SessionOpen open={open}>
          <ClosedTo value={setClosed}>
            <Commands>
              <Routes>
                <NamesShown>
                  <Window />
                </NamesShown>
              </Routes>
            </Commands>
          </ClosedTo>
        </SessionOpen>
      )}
    </Data>
  );
}

type Place = Omit<RailItem, "onPress" | "current"> & { readonly keys: string; readonly to: Route };

function Window() {
  const texts = useTexts();
  const { route, go } = useWay();
  const { covered, coverWindow } = useNames();
  const session = useSession();
  const today = useAsk("overview.today", {});
  const settings = useAsk("desk.settings", {});
  const [finding, setFinding] = useState<"commands" | "keys">();
  useTheme(settings.value?.theme ?? "system");

  const counts = today.value?.counts;
  const waiting = today.value?.waiting.length ?? 0;
  const places = useMemo<readonly Place[]>(
    () => [
      {
        id: "today",
        label: texts.t("screens.rail.today"),
        icon: <Sun aria-hidden />,
        keys: "g t",
        to: { at: "today" },
        count: counts === undefined ? 0 : counts.overdue + counts.soon + counts.conflicts,
      },
      {
        id: "cases",
        label: texts.t("screens.rail.cases"),
        icon: <Folder aria-hidden />,
        keys: "g c",
        to: { at: "cases" },
      },
      {
        id: "exchange",
        label: texts.t("screens.rail.exchange"),
        icon: <ArrowLeftRight aria-hidden />,
        keys: "g e",
        to: { at: "exchange" },
        count: waiting,
      },
      {
        id: "contacts",
        label: texts.t("screens.rail.contacts"),
        icon: <Users aria-hidden />,
        keys: "g k",
        to: { at: "contacts" },
      },
      {
        id: "settings",
        label: texts.t("screens.rail.settings"),
        icon: <SettingsIcon aria-hidden />,
        keys: "g s",
        to: { at: "settings" },
      },
    ],
    [texts, counts, waiting],
  );
  const commands = useMemo<readonly Command[]>(() => {
    const group = texts.t("screens.rail.anywhere");
    const one = (id: string, label: string, keys: string, run: () => void) => ({
      id,
      label,
      keys,
      group,
      run,
    });
    return [
      ...places.map(({ id, label, keys, to }) => one(`go-${id}`, label, keys, () => go(to))),
      one("new-case", texts.t("screens.rail.newCase"), "n", () => go({ at: "new-case" })),
      one("palette", texts.t("screens.rail.commands"), "Mod+k", () => setFinding("commands")),
      one("keys", texts.t("screens.rail.shortcuts"), "?", () => setFinding("keys")),
      one("cover", texts.t("screens.rail.cover"), "F9", () => coverWindow(!covered)),
      one("lock", texts.t("screens.rail.lock"), "F10", () => void lock()),
    ];
  }, [texts, places, go, covered, coverWindow]);
  useOffer(commands);
  const current = railPlaceOf(route);
  const placed = ({ to, keys: _keys, ...one }: Place): RailItem => ({
    ...one,
    current: one.id === current,
    onPress: () => go(to),
  });
  return (
    <>
      {covered ? <CoverSheet onLift={() => coverWindow(false)} /> : null}
      <div hidden={covered} style={{ blockSize: "100%" }}>
        <Frame
          banner={session.kind === "practice" ? <PracticeBand /> : undefined}
          foot={<Unkept />}
          rail={
            <Rail
              label={texts.t("screens.rail.label")}
              who={session.member?.name ?? texts.t("screens.rail.byWords")}
              office={session.office.name}
              places={places.slice(0, -1).map(placed)}
              foot={[
                ...places.slice(-1).map(placed),
                {
                  id: "cover",
                  label: texts.t("screens.rail.cover"),
                  icon: <EyeOff aria-hidden />,
                  keys: "F9",
                  onPress: () => coverWindow(true),
                },
                {
                  id: "lock",
                  label: texts.t("screens.rail.lock"),
                  icon: <LockIcon aria-hidden />,
                  keys: "F10",
                  onPress: () => void lock(),
                },
              ]}
            />
          }
        >
          <Screen route={route} />
        </Frame>
      </div>
      {finding === undefined || covered ? null : (
        <CommandPalette keysOnly={finding === "keys"} onClose={() => setFinding(undefined)} />
      )}
    </>
  );
}

/** Below every screen: whatever form it is typed in, what is not kept meanwhile is told here. */
function Unkept() {
  return <TroubleNotice trouble={useUnkept()} />;
}

function CommandPalette({ keysOnly, onClose }: { readonly keysOnly: boolean; readonly onClose: () => void }) {
  const texts = useTexts();
  const commands = useCommands().filter(({ keys }) => !keysOnly || keys !== undefined);
  return (
    <Palette
      label={texts.t(keysOnly ? "screens.rail.shortcuts" : "screens.rail.commands")}
      empty={texts.t("screens.rail.noCommand")}
      choices={commands.map(({ id, label, keys, group }) => ({
        id,
        label,
        note: group,
        ...(keys === undefined ? {} : { keys: keys.replace("Mod+", "Ctrl ").toUpperCase() }),
      }))}
      onChoose={(id) => {
        onClose();
        commands.find((one) => one.id === id)?.run();
      }}
      onClose={onClose}
    />
  );
}

function railPlaceOf(route: Route): string {
  switch (route.at) {
    case "today":
    case "two-values":
    case "twins":
    case "quarantine":
      return "today";
    case "cases":
    case "case":
    case "call-sheet":
    case "new-case":
      return "cases";
    case "exchange":
    case "send":
    case "receive":
    case "dossier":
      return "exchange";
    case "contacts":
      return "contacts";
    case "settings":
      return "settings";
  }
}

function Screen({ route }: { readonly route: Route }): ReactNode {
  switch (route.at) {
    case "today":
      return <Today />;
    case "cases":
      return <Caseload />;
    case "new-case":
      return <NewCase />;
    case "case":
      return (
        <>
          <Caseload beside={route.case} />
          <CasePage
            key={route.case}
            of={route.case}
            tab={route.tab}
            {...(route.on === undefined ? {} : { on: route.on })}
            family={<FamilyTab {...(route.on === undefined ? {} : { on: route.on })} />}
            consent={<ConsentTab />}
          />
        </>
      );
    case "call-sheet":
      return <CallSheet key={route.case} of={route.case} />;
    case "two-values":
      return <TwoValues of={route.case} which={route.which} section={route.section} path={route.path} />;
    case "twins":
      return <Twins of={route.case} section={route.section} />;
    case "quarantine":
      return <Quarantine {...(route.case === undefined ? {} : { of: route.case })} />;
    case "exchange":
      return <Exchange />;
    case "send":
      return (
        <Send
          {...(route.case === undefined ? {} : { of: route.case })}
          {...(route.contact === undefined ? {} : { to: route.contact })}
        />
      );
    case "receive":
      return <Receive />;
    case "dossier":
      return <Dossier key={route.bundle} bundle={route.bundle} />;
    case "contacts":
      return <Contacts {...(route.contact === undefined ? {} : { contact: route.contact })} />;
    case "settings":
      return <Settings {...(route.part === undefined ? {} : { part: route.part })} />;
  }
}
