// Whether a contact is who she says: drawn by the program, outside any words a sender controls.
import { useSession } from "../bridge/session.tsx";
import { useTexts } from "../i18n/texts.tsx";
import { Sure, Unknown } from "../ui/signs.tsx";
import type { Value } from "../bridge/bridge.ts";
import { CircleAlert } from "lucide-react";
import styles from "./trust-line.module.css";

export type Contact = Value<"contacts.list">["contacts"][number];

export function TrustLine({ contact }: { readonly contact: Contact }) {
  const texts = useTexts();
  const { member } = useSession();
  if (contact.trust === "verified")
    return (
      <Sure>
        {texts.t("screens.trust.verified", {
          who:
            contact.trustBy !== undefined && contact.trustBy === member?.id
              ? texts.t("screens.trust.you")
              : (contact.trustByName ?? texts.t("screens.common.somebody")),
          how:
            contact.trustHow === undefined
              ? texts.t("screens.common.notAsked")
              : texts.t(`screens.trust.how.${contact.trustHow}`),
          when: contact.trustAt === undefined ? "" : texts.dayShort(contact.trustAt),
        })}
      </Sure>
    );
  if (contact.trust === "changed" || contact.trust === "refused")
    return (
      <span className={styles["stop"]}>
        <CircleAlert aria-hidden />
        {texts.t(`screens.trust.${contact.trust}`)}
      </span>
    );
  return (
    <Unknown>{texts.t(contact.trust === "vouched" ? "screens.trust.vouched" : "screens.trust.not")}</Unknown>
  );
}
