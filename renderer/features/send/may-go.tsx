// What may go to a contact for a purpose and what stays here, each with the reason; names stay covered.
import type { ConsentBody } from "../../../shared/vocabulary/consent.ts";
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
import { Note, TroubleNotice, Why } from "../../ui/notice.tsx";
import { Chip, Chips } from "../../ui/signs.tsx";
import styles from "./send.module.css";

export type Wanted = {
  readonly contact: Contact;
  readonly row: Value<"cases.list">["cases"][number];
  readonly purpose: Purpose;
  readonly act: ConsentBody["act"];
};

/** Each section with whether it may go and, where not, why. */
export function ConsentChips({ contact, row, purpose, act }: Wanted) {
  const texts = useTexts();
  const { sectionOf } = useLeaf();
  const { value } = useAsk("consent.choices", { case: row.case, contact: contact.contact, purpose, act });
  const choices = value?.choices ?? [];
  const numbers = numbered(choices.map(({ section }) => section));
  const reasonOf = ({ why, fields }: (typeof choices)[number]) => {
    if (why === undefined)
      return fields === undefined || fields.includes("*") ? undefined : texts.t("screens.send.extract.part");
    // What bars all of it is said once.
    if (value?.refused !== undefined) return undefined;
    return (
      <>
        {texts.t(`refusalsShort.${why}`)} <Why>{texts.t(`refusals.${why}`)}</Why>
      </>
    );
  };
  return (
    <Chips label={texts.t("screens.send.share.chips")}>
      {choices.map((one, at) => {
        const reason = reasonOf(one);
        return (
          <Chip key={keyOf(one.section)} may={one.may} {...(reason === undefined ? {} : { reason })}>
            {sectionOf(one.section, numbers[at])}
          </Chip>
        );
      })}
    </Chips>
  );
}

export function MayGo({ onRead, ...wanted }: Wanted & { readonly onRead: () => void }) {
  const { contact, row, purpose, act } = wanted;
  const texts = useTexts();
  const { go } = useWay();
  const { value, trouble } = useAsk("consent.choices", {
    case: row.case,
    contact: contact.contact,
    purpose,
    act,
  });
  const may = value?.refused === undefined && (value?.choices ?? []).some((one) => one.may);
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
      <div className={styles["read"]}>
        <ConsentChips {...wanted} />
      </div>
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
