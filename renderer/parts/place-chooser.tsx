// Choosing a folder or a file on this laptop and its drives, as a part of the page: the system's own dialog would remember it.
import {
  CornerLeftUp,
  File,
  FileText,
  Folder,
  FolderPlus,
  HardDrive,
  House,
  RefreshCw,
  Vault,
} from "lucide-react";
import { useCallback, useEffect, useRef, useState, type KeyboardEvent } from "react";
import { ListBox, ListBoxItem } from "react-aria-components";
import { call, type Trouble, type Value } from "../bridge/bridge.ts";
import { useTexts } from "../i18n/texts.tsx";
import { Button } from "../ui/button.tsx";
import { Note, TroubleNotice } from "../ui/notice.tsx";
import { NewFolder } from "./new-folder.tsx";
import styles from "./place-chooser.module.css";

type Listed = Value<"places.list">;
type Place = Listed["roots"][number];
type Entry = Listed["entries"][number];
/** What the chosen folder must hold: nothing (something is made in it), a vault, or a backup. */
export type Wanted = "nothing" | "vault" | "backup";

export type PlaceChooserProps = {
  readonly want: "file" | "folder";
  /** The token stays good until the program ends. */
  readonly onChoose: (token: string, name: string) => void;
  readonly onClose: () => void;
  readonly holds?: Wanted;
  /** What the folder is for, where the usual heading says too little. */
  readonly title?: string;
  /** The name a new folder is offered with: neutral, since it can be read on the drive. */
  readonly newName?: string;
};

export function PlaceChooser({ want, onChoose, onClose, holds, title, newName }: PlaceChooserProps) {
  const texts = useTexts();
  const { listed, trouble, look, looking } = useListing(want);
  const [naming, setNaming] = useState(false);
  const [refused, setRefused] = useState<Trouble>();
  const panel = useRef<HTMLElement>(null);
  const here = listed?.here;
  const nameOf = (place: Place) =>
    place.kind === "home" || place.kind === "documents"
      ? texts.t(`screens.places.${place.kind}`)
      : place.name;

  const go = (at?: string) => {
    setNaming(false);
    setRefused(undefined);
    look(at);
  };
  const choose = async (token: string, name: string) => {
    const held = await call("places.hold", { token });
    if (held.ok) onChoose(held.value.token, name);
    else setRefused(held.error);
  };
  const open = (entry: Entry) =>
    entry.kind === "file" || (holds !== undefined && holds !== "nothing" && entry.holds === holds)
      ? void choose(entry.token, entry.name)
      : go(entry.token);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLInputElement) return;
    if (event.key === "Backspace" && listed?.up !== undefined) go(listed.up);
    else if (event.key === "Escape") onClose();
    else return;
    event.preventDefault();
  };
  // A folder without entries leaves no place for the focus but the panel itself.
  useEffect(() => {
    if (listed === undefined || (listed.entries.length === 0 && trouble === undefined))
      panel.current?.focus();
  }, [listed, trouble]);

  const why = here === undefined || trouble !== undefined ? undefined : whyNot(here, want, holds);
  const heading = title ?? texts.t(headings[want === "file" ? "file" : (holds ?? "folder")]);
  return (
    <section
      ref={panel}
      tabIndex={-1}
      className={styles["chooser"]}
      aria-label={heading}
      onKeyDown={onKeyDown}
    >
      <div className={styles["head"]}>
        <h2>{heading}</h2>
        <Button kind="quiet" onPress={onClose}>
          {texts.t("screens.common.cancel")}
        </Button>
      </div>
      <div className={styles["panes"]}>
        <nav aria-label={texts.t("screens.places.where")} className={styles["roots"]}>
          {listed?.roots.map((root) => (
            <button
              // Documents may be home itself.
              key={`${root.kind} ${root.token}`}
              type="button"
              className={styles["root"]}
              aria-current={root.kind === here?.kind && root.name === here.name ? "location" : undefined}
              onClick={() => go(root.token)}
            >
              <RootIcon kind={root.kind} />
              <span>
                <bdi>{nameOf(root)}</bdi>
                {root.free === undefined ? null : (
                  <small>{texts.t("screens.places.free", { size: texts.size(root.free) })}</small>
                )}
              </span>
            </button>
          ))}
          <button type="button" className={styles["root"]} onClick={() => go(here?.token)}>
            <RefreshCw aria-hidden />
            {texts.t("screens.places.again")}
          </button>
        </nav>
        <div className={styles["list"]} data-letters="">
          <div className={styles["here"]}>
            {listed?.up === undefined ? null : (
              <Button kind="quiet" icon={<CornerLeftUp aria-hidden />} onPress={() => go(listed.up)}>
                {texts.t("screens.places.up")}
              </Button>
            )}
            <h3>{here === undefined ? null : <bdi>{nameOf(here)}</bdi>}</h3>
          </div>
          {trouble !== undefined ? (
            <ListingTrouble trouble={trouble} onAgain={() => go()} />
          ) : here === undefined ? null : listed?.entries.length === 0 ? (
            <p className={styles["empty"]}>
              {texts.t(want === "file" ? "screens.places.emptyFile" : "screens.places.emptyFolder")}
            </p>
          ) : (
            <ListBox
              key={here.token}
              aria-label={texts.t("screens.places.inside", { name: nameOf(here) })}
              items={listed?.entries.map((entry) => ({ id: entry.token, ...entry })) ?? []}
              className={styles["entries"] ?? ""}
              autoFocus="first"
              onAction={(token) => {
                const entry = listed?.entries.find((one) => one.token === token);
                if (entry !== undefined) open(entry);
              }}
            >
              {(entry) => (
                <ListBoxItem textValue={entry.name} className={styles["entry"] ?? ""}>
                  <EntryIcon entry={entry} />
                  <bdi className={styles["name"]}>{entry.name}</bdi>
                  <EntryNote entry={entry} />
                </ListBoxItem>
              )}
            </ListBox>
          )}
          {listed === undefined || listed.more === 0 ? null : (
            <p className={styles["empty"]}>{texts.t("screens.places.more", { count: listed.more })}</p>
          )}
        </div>
      </div>
      <div className={styles["foot"]}>
        {why === undefined || here === undefined ? null : (
          <Note>{texts.t(`screens.places.${why}`, { name: nameOf(here) })}</Note>
        )}
        <TroubleNotice trouble={refused} />
        {want === "file" || here === undefined || trouble !== undefined ? null : naming ? (
          <NewFolder
            at={here.token}
            begin={newName ?? ""}
            use={holds === "nothing"}
            onMade={(token, name) => (holds === "nothing" ? void choose(token, name) : go(token))}
            onClose={() => setNaming(false)}
          />
        ) : (
          <div className={styles["acts"]}>
            {why === "notEmpty" ? (
              <Button kind="first" icon={<FolderPlus aria-hidden />} onPress={() => setNaming(true)}>
                {texts.t("screens.places.newFolder")}
              </Button>
            ) : (
              <>
                <Button
                  kind="first"
                  // The folder in sight is not yet the one that was opened.
                  disabled={why !== undefined || looking}
                  onPress={() => void choose(here.token, nameOf(here))}
                >
                  {texts.t("screens.places.use")}
                </Button>
                {!here.writable || holds === "vault" || holds === "backup" ? null : (
                  <Button icon={<FolderPlus aria-hidden />} onPress={() => setNaming(true)}>
                    {texts.t("screens.places.newFolder")}
                  </Button>
                )}
              </>
            )}
          </div>
        )}
        <p className={styles["keys"]}>{texts.t("screens.places.keys")}</p>
      </div>
    </section>
  );
}

const headings = {
  file: "screens.places.wantFile",
  folder: "screens.places.wantFolder",
  nothing: "screens.places.wantEmpty",
  vault: "screens.places.wantVault",
  backup: "screens.places.wantBackup",
} as const;

/** Why the folder that is shown cannot be used. */
function whyNot(here: Listed["here"], want: "file" | "folder", holds: Wanted | undefined) {
  if (want === "file" || holds === undefined) return undefined;
  if (holds === "vault") return here.holds === "vault" ? undefined : "noVault";
  if (holds === "backup") return here.holds === "backup" ? undefined : "noBackup";
  if (!here.writable) return "readOnly";
  if (here.synced) return "synced";
  return here.holds === "nothing" ? undefined : "notEmpty";
}

/** What lies where; asked anew at every step, since drives come and go. The last answer stays while the next is awaited. */
function useListing(want: "file" | "folder") {
  const [listed, setListed] = useState<Listed>();
  const [trouble, setTrouble] = useState<Trouble>();
  const [looking, setLooking] = useState(true);
  const asked = useRef(0);
  const ask = useCallback(
    (at?: string) => {
      const mine = ++asked.current;
      void call("places.list", { want, ...(at === undefined ? {} : { at }) }).then((answer) => {
        if (mine !== asked.current) return;
        setLooking(false);
        if (answer.ok) setListed(answer.value);
        setTrouble(answer.ok ? undefined : answer.error);
      });
    },
    [want],
  );
  useEffect(ask, [ask]);
  const look = (at?: string) => {
    setLooking(true);
    ask(at);
  };
  return { listed, trouble, look, looking };
}

function RootIcon({ kind }: { readonly kind: Place["kind"] }) {
  if (kind === "home") return <House aria-hidden />;
  return kind === "documents" ? <FileText aria-hidden /> : <HardDrive aria-hidden />;
}

function EntryIcon({ entry }: { readonly entry: Entry }) {
  if (entry.kind === "file") return <File aria-hidden />;
  return entry.holds === "vault" || entry.holds === "backup" ? <Vault aria-hidden /> : <Folder aria-hidden />;
}

function EntryNote({ entry }: { readonly entry: Entry }) {
  const texts = useTexts();
  const note =
    entry.holds === "vault" || entry.holds === "backup"
      ? texts.t(`screens.places.${entry.holds}`)
      : entry.size === undefined || entry.changed === undefined
        ? undefined
        : texts.t("screens.places.changed", {
            size: texts.size(entry.size),
            when: texts.dayShort(entry.changed),
          });
  return note === undefined ? null : <span className={styles["note"]}>{note}</span>;
}

function ListingTrouble({ trouble, onAgain }: { readonly trouble: Trouble; readonly onAgain: () => void }) {
  const texts = useTexts();
  const words =
    trouble.type === "FileUnreadable"
      ? "screens.places.unreadable"
      : ["FileMissing", "UnknownFile", "DriveGone"].includes(trouble.type)
        ? "screens.places.gone"
        : undefined;
  return (
    <div className={styles["trouble"]}>
      {words === undefined ? (
        <TroubleNotice trouble={trouble} />
      ) : (
        <div role="alert">
          <Note>{texts.t(words)}</Note>
        </div>
      )}
      <Button autoFocus onPress={onAgain}>
        {texts.t("screens.places.again")}
      </Button>
    </div>
  );
}
