// A case from an intake file: what it would make is shown before anything is taken.
import { useState } from "react";
import { call, type Trouble, type Value } from "../../bridge/bridge.ts";
import { useAct } from "../../bridge/queries.tsx";
import { useWay } from "../../bridge/route.tsx";
import { useTexts } from "../../i18n/texts.tsx";
import { fieldLabel, sectionLabel } from "../../parts/labels.ts";
import { PlaceChooser } from "../../parts/place-chooser.tsx";
import { Button } from "../../ui/button.tsx";
import { Page } from "../../ui/frame.tsx";
import { Note, TroubleNotice } from "../../ui/notice.tsx";
import { Fact, Facts } from "../../ui/rows.tsx";
import { Sure } from "../../ui/signs.tsx";
import styles from "./new-case.module.css";

type Checked = Value<"intake.check">;
type FileNote = Checked["notes"][number];
type Chosen = {
  readonly token: string;
  readonly name: string;
  readonly checked?: Checked;
  readonly trouble?: Trouble;
};

const checkFields = ["number", "birth", "expires", "optional", "composite"] as const;

export function FromFile({ onByHand }: { readonly onByHand: () => void }) {
  const texts = useTexts();
  const { go } = useWay();
  const taking = useAct("intake.take");
  const [chosen, setChosen] = useState<Chosen>();
  const choose = async (token: string, name: string) => {
    taking.forget();
    setChosen({ token, name });
    const answer = await call("intake.check", { file: token as never });
    setChosen(answer.ok ? { token, name, checked: answer.value } : { token, name, trouble: answer.error });
  };
  const take = async () => {
    if (chosen === undefined) return;
    const taken = await taking.act({ file: chosen.token as never, reason: "" });
    if (taken !== undefined) go({ at: "case", case: taken.case, tab: "overview" });
  };
  return (
    <Page
      title={texts.t("screens.caseload.new.file.title")}
      lead={texts.t("screens.caseload.new.aside.fileText")}
      back={{ label: texts.t("screens.caseload.new.file.byHand"), onPress: onByHand }}
    >
      {chosen === undefined ? (
        <PlaceChooser want="file" onChoose={(token, name) => void choose(token, name)} onClose={onByHand} />
      ) : (
        <div className={styles["form"]}>
          <h2>
            <bdi>{chosen.name}</bdi>
          </h2>
          <TroubleNotice trouble={chosen.trouble ?? taking.trouble} />
          {chosen.checked === undefined ? null : <Would checked={chosen.checked} />}
          <div className={styles["keys"]}>
            {chosen.checked === undefined ? null : (
              <Button kind="first" busy={taking.busy} onPress={() => void take()}>
                {texts.t("screens.caseload.new.file.take")}
              </Button>
            )}
            <Button onPress={() => setChosen(undefined)}>
              {texts.t("screens.caseload.new.file.another")}
            </Button>
          </div>
        </div>
      )}
    </Page>
  );
}

function Would({ checked }: { readonly checked: Checked }) {
  const texts = useTexts();
  const { sections, people, fields, doubles, notes, passports } = checked;
  return (
    <>
      <p>{texts.t("screens.caseload.new.file.would", { sections: sections.length, fields, people })}</p>
      <Facts>
        <Fact label={texts.t("screens.caseload.new.file.parts")}>
          {texts.list([...new Set(sections.map((section) => sectionLabel(texts, section)))])}
        </Fact>
      </Facts>
      {doubles.length === 0 ? null : (
        <Note kind="due">
          <p>
            {texts.t("screens.caseload.new.file.doubles", {
              count: doubles.length,
              codes: texts.list(doubles),
            })}
          </p>
        </Note>
      )}
      {notes.map((note) => (
        <Note key={`${note.type} ${note.paper} ${aboutOf(note)}`} kind="due">
          <p>{said(texts, note)}</p>
        </Note>
      ))}
      {passports.length > 0 && passports.every(({ checks }) => checks.every(({ good }) => good)) ? (
        <Sure>{texts.t("screens.caseload.new.file.good")}</Sure>
      ) : null}
    </>
  );
}

const aboutOf = (note: FileNote): string =>
  note.type === "CheckDigitBad" ? note.field : note.type === "ZoneDiffers" ? note.path.join(".") : "";

function said(texts: ReturnType<typeof useTexts>, note: FileNote): string {
  switch (note.type) {
    case "CheckDigitBad": {
      const field = checkFields.find((one) => one === note.field) ?? "composite";
      return texts.t("screens.caseload.new.file.checkBad", {
        field: texts.t(`screens.caseload.new.checked.${field}`),
      });
    }
    case "ZoneDiffers":
      return texts.t("screens.caseload.new.file.zoneDiffers", {
        field: fieldLabel(texts, note.section, note.path),
      });
    case "NameCut":
      return texts.t("screens.caseload.new.file.nameCut");
  }
}
