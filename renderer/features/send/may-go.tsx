// What may go to a contact for a purpose and what stays here, each with the reason; names stay covered.
import type { Purpose } from "../../../shared/vocabulary/purposes.ts";
import type { Value } from "../../bridge/bridge.ts";
import { useAsk } from "../../bridge/queries.tsx";
import { useWay } from "../../bridge/route.tsx";
import { useTexts } from "../../i18n/texts.tsx";
import { Barred } from "../../parts/barred.tsx";
import { keyOf } from "../../parts/case-file.tsx";
import { numbered, useLeaf } from "../../parts/leaf.ts";
import type { Contact } from "../../parts/trust-line.tsx";
import { Button } from "../../ui/button.tsx";
import { Group } from "../../ui/frame.tsx";
import { Note, TroubleNotice } from "../../ui/notice.tsx";
import { Chip, Chips } from "../../ui/signs.tsx";
import styles from "./send.module.css";

export type Wanted = {
  readonly contact: Contact;
  readonly row: Value<"cases.list">["cases"][number];
  readonly purpose: Purpose;
};

export function MayGo({ contact, row, purpose, onRead }: Wanted & { readonly onRead: () => void }) {
  const texts = useTexts();
  const { go } = useWay();
  const { sectionOf } = useLeaf();
  const { value, trouble } = useAsk("consent.choices", { case: row.case, contact: contact.contact, purpose });
  const choices = value?.choices ?? [];
  const numbers = numbered(choices.map(({ section }) => section));
  const may = value?.refused === undefined && choices.some((one) => one.may);
  return (
    <Group
      title={texts.t("screens.send.share.chips")}
      end={
        <Button kind="link" onPress={() => go({ at: "case", case: row.case, tab: "consent" })}>
          {texts.t("screens.send.share.consent")}
        </Button>
      }
    >
      <TroubleNotice trouble={trouble} />
      <Barred
        why={value?.refused}
        office={contact.officeName}
        of={row.case}
        weAnswer={row.role === "steward"}
      />
      <Chips label={texts.t("screens.send.share.chips")}>
        {choices.map((one, at) => (
          <Chip
            key={keyOf(one.section)}
            may={one.may}
            {...(one.why === undefined || value?.refused !== undefined
              ? {}
              : { reason: texts.t(`refusals.${one.why}`) })}
          >
            {sectionOf(one.section, numbers[at])}
          </Chip>
        ))}
      </Chips>
      {value === undefined ? null : may ? (
        <div className={styles["read"]}>
          <p className={styles["quiet"]}>{texts.t("screens.send.share.readWhy")}</p>
          <div>
            <Button kind="first" onPress={onRead}>
              {texts.t("screens.send.share.read")}
            </Button>
          </div>
        </div>
      ) : value.refused === undefined ? (
        <Note>{texts.t("screens.send.share.nothing")}</Note>
      ) : null}
    </Group>
  );
}
