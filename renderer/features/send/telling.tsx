// Telling an office who works on a case and what she said yes and no to; nothing of what the case holds goes along.
import { useState } from "react";
import type { Value } from "../../bridge/bridge.ts";
import { useAct } from "../../bridge/queries.tsx";
import { useTexts } from "../../i18n/texts.tsx";
import { PlaceChooser } from "../../parts/place-chooser.tsx";
import { Button } from "../../ui/button.tsx";
import { Group } from "../../ui/frame.tsx";
import { Note, TroubleNotice } from "../../ui/notice.tsx";
import type { Wanted } from "./may-go.tsx";
import styles from "./send.module.css";

export function Telling({ contact, row }: Pick<Wanted, "contact" | "row">) {
  const texts = useTexts();
  const tell = useAct("exchange.tell");
  const [choosing, setChoosing] = useState(false);
  const [done, setDone] = useState<Value<"exchange.tell">>();
  return (
    <Group title={texts.t("screens.send.tell.title", { code: row.code })}>
      <div className={styles["read"]}>
        <p>{texts.t("screens.send.tell.goes")}</p>
        <p className={styles["quiet"]}>{texts.t("screens.send.tell.stays")}</p>
        <TroubleNotice trouble={tell.trouble} />
        {done === undefined ? (
          <div>
            <Button kind="first" busy={tell.busy} onPress={() => setChoosing(true)}>
              {texts.t("screens.send.tell.lock", { office: contact.officeName })}
            </Button>
          </div>
        ) : (
          <div role="status">
            <Note>
              {texts.t("screens.send.written", { file: done.file, size: texts.size(done.bytes) })}{" "}
              {texts.t("screens.send.share.carry")}
            </Note>
          </div>
        )}
        {choosing ? (
          <PlaceChooser
            want="folder"
            title={texts.t("screens.send.where")}
            onClose={() => setChoosing(false)}
            onChoose={(folder) => {
              setChoosing(false);
              void tell.act({ contact: contact.contact, cases: [row.case], folder }).then(setDone);
            }}
          />
        ) : null}
      </div>
    </Group>
  );
}
