// A new folder where the chooser stands: named, made, and gone into or used.
import { useState } from "react";
import { call, type Trouble } from "../bridge/bridge.ts";
import { useTexts } from "../i18n/texts.tsx";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { TroubleNotice } from "../ui/notice.tsx";
import styles from "./place-chooser.module.css";

export function NewFolder({
  at,
  begin,
  use,
  onMade,
  onClose,
}: {
  readonly at: string;
  readonly begin: string;
  /** It is used as soon as it is made. */
  readonly use: boolean;
  readonly onMade: (token: string, name: string) => void;
  readonly onClose: () => void;
}) {
  const texts = useTexts();
  const [name, setName] = useState(begin);
  const [refused, setRefused] = useState<Trouble>();
  const make = async () => {
    if (name.trim() === "") return;
    const made = await call("places.makeFolder", { at, name: name.trim() });
    if (made.ok) onMade(made.value.token, made.value.name);
    else setRefused(made.error);
  };
  return (
    <form
      className={styles["naming"]}
      onSubmit={(event) => {
        event.preventDefault();
        void make();
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onClose();
      }}
    >
      <Field
        label={texts.t("screens.places.newName")}
        value={name}
        onChange={setName}
        maxLength={100}
        autoFocus
      />
      <TroubleNotice trouble={refused} />
      <div className={styles["acts"]}>
        <Button kind="first" type="submit" disabled={name.trim() === ""} onPress={() => {}}>
          {texts.t(use ? "screens.places.makeUse" : "screens.places.make")}
        </Button>
        <Button kind="quiet" onPress={onClose}>
          {texts.t("screens.common.cancel")}
        </Button>
      </div>
    </form>
  );
}
