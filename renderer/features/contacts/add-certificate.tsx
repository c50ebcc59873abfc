// Adding someone who works with other OpenPGP software, from her certificate as a file.
import { useState } from "react";
import type { ContactId } from "../../../shared/vocabulary/ids.ts";
import { useAct } from "../../bridge/queries.tsx";
import { useTexts } from "../../i18n/texts.tsx";
import { PlaceChooser } from "../../parts/place-chooser.tsx";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Group } from "../../ui/frame.tsx";
import { TroubleNotice } from "../../ui/notice.tsx";
import styles from "./contacts.module.css";

export function AddCertificate({
  onClose,
  onAdded,
}: {
  readonly onClose: () => void;
  readonly onAdded: (contact: ContactId) => void;
}) {
  const texts = useTexts();
  const add = useAct("contacts.add");
  const [file, setFile] = useState<{ readonly token: string; readonly name: string }>();
  const [choosing, setChoosing] = useState(false);
  const [name, setName] = useState("");
  const [office, setOffice] = useState("");
  const ready = file !== undefined && name.trim() !== "" && office.trim() !== "";
  const act = async () => {
    if (file === undefined) return;
    const added = await add.act({ file: file.token, name: name.trim(), officeName: office.trim() });
    if (added !== undefined) onAdded(added.contact.contact);
  };
  if (choosing)
    return (
      <PlaceChooser
        want="file"
        title={texts.t("screens.contacts.addFile")}
        onClose={() => setChoosing(false)}
        onChoose={(token, chosen) => {
          setFile({ token, name: chosen });
          setChoosing(false);
        }}
      />
    );
  return (
    <Group title={texts.t("screens.contacts.add")}>
      <div className={styles["form"]}>
        <p className={styles["quiet"]}>{texts.t("screens.contacts.addLead")}</p>
        <div className={styles["acts"]}>
          <Button autoFocus onPress={() => setChoosing(true)}>
            {texts.t("screens.contacts.chooseFile")}
          </Button>
          {file === undefined ? null : <span>{texts.t("screens.contacts.chosen", { name: file.name })}</span>}
        </div>
        <Field label={texts.t("screens.contacts.name")} value={name} onChange={setName} maxLength={200} />
        <Field
          label={texts.t("screens.contacts.office")}
          value={office}
          onChange={setOffice}
          maxLength={200}
        />
        <TroubleNotice trouble={add.trouble} />
        <div className={styles["acts"]}>
          <Button busy={add.busy} disabled={!ready} onPress={() => void act()}>
            {texts.t("screens.contacts.add")}
          </Button>
          <Button kind="quiet" onPress={onClose}>
            {texts.t("screens.common.cancel")}
          </Button>
        </div>
      </div>
    </Group>
  );
}
