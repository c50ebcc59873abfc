// Closing for good: what it destroys and what not, a passphrase and a typed word; then the report, which is all that is left.
import { useState } from "react";
import { useAct } from "../../bridge/queries.tsx";
import { useClosed, type Closed } from "../../bridge/session.tsx";
import { useTheme } from "../../bridge/theme.ts";
import { useTexts } from "../../i18n/texts.tsx";
import { Button } from "../../ui/button.tsx";
import { Field, Passphrase } from "../../ui/field.tsx";
import { Group, Page } from "../../ui/frame.tsx";
import { Row, Rows } from "../../ui/rows.tsx";
import { InPlace } from "./part.tsx";
import styles from "./settings.module.css";

export function ClosePart() {
  const texts = useTexts();
  const close = useAct("vault.closeForGood");
  const closed = useClosed();
  const [open, setOpen] = useState(false);
  const [passphrase, setPassphrase] = useState("");
  const [typed, setTyped] = useState("");
  const word = texts.t("screens.settings.closeWord");
  const cancel = () => {
    close.forget();
    setPassphrase("");
    setTyped("");
    setOpen(false);
  };
  const go = async () => {
    const report = await close.act({ passphrase });
    if (report !== undefined) closed(report);
  };
  return (
    <>
      <p>{texts.t("screens.settings.closeNote")}</p>
      <Group title={texts.t("screens.settings.closeDoes")}>
        <ul className={styles["points"]}>
          <li>{texts.t("screens.settings.closeDoes1")}</li>
          <li>{texts.t("screens.settings.closeDoes2")}</li>
        </ul>
      </Group>
      <Group title={texts.t("screens.settings.closeNot")}>
        <ul className={styles["points"]}>
          <li>{texts.t("screens.settings.closeNot1")}</li>
          <li>{texts.t("screens.settings.closeNot2")}</li>
          <li>{texts.t("screens.settings.closeNot3")}</li>
        </ul>
      </Group>
      {open ? (
        <InPlace
          act={texts.t("screens.settings.closeGo")}
          danger
          ready={passphrase !== "" && typed.trim().toLowerCase() === word.toLowerCase()}
          busy={close.busy}
          trouble={close.trouble}
          onAct={() => void go()}
          onCancel={cancel}
        >
          <Passphrase
            label={texts.t("screens.settings.closePass")}
            value={passphrase}
            onChange={setPassphrase}
            autoFocus
          />
          <Field
            label={texts.t("screens.settings.closeType", { word })}
            value={typed}
            onChange={setTyped}
            maxLength={40}
            width="short"
          />
        </InPlace>
      ) : (
        <div>
          <Button kind="danger" onPress={() => setOpen(true)}>
            {texts.t("screens.settings.closeGo")}
          </Button>
        </div>
      )}
    </>
  );
}

const remains = {
  backups: "screens.settings.remainsBackups",
  sent: "screens.settings.remainsSent",
  drives: "screens.settings.remainsDrives",
  "spare-blocks": "screens.settings.remainsSpare",
  swap: "screens.settings.remainsSwap",
  database: "screens.settings.remainsDatabase",
} as const;

/** The report, shown where the door would stand. */
export function ClosedForGood({ report, onDone }: { readonly report: Closed; readonly onDone: () => void }) {
  useTheme("system");
  const texts = useTexts();
  return (
    <div className={styles["closed"]}>
      <Page title={texts.t("screens.settings.closedTitle")} lead={texts.t("screens.settings.closedLead")}>
        <p>{texts.t("screens.settings.closedDone", { cases: report.cases })}</p>
        {report.backups.length === 0 ? null : (
          <Group title={texts.t("screens.settings.closedBackups")}>
            <Rows>
              {report.backups.map((at) => (
                <Row key={at} title={texts.fullMoment(at)} />
              ))}
            </Rows>
          </Group>
        )}
        {report.sent.length === 0 ? null : (
          <Group title={texts.t("screens.settings.closedSent")}>
            <Rows>
              {report.sent.map((one) => (
                <Row
                  key={`${one.name} ${one.office}`}
                  title={<bdi>{one.name}</bdi>}
                  note={<bdi>{one.office}</bdi>}
                  end={texts.t("screens.settings.closedSentNote", { bundles: one.bundles, cases: one.cases })}
                />
              ))}
            </Rows>
          </Group>
        )}
        <Group title={texts.t("screens.settings.closedRemains")}>
          <ul className={styles["points"]}>
            {report.remains.map((one) => (
              <li key={one}>{texts.t(remains[one])}</li>
            ))}
          </ul>
        </Group>
        <div>
          <Button kind="first" autoFocus onPress={onDone}>
            {texts.t("screens.settings.closedGo")}
          </Button>
        </div>
      </Page>
    </div>
  );
}
