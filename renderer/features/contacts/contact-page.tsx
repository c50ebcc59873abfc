// One contact: who she is, comparing her certificate with what she reads aloud, and refusing her.
import { useState } from "react";
import type { ContactId } from "../../../shared/vocabulary/ids.ts";
import { useAct, useAsk } from "../../bridge/queries.tsx";
import { useWay } from "../../bridge/route.tsx";
import { useTexts } from "../../i18n/texts.tsx";
import { TrustLine } from "../../parts/trust-line.tsx";
import { Button } from "../../ui/button.tsx";
import { Group, Page } from "../../ui/frame.tsx";
import { Note, TroubleNotice } from "../../ui/notice.tsx";
import { Compare } from "./compare.tsx";
import styles from "./contacts.module.css";
import { OwnWords } from "./own-words.tsx";

export function ContactPage({ of }: { readonly of: ContactId }) {
  const texts = useTexts();
  const { go } = useWay();
  const { value, trouble } = useAsk("contacts.list", {});
  const [comparing, setComparing] = useState(false);
  const [agreed, setAgreed] = useState(false);
  const [refusing, setRefusing] = useState(false);
  const refuse = useAct("contacts.refuse");
  const back = { label: texts.t("screens.contacts.back"), onPress: () => go({ at: "contacts" }) };
  const contact = value?.contacts.find((one) => one.contact === of);
  if (contact === undefined)
    return (
      <Page title={texts.t("screens.contacts.title")} back={back}>
        <TroubleNotice trouble={trouble} />
        {value === undefined ? null : <p>{texts.t("screens.contacts.gone")}</p>}
      </Page>
    );
  const sure = contact.trust === "verified";
  return (
    <Page
      title={<bdi>{contact.name}</bdi>}
      lead={<bdi>{contact.officeName}</bdi>}
      back={back}
      actions={
        sure ? (
          <Button size="header" kind="first" onPress={() => go({ at: "send", contact: of })}>
            {texts.t("screens.contacts.send")}
          </Button>
        ) : undefined
      }
      aside={<OwnWords />}
    >
      <TrustLine contact={contact} />
      {agreed ? (
        <div role="status">
          <Note>{texts.t("screens.contacts.agrees")}</Note>
        </div>
      ) : null}
      {sure && !comparing ? (
        <div>
          <Button onPress={() => setComparing(true)}>{texts.t("screens.contacts.verifyAgain")}</Button>
        </div>
      ) : (
        <Compare
          contact={contact}
          onAgreed={() => {
            setAgreed(true);
            setComparing(false);
          }}
        />
      )}
      {contact.trust === "refused" ? null : refusing ? (
        <Group title={texts.t("screens.contacts.refuseTitle")}>
          <div className={styles["form"]}>
            <p>{texts.t("screens.contacts.refuseMeans")}</p>
            <TroubleNotice trouble={refuse.trouble} />
            <div className={styles["acts"]}>
              <Button
                kind="danger"
                busy={refuse.busy}
                onPress={() =>
                  void refuse.act({ contact: of }).then((done) => {
                    if (done === undefined) return;
                    setRefusing(false);
                    setAgreed(false);
                  })
                }
              >
                {texts.t("screens.contacts.refuseNow")}
              </Button>
              <Button kind="quiet" autoFocus onPress={() => setRefusing(false)}>
                {texts.t("screens.common.cancel")}
              </Button>
            </div>
          </div>
        </Group>
      ) : (
        <div>
          <Button kind="quiet" onPress={() => setRefusing(true)}>
            {texts.t("screens.contacts.refuse")}
          </Button>
        </div>
      )}
    </Page>
  );
}
