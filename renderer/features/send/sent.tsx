// What has left, each with what is truly known of it.
import { useState } from "react";
import type { ContactId } from "../../../shared/vocabulary/ids.ts";
import { useAsk } from "../../bridge/queries.tsx";
import { useTexts } from "../../i18n/texts.tsx";
import type { Contact } from "../../parts/trust-line.tsx";
import { Button } from "../../ui/button.tsx";
import { Group } from "../../ui/frame.tsx";
import { TroubleNotice } from "../../ui/notice.tsx";
import { Row, Rows } from "../../ui/rows.tsx";
import { Sure, Unknown } from "../../ui/signs.tsx";
import styles from "./send.module.css";

/** So many are drawn at first. */
const drawnFirst = 12;

export function Sent({ contacts }: { readonly contacts: readonly Contact[] }) {
  const texts = useTexts();
  const { value, trouble } = useAsk("exchange.sent", {});
  const [drawn, setDrawn] = useState(drawnFirst);
  const who = (of: ContactId) =>
    contacts.find((one) => one.contact === of)?.officeName ?? texts.t("screens.common.somebody");
  const bundles = (value?.bundles ?? []).toSorted((a, b) => b.made - a.made);
  return (
    <Group title={texts.t("screens.send.sent")}>
      <TroubleNotice trouble={trouble} />
      {bundles.length === 0 ? (
        <p className={styles["quiet"]}>{texts.t("screens.send.sentNone")}</p>
      ) : (
        <Rows>
          {bundles.slice(0, drawn).map((one) => (
            <Row
              key={one.bundle}
              title={
                <>
                  {texts.t(`screens.send.kinds.${one.kind}`)} · <bdi>{who(one.contact)}</bdi>
                </>
              }
              note={texts.t("screens.send.number", { number: one.number })}
              end={
                <State sure={one.state === "acknowledged"}>
                  {texts.t(`screens.send.states.${one.state}`)}
                </State>
              }
              endNote={texts.dayShort(one.made)}
            />
          ))}
        </Rows>
      )}
      {bundles.length <= drawn ? null : (
        <Button onPress={() => setDrawn(drawn + 100)}>
          {texts.t("screens.send.earlier", { count: bundles.length - drawn })}
        </Button>
      )}
    </Group>
  );
}

/** Only what the other side confirmed has a seal. */
export function State({ sure, children }: { readonly sure: boolean; readonly children: string }) {
  return sure ? <Sure>{children}</Sure> : <Unknown>{children}</Unknown>;
}
