// Erasing a whole section: says what it does before, and there is no undo.
import { useState } from "react";
import { useAct } from "../../bridge/queries.tsx";
import { useTexts } from "../../i18n/texts.tsx";
import { keyOf, useCase } from "../../parts/case-file.tsx";
import { usePeople } from "../../parts/people.ts";
import { Button } from "../../ui/button.tsx";
import { Select, Tick } from "../../ui/choice.tsx";
import { Group } from "../../ui/frame.tsx";
import { Note, TroubleNotice } from "../../ui/notice.tsx";
import { ErasureReason } from "../../../shared/vocabulary/chain.ts";

export function Erase() {
  const open = useCase();
  const texts = useTexts();
  const people = usePeople();
  const erase = useAct("cases.erase");
  const names = open.sections.map(({ name }) => name);
  const [chosen, setChosen] = useState<string>();
  const [why, setWhy] = useState<(typeof ErasureReason.options)[number]>();
  const [sure, setSure] = useState(false);
  const [done, setDone] = useState<number>();
  const section = names.find((name) => keyOf(name) === chosen);
  const act = async () => {
    if (section === undefined || why === undefined) return;
    const erased = await erase.act({ case: open.case, section, why });
    if (erased !== undefined) {
      setDone(erased.recalls);
      setChosen(undefined);
      setSure(false);
    }
  };
  return (
    <Group title={texts.t("screens.case.erase")}>
      <p>{texts.t("screens.case.eraseMeans")}</p>
      <Select
        label={texts.t("screens.case.eraseWhat")}
        options={names.map((name) => ({
          id: keyOf(name),
          label: name.person === undefined ? texts.t(`sections.${name.kind}`) : people.nameOf(name.person),
        }))}
        value={chosen}
        onChange={setChosen}
      />
      <Select
        label={texts.t("screens.case.eraseWhy")}
        options={ErasureReason.options.map((id) => ({ id, label: texts.t(`screens.case.erasures.${id}`) }))}
        value={why}
        onChange={setWhy}
      />
      <Tick value={sure} onChange={setSure}>
        {texts.t("screens.case.eraseSure")}
      </Tick>
      <div>
        <Button
          kind="danger"
          busy={erase.busy}
          disabled={section === undefined || why === undefined || !sure}
          onPress={() => void act()}
        >
          {texts.t("screens.case.eraseNow")}
        </Button>
      </div>
      {done === undefined ? null : <Note>{texts.t("screens.case.erased", { count: done })}</Note>}
      <TroubleNotice trouble={erase.trouble} />
    </Group>
  );
}
