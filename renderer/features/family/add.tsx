// Someone new on her list: what she calls this person, what the person is to her, and whether she or he comes or stays.
import { useRef, useState, type FormEvent } from "react";
import { useDraft } from "../../bridge/drafts.ts";
import { useTexts } from "../../i18n/texts.tsx";
import { useCase } from "../../parts/case-file.tsx";
import { scriptOf } from "../../parts/edit-value.tsx";
import { Button } from "../../ui/button.tsx";
import { Select } from "../../ui/choice.tsx";
import { Field } from "../../ui/field.tsx";
import { TroubleNotice, Why } from "../../ui/notice.tsx";
import styles from "./family.module.css";
import { relations, sectionOf, states } from "./standing.ts";

type Begun = {
  readonly name?: string;
  readonly relation?: string;
  readonly says?: string;
  readonly state?: string;
};

/** A person's identifier: random, never used twice. */
const newPerson = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join(
    "",
  );

export function AddSomeone({
  onAdded,
  onClose,
}: {
  readonly onAdded: (person: string) => void;
  readonly onClose: () => void;
}) {
  const open = useCase();
  const texts = useTexts();
  const { draft, keep, drop } = useDraft<Begun>({ case: open.case, place: "family" });
  const [typed, setTyped] = useState<Begun>();
  const now = typed ?? draft ?? {};
  const id = useRef(newPerson());
  const put = (change: Begun) => {
    const next = { ...now, ...change };
    setTyped(next);
    keep(next);
  };
  const add = async (event?: FormEvent) => {
    event?.preventDefault();
    const name = now.name?.trim() ?? "";
    const says = now.says?.trim() ?? "";
    const edits = [
      ...(name === "" ? [] : [{ path: ["names", "wanted"], set: { full: name, script: scriptOf(name) } }]),
      ...(now.relation === undefined ? [] : [{ path: ["relation", "kind"], set: now.relation }]),
      ...(says === "" ? [] : [{ path: ["relation", "asSheSays"], set: says }]),
      ...(now.state === undefined ? [] : [{ path: ["state", "now"], set: now.state }]),
    ];
    if (edits.length === 0 || !(await open.save(sectionOf(id.current), edits))) return;
    drop();
    onAdded(id.current);
  };
  const empty = Object.values(now).every((value) => value === undefined || value.trim() === "");
  return (
    <form
      className={styles["form"]}
      onSubmit={(event) => void add(event)}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.defaultPrevented) return;
        drop();
        onClose();
      }}
    >
      <h2>{texts.t("screens.family.add.title")}</h2>
      <p className={styles["hint"]}>
        {texts.t("screens.family.add.lead")} <Why>{texts.t("screens.family.whyFamily")}</Why>
      </p>
      <Field
        label={texts.t("screens.family.add.name")}
        help={texts.t("screens.family.add.nameHelp")}
        value={now.name ?? ""}
        onChange={(name) => put({ name })}
        autoFocus
        maxLength={200}
      />
      <Select
        label={texts.t("screens.family.add.relation")}
        placeholder={texts.t("screens.common.notAsked")}
        options={relations.map((one) => ({ id: one, label: texts.word(one) }))}
        value={now.relation}
        onChange={(relation) => put({ relation })}
      />
      <Field
        label={texts.t("screens.family.add.says")}
        value={now.says ?? ""}
        onChange={(says) => put({ says })}
        maxLength={1000}
      />
      <Select
        label={texts.t("screens.family.add.state")}
        placeholder={texts.t("screens.common.notAsked")}
        options={states.toReversed().map((one) => ({ id: one as string, label: texts.word(one) }))}
        value={now.state}
        onChange={(state) => put({ state })}
      />
      <TroubleNotice trouble={open.saving.trouble} />
      <div className={styles["keys"]}>
        <Button kind="first" type="submit" onPress={() => undefined} busy={open.saving.busy} disabled={empty}>
          {texts.t("screens.family.add.keep")}
        </Button>
        <Button kind="quiet" onPress={() => (drop(), onClose())}>
          {texts.t("screens.field.giveUp")}
        </Button>
      </div>
    </form>
  );
}
