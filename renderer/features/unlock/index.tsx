// The face of this feature: what the window puts on the screen while the vault is locked. It says nothing of what lies behind.
import { Archive, ChevronRight, FolderOpen, GraduationCap, Plus } from "lucide-react";
import { useState } from "react";
import { useAct, useAsk } from "../../bridge/queries.tsx";
import { endedBefore } from "../../bridge/session.tsx";
import { useTheme } from "../../bridge/theme.ts";
import { useTexts } from "../../i18n/texts.tsx";
import { PlaceChooser } from "../../parts/place-chooser.tsx";
import { Button } from "../../ui/button.tsx";
import { Passphrase } from "../../ui/field.tsx";
import { Note, TroubleNotice } from "../../ui/notice.tsx";
import { Row, Rows } from "../../ui/rows.tsx";
import { FirstRun } from "./first-run.tsx";
import { Practise } from "./practise.tsx";
import { Recover } from "./recover.tsx";
import { Restore } from "./restore.tsx";
import { Middle, type Chosen } from "./steps.tsx";
import styles from "./unlock.module.css";

type Way = "door" | "begin" | "another" | "words" | "set-up" | "practise" | "restore";

export function Door({ onOpen }: { readonly onOpen: () => void }) {
  useTheme("system");
  const last = useAsk("places.last", {});
  const [chosen, setChosen] = useState<Chosen>();
  const [way, setWay] = useState<Way>("door");
  const folder = chosen ?? last.value?.vault;
  if (last.value === undefined && last.trouble === undefined) return null;
  const home = () => setWay("door");
  const use = (token: string, name: string) => {
    setChosen({ token, name });
    home();
  };
  switch (way) {
    case "set-up":
      return <FirstRun onOpen={onOpen} onLeave={home} />;
    case "practise":
      return <Practise onOpen={onOpen} onLeave={home} />;
    case "restore":
      return <Restore onRestored={use} onLeave={home} />;
    case "another":
      return (
        <Middle wide>
          <PlaceChooser want="folder" holds="vault" onChoose={use} onClose={home} />
        </Middle>
      );
    case "words":
      return folder === undefined ? null : <Recover folder={folder} onOpen={onOpen} onLeave={home} />;
    case "begin":
      return <Begin onWay={setWay} onLeave={home} />;
    case "door":
      return folder === undefined ? (
        <Begin onWay={setWay} />
      ) : (
        <Unlock key={folder.token} folder={folder} onOpen={onOpen} onWay={setWay} />
      );
  }
}

function Unlock({
  folder,
  onOpen,
  onWay,
}: {
  readonly folder: Chosen;
  readonly onOpen: () => void;
  readonly onWay: (way: Way) => void;
}) {
  const texts = useTexts();
  const unlock = useAct("vault.unlock");
  const [passphrase, setPassphrase] = useState("");
  const open = async () => {
    if (passphrase === "" || unlock.busy) return;
    const opened = await unlock.act({ folder: folder.token, passphrase });
    if (opened !== undefined) onOpen();
  };
  return (
    <Middle
      foot={
        <>
          <Button kind="link" onPress={() => onWay("words")}>
            {texts.t("screens.unlock.useWords")}
          </Button>
          <Button kind="link" onPress={() => onWay("another")}>
            {texts.t("screens.unlock.another")}
          </Button>
          <Button kind="link" onPress={() => onWay("begin")}>
            {texts.t("screens.unlock.beginAnew")}
          </Button>
        </>
      }
    >
      <div>
        <h1>{texts.t("screens.unlock.title")}</h1>
        <p>{texts.t("screens.unlock.lead")}</p>
      </div>
      <Before />
      <form
        className={styles["form"]}
        onSubmit={(event) => {
          event.preventDefault();
          void open();
        }}
      >
        <Passphrase
          label={texts.t("screens.passphrase.label")}
          value={passphrase}
          onChange={(now) => {
            unlock.forget();
            setPassphrase(now);
          }}
          autoFocus
        />
        <TroubleNotice trouble={unlock.trouble} />
        <Button kind="first" size="alone" type="submit" busy={unlock.busy} onPress={() => {}}>
          {texts.t("screens.unlock.unlock")}
        </Button>
      </form>
    </Middle>
  );
}

const after = {
  closed: undefined,
  locked: "screens.unlock.afterLocked",
  left: "screens.unlock.afterLeft",
  "core-ended": "screens.unlock.afterBroken",
  "page-ended": "screens.unlock.afterBroken",
} as const;

/** What became of the window before this one. */
function Before() {
  const texts = useTexts();
  const why = endedBefore();
  const text = why === undefined ? undefined : after[why];
  return text === undefined ? null : <Note>{texts.t(text)}</Note>;
}

/** Nothing was opened on this laptop yet, or something else is to be. */
function Begin({ onWay, onLeave }: { readonly onWay: (way: Way) => void; readonly onLeave?: () => void }) {
  const texts = useTexts();
  const ways = [
    { way: "another", icon: <FolderOpen aria-hidden />, title: "openFolder", note: "openFolderNote" },
    { way: "practise", icon: <GraduationCap aria-hidden />, title: "practise", note: "practiseNote" },
    { way: "restore", icon: <Archive aria-hidden />, title: "restore", note: "restoreNote" },
  ] as const;
  return (
    <Middle>
      <div>
        <h1>{texts.t("screens.unlock.beginTitle")}</h1>
        {onLeave === undefined ? <p>{texts.t("screens.unlock.beginLead")}</p> : null}
      </div>
      <div className={styles["form"]}>
        <p>{texts.t("screens.unlock.setUpNote")}</p>
        <Button
          kind="first"
          size="alone"
          icon={<Plus aria-hidden />}
          autoFocus
          onPress={() => onWay("set-up")}
        >
          {texts.t("screens.unlock.setUp")}
        </Button>
      </div>
      <Rows>
        {ways.map(({ way, icon, title, note }) => (
          <Row
            key={way}
            icon={icon}
            title={texts.t(`screens.unlock.${title}`)}
            note={texts.t(`screens.unlock.${note}`)}
            end={<ChevronRight size={16} className={styles["chevron"]} aria-hidden />}
            onPress={() => onWay(way)}
          />
        ))}
      </Rows>
      {onLeave === undefined ? null : (
        <div>
          <Button kind="quiet" onPress={onLeave}>
            {texts.t("screens.common.back")}
          </Button>
        </div>
      )}
    </Middle>
  );
}
