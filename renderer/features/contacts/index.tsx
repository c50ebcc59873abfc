// People at other offices: who they are, whether their certificate was compared, and how two offices meet.
import { useState } from "react";
import type { ContactId } from "../../../shared/vocabulary/ids.ts";
import { useAct, useAsk } from "../../bridge/queries.tsx";
import { useWay } from "../../bridge/route.tsx";
import { useTexts } from "../../i18n/texts.tsx";
import { PlaceChooser } from "../../parts/place-chooser.tsx";
import { TrustLine } from "../../parts/trust-line.tsx";
import { Button } from "../../ui/button.tsx";
import { Group, Page } from "../../ui/frame.tsx";
import { Empty, Note, TroubleNotice } from "../../ui/notice.tsx";
import { Row, Rows } from "../../ui/rows.tsx";
import { AddCertificate } from "./add-certificate.tsx";
import { ContactPage } from "./contact-page.tsx";
import styles from "./contacts.module.css";
import { OwnWords } from "./own-words.tsx";

export function Contacts({ contact }: { readonly contact?: ContactId }) {
  return contact === undefined ? <All /> : <ContactPage key={contact} of={contact} />;
}

function All() {
  const texts = useTexts();
  const { go } = useWay();
  const { value, trouble } = useAsk("contacts.list", {});
  const introduce = useAct("exchange.introduce");
  const [doing, setDoing] = useState<"introduce" | "add">();
  const [written, setWritten] = useState<{ readonly file: string; readonly bytes: number }>();
  const contacts = value?.contacts ?? [];
  return (
    <Page
      title={texts.t("screens.contacts.title")}
      lead={texts.t("screens.contacts.lead")}
      actions={
        <>
          <Button size="header" onPress={() => setDoing("add")}>
            {texts.t("screens.contacts.add")}
          </Button>
          <Button
            size="header"
            kind="first"
            busy={introduce.busy}
            onPress={() => {
              setWritten(undefined);
              setDoing("introduce");
            }}
          >
            {texts.t("screens.contacts.introduce")}
          </Button>
        </>
      }
      aside={<OwnWords />}
    >
      {doing === "introduce" ? (
        <PlaceChooser
          want="folder"
          title={texts.t("screens.contacts.introduceWhere")}
          onClose={() => setDoing(undefined)}
          onChoose={(folder) => {
            setDoing(undefined);
            void introduce.act({ folder }).then(setWritten);
          }}
        />
      ) : null}
      {doing === "add" ? (
        <AddCertificate
          onClose={() => setDoing(undefined)}
          onAdded={(added) => go({ at: "contacts", contact: added })}
        />
      ) : null}
      {written === undefined ? null : (
        <div role="status">
          <Note>
            {texts.t("screens.contacts.introduced", { file: written.file, size: texts.size(written.bytes) })}
          </Note>
        </div>
      )}
      <TroubleNotice trouble={introduce.trouble ?? trouble} />
      {value === undefined ? null : contacts.length === 0 ? (
        <>
          <Empty title={texts.t("screens.contacts.emptyTitle")}>{texts.t("screens.contacts.empty")}</Empty>
          <ol className={styles["steps"]}>
            <li>{texts.t("screens.contacts.step1")}</li>
            <li>{texts.t("screens.contacts.step2")}</li>
            <li>{texts.t("screens.contacts.step3")}</li>
          </ol>
        </>
      ) : (
        <Group title={texts.t("screens.contacts.list")}>
          <Rows>
            {contacts.map((one) => (
              <Row
                key={one.contact}
                title={<bdi>{one.name}</bdi>}
                note={
                  <>
                    <bdi>{one.officeName}</bdi>
                    {one.software === "other" ? ` · ${texts.t("screens.contacts.other")}` : null}
                  </>
                }
                end={<TrustLine contact={one} />}
                onPress={() => go({ at: "contacts", contact: one.contact })}
              />
            ))}
          </Rows>
        </Group>
      )}
    </Page>
  );
}
